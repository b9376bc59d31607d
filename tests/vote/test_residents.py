"""What residents leave on an event's page: an address for one letter, and a helping hand. Nothing ties it to a vote."""

import datetime as dt
import re
from io import BytesIO

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from openpyxl import load_workbook

from pbvote.call.rounds.models import Round
from pbvote.core.clock import now
from pbvote.core.codes import new_code
from pbvote.db import db, table_of
from pbvote.mail.models import Letter
from pbvote.mail.service import forget_letters
from pbvote.people.tries import TooManyTries
from pbvote.vote.events import sent
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import Ballot
from pbvote.vote.programme.publishing import publish_page
from pbvote.vote.residents import reminders, volunteers
from pbvote.vote.residents.models import Reminder, Volunteer
from pbvote.vote.residents.words import too_many
from pbvote.vote.results.service import publish_outcome
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import count_closed, sign_in, the_event, writing
from tests.hall import open_poll_codes, organiser_does
from tests.pages import SCORES, open_paper, text_of

HAND = {"name": "Tom Okafor", "contact": "0161 496 0003", "words": "I have a van"}
ADDRESS = "tom@mail.example"


@pytest.fixture
def codes(app: Flask) -> list[str]:
    """The slips of an open poll, whose event has a page."""
    codes = open_poll_codes(app, 2)
    with writing(app):
        publish_page(the_event())
    return codes


@pytest.fixture
def at(app: Flask, codes: list[str]) -> str:
    """The address of the event's page."""
    with app.app_context():
        return f"/events/{the_event().slug}"


def letters(app: Flask) -> list[tuple[str, str, str]]:
    """The letters to residents that wait in the outbox: to whom, the subject and the words."""
    with app.app_context():
        wanted = sa.select(Letter.recipient, Letter.subject, Letter.body).where(Letter.is_kept.is_(False))
        rows = db.session.execute(wanted.order_by(Letter.id))
        return [(row.recipient, row.subject, row.body) for row in rows]


def code_in(body: str) -> str:
    """The code behind a letter's link."""
    [code] = re.findall(r"/remind/link(?:\?lang=\w+)?#([\w-]+)", body)
    return str(code)


def reminded(app: Flask) -> list[tuple[str, bool]]:
    """The addresses that are kept, and whether each was confirmed."""
    with app.app_context():
        rows = db.session.execute(sa.select(Reminder.email, Reminder.confirmed_on).order_by(Reminder.email))
        return [(row.email, row.confirmed_on is not None) for row in rows]


def ask(client: CheckedClient, at: str, email: str = ADDRESS, lang: str = "en") -> int:
    """Ask for a reminder."""
    return client.post(f"{at}/remind?lang={lang}", data={"email": email}).status_code


def test_an_address_gets_one_letter_at_publication_and_is_deleted_with_it(
    app: Flask, client: CheckedClient, at: str
) -> None:
    page = client.get(f"{at}/remind")
    sent = client.post(f"{at}/remind", data={"email": "Tom@Mail.example"}, follow_redirects=True)
    assert "Open the link in our e-mail and press the button." in text_of(sent)
    assert not any("Set-Cookie" in answer.headers for answer in (page, sent))
    assert reminded(app) == [(ADDRESS, False)]
    ask(client, at, "nobody@mail.example")
    [(to, subject, body), _] = letters(app)
    assert (to, subject) == ("Tom@mail.example", "Shall we write when the result is out?")
    assert client.get(f"{at}/remind/link").status_code == 200
    assert reminded(app)[1] == (ADDRESS, False)  # a scanner of mail follows links
    done = client.post(f"{at}/remind/link", data={"code": code_in(body)}, follow_redirects=True)
    assert "We will write to you once" in text_of(done)
    for act in (close_poll, count_closed, publish_outcome):
        organiser_does(app, act)
    assert reminded(app) == []
    told = letters(app)[2:]
    assert [(to, subject) for to, subject, _ in told] == [(ADDRESS, "The result is out: Sale decides")]
    assert f"/results/{at.rpartition('/')[2]}\n" in told[0][2]
    assert "The result is public. You can read it now." in text_of(client.get(f"{at}/remind"))
    late = client.post(f"{at}/remind", data={"email": ADDRESS})
    assert (late.status_code, reminded(app)) == (409, [])


