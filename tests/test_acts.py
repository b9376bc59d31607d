"""Acts that take two people: the database itself refuses the same person twice. On both databases."""

import datetime as dt
import threading

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.acts import service
from pbvote.acts.models import Act, ActKind
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.events.models import PollState
from pbvote.hall.second_person import confirm_and_do
from pbvote.people.service import account_with_email
from pbvote.results.service import TieWaits, outcome_of, publish_outcome
from pbvote.tally import Rule, TieKey
from pbvote.voting.ledger import entries_of, last_entry
from pbvote.voting.models import LedgerType
from pbvote.voting.service import OutOfTurn, close_poll
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import an_account, cast, count_closed, sign_in, the_event, writing
from tests.test_voters_path import text_of
from tests.test_voting import open_poll_codes, organiser_does

ORGANISER, SECOND = "organiser@council.example", "second@council.example"
REASON = {"reason": "closed_by_mistake"}


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


def ask(app: Flask, kind: ActKind = ActKind.REOPEN) -> int:
    """Let the organiser ask for an act; its id."""
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        return service.ask_for(the_event(), kind, REASON if kind is ActKind.REOPEN else {}, organiser).id


def confirm(app: Flask, act_id: int, email: str = SECOND) -> None:
    """Confirm it as the account with this address."""
    with writing(app):
        second = account_with_email(email)
        assert second
        confirm_and_do(the_event(), act_id, second)


@both_databases
def test_a_second_organiser_confirms_and_it_is_done_and_both_stand_in_the_ledger(closed: Flask) -> None:
    confirm(closed, ask(closed))
    with closed.app_context():
        assert the_event().poll is PollState.OPEN
        entry = last_entry(the_event(), LedgerType.REOPEN)
        second = account_with_email(SECOND)
        organiser = account_with_email(ORGANISER)
        assert entry
        assert second
        assert organiser
        assert entry.actor == organiser.id
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
        service.add_witness(the_event(), "Wendy")
    with closed.app_context(), pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE act SET {attack} WHERE id = {act_id}")  # noqa: S608


@both_databases
def test_after_ten_minutes_nobody_confirms_and_the_database_would_refuse_it(closed: Flask) -> None:
    act_id = ask(closed)
    with writing(closed):
        past = now() - service.TIME_TO_CONFIRM - dt.timedelta(seconds=1)
        db.session.execute(sa.update(Act).values(asked_at=past, expires_at=past + service.TIME_TO_CONFIRM))
        assert not service.waiting_acts(the_event())
    with pytest.raises(service.TooLate):
        confirm(closed, act_id)
    with closed.app_context(), pytest.raises(sa.exc.IntegrityError), writing(closed):
        db.session.execute(sa.update(Act).values(confirmed_by=2, confirmed_at=now()))


@both_databases
def test_of_two_who_confirm_at_once_one_does_it(closed: Flask) -> None:
    act_id = ask(closed)
    with writing(closed):
        _, code = service.add_witness(the_event(), "Wendy")
    ends: list[str] = []

    def as_witness() -> None:
        try:
            with writing(closed):
                confirm_and_do(the_event(), act_id, service.witness_with(code))
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
        assert [entry.type for entry in entries_of(the_event())].count(LedgerType.REOPEN) == 1


@both_databases
def test_what_was_taken_back_no_longer_waits(closed: Flask) -> None:
    act_id = ask(closed)
    with writing(closed):
        service.withdraw_act(the_event(), act_id)
    with pytest.raises(service.TooLate):
        confirm(closed, act_id)


def test_an_act_that_came_too_late_leaves_no_trace(closed: Flask) -> None:
    first, second = ask(closed), ask(closed)
    confirm(closed, first)
    with pytest.raises(OutOfTurn):  # the poll is open already
        confirm(closed, second)
    with closed.app_context():
        assert [act.id for act in service.waiting_acts(the_event())] == [second]


def test_a_witness_confirms_with_a_card_on_any_phone(closed: Flask, client: CheckedClient) -> None:
    with writing(closed):
        witness, code = service.add_witness(the_event(), "Wendy")
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
        entry = last_entry(the_event(), LedgerType.REOPEN)
        assert entry
        assert entry.body["second"] == "witness 1"
    again = client.post("/witness/confirm/1", data={"code": code})
    assert again.status_code == 409


