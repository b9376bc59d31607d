"""Acts that take two people: the database itself refuses the same person twice. On both databases."""

import datetime as dt
import threading
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.vote.acts import service
from pbvote.vote.acts.kinds import ActKind
from pbvote.vote.acts.models import Act, Witness
from pbvote.vote.acts.witnesses import cancel_card, name_witness, witness_with
from pbvote.vote.count.acts import COUNT, Counting
from pbvote.vote.door.helping import note_help
from pbvote.vote.door.models import HelpKind
from pbvote.vote.ledger.service import entries_of, last_entry
from pbvote.vote.poll.acts import REOPEN, Reopening
from pbvote.vote.poll.closing import VotingReopened, close_poll
from pbvote.vote.poll.states import PollState
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import account_for_slips, an_account, cast, sign_in, the_event, writing
from tests.hall import ORGANISER, about, open_poll_codes, organiser_does
from tests.hall import SECOND_ORGANISER as SECOND
from tests.hall import confirm_act as confirm
from tests.pages import text_of
from tests.refusing import refuse_bid
from tests.stepping import confirm_shown, take_step


@pytest.fixture
def closed(app: Flask) -> Flask:
    """A closed poll with five ballots, its organiser, and a second one."""
    codes = open_poll_codes(app, 5)
    for code in codes:
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 5, "B-03": 1})
    organiser_does(app, close_poll)
    with writing(app):
        an_account(Role.ORGANISER, SECOND)
    return app


def ask(app: Flask, kind: ActKind[Any] = REOPEN) -> int:
    """Let the organiser ask for an act; its id."""
    body = Reopening("closed_by_mistake") if kind is REOPEN else Counting("nothing", {})
    with writing(app):
        return service.ask_for(kind, about(), body, organiser()).id


def organiser() -> Account:
    """Who asks."""
    found = account_with_email(ORGANISER)
    assert found
    return found


def a_card(name: str = "Wendy") -> tuple[Witness, str]:
    """A witness and the code of their card."""
    return name_witness(the_event(), name, organiser())


@both_databases
def test_a_second_organiser_confirms_and_it_is_done_and_both_stand_in_the_ledger(closed: Flask) -> None:
    confirm(closed, ask(closed))
    with closed.app_context():
        assert the_event().poll is PollState.OPEN
        entry = last_entry(the_event(), VotingReopened)
        second = account_with_email(SECOND)
        assert entry
        assert second
        assert entry.actor == organiser().id
        assert entry.body == {"ballots": 5, "reason": "closed_by_mistake", "second": f"account {second.id}"}


@both_databases
def test_nobody_is_two_people(closed: Flask) -> None:
    act_id = ask(closed)
    with pytest.raises(service.SamePerson):
        confirm(closed, act_id, ORGANISER)
    with closed.app_context():
        assert the_event().poll is PollState.CLOSED


@both_databases
@pytest.mark.parametrize(
    "attack",
    [
        "confirmed_by = asked_by, confirmed_at = asked_at",
        "confirmed_by = NULL, confirmed_at = asked_at",
        "confirmed_by = 2, witness_id = 1, confirmed_at = asked_at",
        "confirmed_by = 2, confirmed_at = NULL",
        "witness_id = 99, confirmed_at = asked_at",
    ],
)
def test_the_database_refuses_what_is_not_two_people(closed: Flask, attack: str) -> None:
    act_id = ask(closed)
    with writing(closed):
        a_card("Wendy")
    with closed.app_context(), pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE act SET {attack} WHERE id = {act_id}")  # noqa: S608


@both_databases
def test_after_ten_minutes_nobody_confirms_and_the_database_would_refuse_it(closed: Flask) -> None:
    act_id = ask(closed)
    with writing(closed):
        past = now() - service.TIME_TO_CONFIRM - dt.timedelta(seconds=1)
        db.session.execute(sa.update(Act).values(asked_at=past, expires_at=past + service.TIME_TO_CONFIRM))
        assert not service.waiting_acts(about())
    with pytest.raises(service.TooLate):
        confirm(closed, act_id)
    with closed.app_context(), pytest.raises(sa.exc.IntegrityError), writing(closed):
        db.session.execute(sa.update(Act).values(confirmed_by=2, confirmed_at=now()))


@both_databases
def test_of_two_who_confirm_at_once_one_does_it(closed: Flask) -> None:
    act_id = ask(closed)
    with writing(closed):
        _, code = a_card("Wendy")
    ends: list[str] = []

    def as_witness() -> None:
        try:
            with writing(closed):
                service.confirm(about(), act_id, witness_with(code))
            ends.append("done")
        except service.TooLate:
            ends.append("late")

    def as_organiser() -> None:
        try:
            confirm(closed, act_id)
            ends.append("done")
        except service.TooLate:
            ends.append("late")

    threads = [threading.Thread(target=target) for target in (as_witness, as_organiser) * 5]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["done"] + ["late"] * 9
    with closed.app_context():
        assert [entry.type for entry in entries_of(the_event())].count("reopen") == 1