def test_both_letters_speak_the_language_of_the_page(app: Flask, client: CheckedClient, at: str) -> None:
    ask(client, at, lang="pl")
    [(_, subject, body)] = letters(app)
    assert subject == "Czy mamy napisać, gdy będzie wynik?"
    client.post(f"{at}/remind/link?lang=pl", data={"code": code_in(body)})
    for act in (close_poll, count_closed, publish_outcome):
        organiser_does(app, act)
    _, subject, body = letters(app)[1]
    assert subject == "Jest wynik: Sale decides"
    assert "?lang=pl" in body


def test_whoever_changed_their_mind_deletes_the_address(app: Flask, client: CheckedClient, at: str) -> None:
    ask(client, at)
    code = code_in(letters(app)[0][2])
    client.post(f"{at}/remind/link", data={"code": code})
    gone = client.post(f"{at}/remind/link", data={"code": code, "stop": "1"}, follow_redirects=True)
    assert "Your address is deleted" in text_of(gone)
    assert reminded(app) == []


def test_a_newer_letter_ends_the_link_of_the_one_before_and_a_fourth_is_not_written(
    app: Flask, client: CheckedClient, at: str
) -> None:
    assert [ask(client, at) for _ in range(4)] == [302, 302, 302, 429]
    sent = letters(app)
    assert len(sent) == 3
    for code in (code_in(sent[0][2]), new_code(), "K7QF"):
        wrong = client.post(f"{at}/remind/link", data={"code": code})
        assert wrong.status_code == 422
        assert "This link does not work any more. Use the newest letter, or ask again." in text_of(wrong)
    assert client.post(f"{at}/remind/link", data={"code": code_in(sent[2][2])}).status_code == 302
    assert reminded(app) == [(ADDRESS, True)]
    said = text_of(client.post(f"{at}/remind", data={"email": ADDRESS}))
    assert "We have written to this address 3 times. Look among junk mail, too." in said


@pytest.mark.parametrize("typed", ["", "me", "a@b", "=?utf-8?q?a?=@mail.example", "me@mail.example\nBcc: you"])
def test_what_is_no_address_is_refused_with_a_sentence(app: Flask, client: CheckedClient, at: str, typed: str) -> None:
    refused = client.post(f"{at}/remind", data={"email": typed})
    assert refused.status_code == 422
    assert "Enter an e-mail address, like name@example.com" in text_of(refused)
    assert letters(app) == []


def test_a_flood_of_addresses_ends(app: Flask, client: CheckedClient, at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "MOST", 2)
    assert [ask(client, at, f"{name}@mail.example") for name in "abc"] == [302, 302, 429]


@pytest.mark.parametrize("path", ["remind", "lend-a-hand"])
def test_a_network_that_sends_too_much_waits(
    app: Flask, client: CheckedClient, at: str, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def refuse(*_: object) -> None:
        raise TooManyTries(too_many(), dt.timedelta(minutes=5))

    monkeypatch.setattr(sent, "refuse_haste", refuse)
    refused = client.post(f"{at}/{path}", data={"email": ADDRESS, **HAND})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) == 301
    assert "Wait ten minutes, then send it again." in text_of(refused)


def test_addresses_that_nobody_confirmed_go_after_a_week_and_all_where_no_result_comes(
    app: Flask, client: CheckedClient, at: str
) -> None:
    ask(client, at)
    client.post(f"{at}/remind/link", data={"code": code_in(letters(app)[0][2])})
    ask(client, at, "nobody@mail.example")
    start = now()
    for days, left in ((7, 2), (8, 1), (91, 1), (93, 0)):
        with time_machine.travel(start + dt.timedelta(days=days), tick=False), writing(app):
            reminders.forget_reminders()
        assert len(reminded(app)) == left
    with time_machine.travel(start + dt.timedelta(days=4), tick=False), writing(app):
        assert forget_letters() == 2