def test_a_card_that_was_taken_back_and_one_that_never_was_answer_alike(closed: Flask, client: CheckedClient) -> None:
    with writing(closed):
        witness, code = service.add_witness(the_event(), "Wendy")
        _, good = service.add_witness(the_event(), "Walter")
        service.withdraw_witness(the_event(), witness.id)
    pages = {client.post("/witness", data={"code": typed}).status_code for typed in (code, good[:-1], "nonsense")}
    assert pages == {404}
    assert client.post("/witness", data={"code": good}).status_code == 200


def test_a_witness_of_another_event_confirms_nothing_here(closed: Flask) -> None:
    act_id = ask(closed)
    with writing(closed):
        event = the_event()
        witness, _ = service.add_witness(event, "Wendy")
        with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
            db.session.execute(sa.update(Act).where(Act.id == act_id).values(event_id=99, witness_id=witness.id))


def test_no_code_of_a_card_is_in_the_database(closed: Flask) -> None:
    with writing(closed):
        _, code = service.add_witness(the_event(), "Wendy")
    folder = closed.config["KEYS_DIR"].parent
    for file in folder.rglob("*"):
        assert not file.is_file() or code.encode() not in file.read_bytes()


@both_databases
def test_a_tie_is_drawn_in_the_room_and_the_count_goes_on(app: Flask) -> None:
    codes = open_poll_codes(app, 5)
    for code in codes:
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 5, "B-03": 1})
    with writing(app):
        the_event().share.count_rule = Rule("greedy", ties=(TieKey.DRAW,)).to_dict()
        an_account(Role.ORGANISER, SECOND)
    organiser_does(app, close_poll)
    organiser_does(app, count_closed)
    with app.app_context():
        outcome = outcome_of(the_event())
        assert outcome
        assert set(outcome.waiting) == {"B-01", "B-02"}
    with pytest.raises(TieWaits):
        organiser_does(app, publish_outcome)
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        act_id = service.ask_for(the_event(), ActKind.DRAW, {"order": ["B-02", "B-01"]}, organiser).id
    confirm(app, act_id)
    with app.app_context():
        outcome = outcome_of(the_event())
        assert outcome
        assert not outcome.waiting
        assert outcome.funded == ("B-02", "B-03")
    organiser_does(app, publish_outcome)


def test_two_organisers_a_draw_and_a_publication_in_the_browser(app: Flask, client: CheckedClient) -> None:
    codes = open_poll_codes(app, 5)
    for code in codes:
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 5, "B-03": 1})
    with writing(app):
        event = the_event()
        event.share.count_rule = Rule("greedy", ties=(TieKey.DRAW,)).to_dict()
        an_account(Role.ORGANISER, SECOND)
        slug = event.slug
    console = f"/desk/events/{slug}"
    sign_in(client, ORGANISER)
    client.post(f"{console}/close")
    assert "Fill in the code account first" in text_of(client.post(f"{console}/count"))
    unbalanced = client.post(f"{console}/account", data={"left_over": "0", "door_count": "4"})
    assert unbalanced.status_code == 422
    assert "5 slips were handed out, and the door counted 4 people" in text_of(unbalanced)
    assert client.post(f"{console}/account", data={"left_over": "0", "door_count": "5"}).status_code == 302
    assert "It balances" in text_of(client.get(f"{console}/account"))
    client.post(f"{console}/count")
    assert "This waits for a second person" in text_of(client.get(console))
    assert client.post(f"{console}/acts/1/confirm").status_code == 409
    sign_in(client, SECOND)
    assert "asks to count the votes of Sale decides and seal them" in text_of(client.get(console))
    client.post(f"{console}/acts/1/confirm")
    assert "A tie waits for a draw in the room" in text_of(client.get(console))
    twice = client.post(f"{console}/draw", data={"place-0": "1", "place-1": "1"})
    assert twice.status_code == 422
    assert client.post(f"{console}/draw", data={"place-0": "2", "place-1": "1"}).status_code == 302
    sign_in(client, ORGANISER)
    client.post(f"{console}/acts/2/confirm")
    assert client.post(f"{console}/publish").status_code == 302
    result = text_of(client.get(f"/results/{slug}"))
    assert "2 bids share £5,000" in result
