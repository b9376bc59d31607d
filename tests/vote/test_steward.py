"""The door: envelopes that a steward opens, help that is a number alone, and whose door it is."""

from collections.abc import Callable
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.access import Role
from pbvote.addresses import envelope_page
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.people.service import account_with_email, grant_role
from pbvote.vote.count.account import account_sealed
from pbvote.vote.door.models import HelpGiven, HelpKind
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.slips.envelopes import envelopes_of
from pbvote.vote.slips.finding import slips_of
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_locality, an_account, an_event, cast, count_closed, sign_in, the_event, writing
from tests.hall import organiser_does
from tests.pages import client_of, text_of
from tests.together import together

STEWARD, ELSEWHERE = "steward@council.example", "elsewhere@council.example"


@pytest.fixture
def codes(app: Flask) -> dict[int, list[str]]:
    """The codes in two sealed envelopes, of 25 slips and of 5, with a steward at the door and one elsewhere."""
    with writing(app):
        event = an_event()
        an_account(Role.STEWARD, STEWARD, event.share.locality)
        an_account(Role.STEWARD, ELSEWHERE, a_locality("Stretford"))
        slips = make_slips(event, 30, None)
    return {number: [slip.code for slip in slips if slip.envelope == number] for number in (1, 2)}


def door(app: Flask) -> str:
    """The address of the door."""
    with app.app_context():
        return f"/door/{the_event().slug}"


def opened(app: Flask) -> list[int]:
    """The envelopes that the ledger says were opened, in order."""
    with app.app_context():
        return [entry.body["envelope"] for entry in entries_of(the_event()) if entry.type == "envelope"]


def at_once(app: Flask, number: int, send: Callable[[CheckedClient, int], TestResponse]) -> list[TestResponse]:
    """Let this many stewards' phones send at the same time."""
    answers: list[TestResponse] = []
    phones = [client_of(app) for _ in range(number)]
    for phone in phones:
        sign_in(phone, STEWARD)

    def one(index: int) -> None:
        answers.append(send(phones[index], index))

    together(*(partial(one, index) for index in range(number)))
    assert len(answers) == number
    return answers


@both_databases
def test_a_slip_votes_once_its_envelope_is_open_and_not_before(
    app: Flask, client: CheckedClient, codes: dict[int, list[str]]
) -> None:
    organiser_does(app, open_poll)
    sign_in(client, STEWARD)

    def answer(code: str) -> int:
        return client.post("/v/paper", data={"code": code}).status_code

    assert {answer(code) for code in codes[1][:3] + codes[2]} == {404}
    page = client.get(f"{door(app)}/envelopes/1")
    assert text_of(page).count("Open envelope 1 (25 slips)") == 1
    assert {answer(code) for code in codes[1][:3]} == {404}, "to look at an envelope does not open it"
    assert "Its 25 slips can vote now." in text_of(client.post(f"{door(app)}/envelopes/1", follow_redirects=True))
    assert {answer(code) for code in codes[1]} == {200}
    assert {answer(code) for code in codes[2]} == {404}
    with app.app_context():
        assert [(found.is_open, found.spare) for found in envelopes_of(the_event())] == [(True, 0), (False, 5)]


@pytest.mark.usefixtures("codes")
def test_before_the_opening_nobody_is_told_that_a_slip_can_vote(app: Flask, client: CheckedClient) -> None:
    sign_in(client, STEWARD)
    soon = "will vote as soon as voting opens"
    assert f"Once you press, its slips {soon}." in text_of(client.get(f"{door(app)}/envelopes/1"))
    opened = text_of(client.post(f"{door(app)}/envelopes/1", follow_redirects=True))
    assert f"Envelope 1 is open. Its 25 slips {soon}." in opened
    organiser_does(app, open_poll)
    assert "Once you press, its slips can vote." in text_of(client.get(f"{door(app)}/envelopes/2"))


@both_databases
@pytest.mark.usefixtures("codes")
def test_of_those_who_open_the_same_envelope_at_once_one_does(app: Flask) -> None:
    address = f"{door(app)}/envelopes/1"
    answers = at_once(app, 8, lambda client, _: client.post(address))
    assert {answer.status_code for answer in answers} == {302}
    assert opened(app) == [1]
    with app.app_context():
        assert slips_of(the_event()) == {SlipState.LIVE: 25, SlipState.SPARE: 5}


@pytest.mark.usefixtures("codes")
def test_an_envelope_that_is_open_or_late_or_of_nobody_has_no_button(app: Flask, client: CheckedClient) -> None:
    sign_in(client, STEWARD)
    client.post(f"{door(app)}/envelopes/1")
    page = text_of(client.get(f"{door(app)}/envelopes/1"))
    assert "It is open already." in page
    assert "Open envelope" not in page
    assert "was open already" in text_of(client.post(f"{door(app)}/envelopes/1", follow_redirects=True))
    for answer in (client.get(f"{door(app)}/envelopes/3"), client.post(f"{door(app)}/envelopes/3")):
        assert answer.status_code == 404
        assert "There is no envelope 3 at this event" in text_of(answer)
    for verb in (open_poll, close_poll):
        organiser_does(app, verb)
    assert "Leave it sealed" in text_of(client.get(f"{door(app)}/envelopes/2"))
    assert client.post(f"{door(app)}/envelopes/2").status_code == 409
    assert "Hand out no more slips" in text_of(client.get(door(app)))
    assert opened(app) == [1]