def test_somebody_lends_a_hand_and_an_organiser_finds_and_deletes_them(
    app: Flask, client: CheckedClient, at: str
) -> None:
    page = client.get(f"{at}/lend-a-hand")
    assert "The organisers of these grants and the council’s auditors read it." in text_of(page)
    sent = client.post(f"{at}/lend-a-hand", data=HAND, follow_redirects=True)
    assert "Thank you for lending a hand" in text_of(sent)
    assert not any("Set-Cookie" in answer.headers for answer in (page, sent))
    sign_in(client, "organiser@council.example")
    with app.app_context():
        listed = f"/desk/rounds/{the_event().share.round.slug}/volunteers"
        number = db.session.scalars(sa.select(Volunteer.id)).one()
    assert "Tom Okafor" in text_of(client.get(listed))
    file = load_workbook(BytesIO(client.get(f"{listed}/volunteers.xlsx").data)).active
    assert file
    rows = list(file.iter_rows(values_only=True))
    assert rows[-1][:4] == ("Sale decides", "Tom Okafor", "0161 496 0003", "I have a van")
    gone = client.post(f"{listed}/delete", data={"volunteer": number}, follow_redirects=True)
    assert "Deleted. Delete it from files that you have made, too." in text_of(gone)
    assert "Nobody has lent a hand yet." in text_of(client.get(listed))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter your name"),
        ({"contact": ""}, "Enter an e-mail address or a telephone number"),
        ({"contact": "me"}, "Enter an e-mail address or a telephone number"),
        ({"words": " "}, "Say what you could do"),
    ],
)
def test_an_offer_that_nobody_could_take_is_refused(
    client: CheckedClient, at: str, wrong: dict[str, str], said: str
) -> None:
    refused = client.post(f"{at}/lend-a-hand", data=HAND | wrong)
    assert refused.status_code == 422
    assert said in text_of(refused)


def test_hands_are_taken_for_three_months_and_kept_for_a_year(
    app: Flask, client: CheckedClient, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.post(f"{at}/lend-a-hand", data=HAND).status_code == 302
    with app.app_context():
        ends, round_id = the_event().ends_at, the_event().share.round_id
    with time_machine.travel(ends + dt.timedelta(days=93), tick=False):
        late = client.post(f"{at}/lend-a-hand", data=HAND)
        assert late.status_code == 409
        assert "This event is long over. Write to grants@council.example instead." in text_of(late)
    for days, left in ((364, 1), (366, 0)):
        with time_machine.travel(ends + dt.timedelta(days=days), tick=False), writing(app):
            volunteers.forget_volunteers()
            assert len(volunteers.volunteers_of(db.session.get_one(Round, round_id))) == left
    monkeypatch.setattr(volunteers, "MOST", 0)
    assert client.post(f"{at}/lend-a-hand", data=HAND).status_code == 429


def test_neither_is_on_any_page_after_the_vote(app: Flask, client: CheckedClient, codes: list[str], at: str) -> None:
    event_page = client.get(at).get_data(as_text=True)
    assert f'href="{at}/remind"' in event_page
    assert f'href="{at}/lend-a-hand"' in event_page
    voted = client.post("/v/cast", data={**open_paper(client, codes[0]), **SCORES})
    stayed = client.post("/v/stay", data={"lang": "en", "event": at.rpartition("/")[2]})
    for page in (voted, stayed):
        assert page.status_code == 200
        assert "/events/" not in page.get_data(as_text=True)


def test_no_row_beside_a_name_is_finer_than_a_day_or_tells_in_which_order_it_came(app: Flask) -> None:
    """So nobody lays the names beside the ballots, which have no time and no order either."""
    with app.app_context():
        tables = [table_of(model) for model in (Reminder, Volunteer, Ballot)]
    assert not [column for table in tables for column in table.columns if isinstance(column.type, sa.DateTime)]
    assert not [column for table in tables for column in table.columns if column.autoincrement is True]
    assert all(table.dialect_options["sqlite"]["with_rowid"] is False for table in tables)
    assert [column.name for column in table_of(Volunteer).primary_key] == ["id"]
    assert isinstance(table_of(Volunteer).c.id.type, sa.String)  # drawn by chance


@both_databases
def test_after_the_close_nothing_tells_in_which_order_names_came(app: Flask, client: CheckedClient, at: str) -> None:
    for name in ("zoe", "ann", "max", "eve", "bob"):
        ask(client, at, f"{name}@mail.example")
        client.post(f"{at}/lend-a-hand", data=HAND | {"name": name})
    organiser_does(app, close_poll)
    with app.app_context():
        for table, key in (("reminder", "email"), ("volunteer", "id")):
            is_postgres = db.engine.dialect.name == "postgresql"
            place, mark = ("ctid", "xmin::text") if is_postgres else ("1", "1")
            rows = db.session.execute(sa.text(f"SELECT {key}, {mark} FROM {table} ORDER BY {place}")).all()  # noqa: S608
            assert len(rows) == 5
            assert [row[0] for row in rows] == sorted(row[0] for row in rows)
            assert len({row[1] for row in rows}) == 1