@both_databases
def test_what_was_taken_back_no_longer_waits(closed: Flask) -> None:
    act_id = ask(closed)
    with writing(closed):
        service.cancel_act(about(), act_id)
    with pytest.raises(service.TooLate):
        confirm(closed, act_id)


def test_the_same_asked_twice_is_one_act(closed: Flask) -> None:
    assert ask(closed) == ask(closed)
    with closed.app_context():
        assert len(service.waiting_acts(about())) == 1


@both_databases
def test_what_waits_ends_when_the_poll_moves_on(closed: Flask) -> None:
    reopening, counting = ask(closed), ask(closed, COUNT)
    confirm(closed, reopening)
    with closed.app_context():
        assert not service.waiting_acts(about())
    organiser_does(closed, close_poll)
    with pytest.raises(service.TooLate):  # it was asked before more people voted
        confirm(closed, counting)


@both_databases
@pytest.mark.parametrize("shut_out", [ORGANISER, SECOND])
def test_who_was_shut_out_meanwhile_is_no_second_person_and_asks_for_nothing(closed: Flask, shut_out: str) -> None:
    act_id = ask(closed)
    with writing(closed):
        account = account_with_email(shut_out)
        assert account
        account.is_disabled = True
    with pytest.raises(service.MayNoLongerAct):
        confirm(closed, act_id)
    with closed.app_context():
        assert the_event().poll is PollState.CLOSED


def test_a_bid_that_is_refused_while_a_count_waits_stops_it_and_noted_help_does_not(
    closed: Flask, client: CheckedClient
) -> None:
    with writing(closed):
        account_for_slips(the_event(), account_with_email(ORGANISER))  # type: ignore[arg-type]
        console = f"/desk/events/{the_event().slug}"
    sign_in(client, ORGANISER)
    take_step(client, f"{console}/count")
    with writing(closed):
        refuse_bid(the_event().running_order[0].bid, account_with_email(ORGANISER), "Dissolved.")  # type: ignore[arg-type]
    sign_in(client, SECOND)
    refused = confirm_shown(client, console)
    assert refused.status_code == 409
    assert "have changed since the count was asked for" in text_of(refused)
    client.post(f"{console}/acts/1/cancel")
    sign_in(client, ORGANISER)
    take_step(client, f"{console}/count")
    with writing(closed):
        note_help(the_event(), HelpKind.READING)
    sign_in(client, SECOND)
    assert "Do the slips add up?" in text_of(client.get(console))
    page = text_of(client.get(f"{console}/account"))
    assert "Number 1, Project of Group 1, is refused and gets nothing." in page
    assert confirm_shown(client, console, 2).status_code == 302
    with closed.app_context():
        assert the_event().poll is PollState.SEALED


def test_a_witness_confirms_with_a_card_on_any_phone(closed: Flask, client: CheckedClient) -> None:
    with writing(closed):
        witness, code = a_card("Wendy")
        name = witness.name
    ask(closed)
    assert "one button" not in text_of(client.get("/witness"))
    waiting = client.post("/witness", data={"code": f"https://vote.example/witness#{code}"})
    assert f"Witness: {name}" in text_of(waiting)
    assert "open voting at Sale decides again (it was closed by mistake)" in text_of(waiting)
    assert code not in waiting.request.url
    done = client.post("/witness/confirm/1", data={"code": code})
    assert "Voting is open again" in text_of(done)
    with closed.app_context():
        entry = last_entry(the_event(), VotingReopened)
        assert entry
        assert entry.body["second"] == "witness 1"
    again = client.post("/witness/confirm/1", data={"code": code})
    assert again.status_code == 409


def test_a_card_that_was_taken_back_and_one_that_never_was_answer_alike(closed: Flask, client: CheckedClient) -> None:
    with writing(closed):
        witness, code = a_card("Wendy")
        _, good = a_card("Walter")
        cancel_card(the_event(), witness.id, organiser())
    pages = {client.post("/witness", data={"code": typed}).status_code for typed in (code, good[:-1], "nonsense")}
    assert pages == {404}
    assert client.post("/witness", data={"code": good}).status_code == 200


def test_a_witness_of_another_event_confirms_nothing_here(closed: Flask) -> None:
    act_id = ask(closed)
    with writing(closed):
        witness, _ = a_card("Wendy")
        with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
            db.session.execute(sa.update(Act).where(Act.id == act_id).values(event_id=99, witness_id=witness.id))


def test_no_code_of_a_card_is_in_the_database(closed: Flask) -> None:
    with writing(closed):
        _, code = a_card("Wendy")
    folder = closed.config["KEYS_DIR"].parent
    for file in folder.rglob("*"):
        assert not file.is_file() or code.encode() not in file.read_bytes()