@pytest.mark.usefixtures("codes")
def test_the_code_on_an_envelope_leads_here_through_the_sign_in(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        address = envelope_page(the_event().slug, 1)
    path = address.removeprefix(app.config["BASE_URL"])
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"next={path.replace('/', '%2F')}") or path in answer.headers["Location"]
    sign_in(client, STEWARD)
    assert client.get(path).status_code == 200


@pytest.mark.usefixtures("codes")
def test_a_steward_of_another_locality_is_told_where_to_go(app: Flask, client: CheckedClient) -> None:
    sign_in(client, ELSEWHERE)
    addresses = [door(app), f"{door(app)}/help", f"{door(app)}/envelopes/1"]
    refused = [client.get(address) for address in addresses]
    refused += [client.post(f"{door(app)}/envelopes/1"), client.post(f"{door(app)}/help", data={"kind": "device"})]
    assert {answer.status_code for answer in refused} == {403}
    assert all("take it to the table of Sale" in text_of(answer) for answer in refused)
    assert opened(app) == []
    assert "Sale decides" not in text_of(client.get("/my/events"))


@pytest.mark.usefixtures("codes")
def test_an_auditor_who_is_a_steward_elsewhere_reads_and_opens_nothing(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        steward = account_with_email(ELSEWHERE)
        assert steward
        grant_role(steward, Role.AUDITOR)
    sign_in(client, ELSEWHERE)
    assert client.get(f"{door(app)}/envelopes/1").status_code == 200
    assert client.post(f"{door(app)}/envelopes/1").status_code == 403
    assert opened(app) == []


def test_the_door_shows_numbers_and_the_way_there(
    app: Flask, client: CheckedClient, codes: dict[int, list[str]]
) -> None:
    organiser_does(app, open_poll)
    sign_in(client, STEWARD)
    assert f'href="{door(app)}"' in client.get("/my/events").get_data(as_text=True)
    client.post(f"{door(app)}/envelopes/1")
    with writing(app):
        cast(codes[1][0], {"B-01": 5, "B-02": 1, "B-03": 1})
    page = text_of(client.get(door(app)))
    for words in (
        "Voting is open",
        "1 of 25 slips have voted",
        "S-0001 to S-0025",
        "Open envelope 2",
        "never in order",
    ):
        assert words in page
    assert "Project of" not in page, "no bid has any business at the door"


@both_databases
@pytest.mark.usefixtures("codes")
def test_help_that_is_noted_at_once_is_counted_each_time(app: Flask) -> None:
    organiser_does(app, open_poll)
    kinds, address = list(HelpKind), f"{door(app)}/help"
    answers = at_once(app, 12, lambda client, index: client.post(address, data={"kind": kinds[index % 3].value}))
    assert {answer.status_code for answer in answers} == {302}
    with app.app_context():
        given = db.session.execute(sa.select(HelpGiven.kind, HelpGiven.times))
        assert dict(given.all()) == dict.fromkeys(kinds[:3], 4)


def test_help_is_noted_from_the_opening_to_the_count_and_published_as_numbers(
    app: Flask, client: CheckedClient, codes: dict[int, list[str]]
) -> None:
    sign_in(client, STEWARD)
    address = f"{door(app)}/help"

    def note(kind: str) -> int:
        return client.post(address, data={"kind": kind}).status_code

    assert note("reading") == 409
    assert "I helped somebody" not in text_of(client.get(door(app)))
    organiser_does(app, open_poll)
    client.post(f"{door(app)}/envelopes/1")
    with writing(app):
        cast(codes[1][0], {"B-01": 5, "B-02": 1, "B-03": 1})
    assert note("reading") == note("reading") == 302
    assert note("bribing") == note("") == 422
    page = client.get(address)
    assert "2 so far : Reading the ballot paper" in text_of(page)
    assert f"/v/{door(app).rpartition('/')[2]}/kiosk" in page.get_data(as_text=True)
    organiser_does(app, close_poll)
    assert note("device") == 302
    assert "/kiosk" not in client.get(address).get_data(as_text=True)
    organiser_does(app, count_closed)
    assert note("device") == 409
    with app.app_context():
        account = account_sealed(the_event())
        assert account
        assert account.help_given == {"device": 1, "reading": 2}


@pytest.mark.usefixtures("codes")
def test_an_organiser_works_at_every_door(app: Flask, client: CheckedClient) -> None:
    sign_in(client, "organiser@council.example")
    assert client.post(f"{door(app)}/envelopes/2").status_code == 302
    assert opened(app) == [2]
    with app.app_context():
        entry = entries_of(the_event())[-1]
        organiser = db.session.get_one(Account, entry.actor)
        assert organiser.email == "organiser@council.example"


def test_the_doors_page_is_drawn_again_once_what_it_says_of_the_event_has_changed(
    app: Flask, client: CheckedClient, codes: dict[int, list[str]]
) -> None:
    sign_in(client, STEWARD)
    marks: list[str] = []

    def new_mark() -> str:
        told = client.get(f"{door(app)}/now").json
        assert told
        page = client.get(door(app)).get_data(as_text=True)
        assert f'data-stands="{told["stands"]}"' in page
        marks.append(told["stands"])
        return page

    new_mark()
    organiser_does(app, open_poll)
    assert "Anyone who leaves early can vote before they go" in new_mark()
    client.post(f"{door(app)}/envelopes/1")
    new_mark()
    client.post(f"{door(app)}/help", data={"kind": HelpKind.READING.value})
    new_mark()
    for code in codes[1][:5]:
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 4, "B-03": 1})
    new_mark()
    organiser_does(app, close_poll)
    assert "Anyone who leaves early" not in new_mark()
    assert len(set(marks)) == len(marks) == 6
