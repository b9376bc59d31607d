"""Tried codes: they learn nothing, are noted by the minute and by nothing else, and never in the way of a good slip."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
from flask import Flask
from time_machine import travel

from pbvote.core.clock import now
from pbvote.core.codes import new_code
from pbvote.db import Busy, db
from pbvote.vote.events.service import event_called
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.states import PollState
from pbvote.vote.slips import guessing
from pbvote.vote.slips.models import FailedLookup
from pbvote.vote.slips.printing import make_slips, void_batch
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import an_open_poll, count_closed, sign_in, writing
from tests.hall import open_poll_codes, organiser_does, slug, stored
from tests.pages import SCORES, misspelt, open_paper, text_of
from tests.vote.two_events import two_events


def tries(client: CheckedClient, code: str, path: str = "/v/paper") -> str:
    """The page that answers a code which no slip votes with."""
    answer = client.post(path, data={"code": code, "lang": "en"})
    assert answer.status_code == 404
    return text_of(answer)


def noted(app: Flask) -> int:
    """How many failed look-ups the console knows of."""
    with app.app_context():
        return guessing.failed_lookups()


@both_databases
def test_failed_lookups_are_noted_by_the_minute_and_by_nothing_else(app: Flask, client: CheckedClient) -> None:
    open_poll_codes(app)
    with travel(dt.datetime(2026, 7, 11, 12, 30, 5, tzinfo=dt.UTC), tick=False) as clock:
        for path in ("/v/paper", "/v/cast", "/v/paper"):
            tries(client, new_code(), path)
        clock.shift(60)
        tries(client, new_code())
        with app.app_context():
            rows = [tuple(row) for row in db.session.execute(sa.select(FailedLookup.__table__))]
        assert rows == [
            (dt.datetime(2026, 7, 11, 12, 30, tzinfo=dt.UTC), 3),
            (dt.datetime(2026, 7, 11, 12, 31, tzinfo=dt.UTC), 1),
        ]
        assert noted(app) == 4
        clock.shift(14 * 60)
        assert noted(app) == 1
        clock.shift(60)
        assert noted(app) == 0


def test_what_was_noted_is_gone_after_a_week(app: Flask, client: CheckedClient) -> None:
    open_poll_codes(app)
    with travel(dt.datetime(2026, 7, 11, 12, 30, tzinfo=dt.UTC), tick=False) as clock:
        tries(client, new_code())
        clock.shift(dt.timedelta(days=7, minutes=1))
        tries(client, new_code())
        with app.app_context():
            assert db.session.scalar(sa.select(sa.func.count()).select_from(FailedLookup)) == 1


def test_a_slip_of_the_pen_and_a_good_code_are_not_noted(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    tries(client, misspelt(code))
    tries(client, "")
    open_paper(client, code)
    assert noted(app) == 0


def test_with_an_empty_bucket_the_answer_is_the_same_and_a_good_code_is_served(
    app: Flask, client: CheckedClient
) -> None:
    code, wrong = open_poll_codes(app)[0], new_code()
    app.extensions["pbvote-guessing"] = guessing.Bucket(burst=1, per_second=0)
    first = tries(client, wrong)
    assert {tries(client, wrong) for _ in range(5)} == {first}
    assert noted(app) == 1
    assert client.post("/v/cast", data={**open_paper(client, code), **SCORES}).status_code == 200
    assert len(stored(app)) == 1


def test_a_note_that_finds_no_room_leaves_the_answer_as_it_is(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_poll_codes(app)
    wrong = new_code()
    usual = tries(client, wrong)

    def full() -> None:
        raise Busy

    monkeypatch.setattr("pbvote.vote.casting.public.begin_write", full)
    assert tries(client, wrong) == usual
    assert noted(app) == 1


def test_a_bucket_holds_its_burst_and_fills_slowly() -> None:
    moments = [0.0]
    bucket = guessing.Bucket(burst=3, per_second=0.5, clock=lambda: moments[0])
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    moments[0] = 1.9
    assert not bucket.take()
    moments[0] = 2.1
    assert bucket.take()
    assert not bucket.take()
    moments[0] = 1000
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


@pytest.mark.parametrize(("times", "is_said"), [(19, False), (20, True)])
def test_the_console_says_when_codes_are_tried_more_than_fingers_slip(
    app: Flask, client: CheckedClient, times: int, is_said: bool
) -> None:
    open_poll_codes(app)
    with writing(app):
        for _ in range(times):
            guessing.note_failed_lookup()
    sign_in(client, "organiser@council.example")
    page = text_of(client.get(f"/desk/events/{slug(app)}"))
    assert (f"were tried {times} times in the last 15 minutes" in page) is is_said


def test_unknown_void_and_spare_codes_answer_alike_in_words_and_size(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        event, slips = an_open_poll(2)
        void_batch(event, slips[:1], None)
        [spare] = make_slips(event, 1, None)
        codes = [slips[0].code, spare.code, new_code()]
    pages = set()
    for path in ("/v/paper", "/v/cast"):
        for code in codes:
            answer = client.post(path, data={"code": code, "lang": "en"})
            assert answer.status_code == 404
            nonce = re.compile(r'nonce="[^"]+"')
            pages.add(nonce.sub("", answer.get_data(as_text=True)).replace(code, "CODE"))
    assert len(pages) == 1


def test_the_database_is_asked_the_same_about_unknown_void_and_spare_codes(app: Flask, client: CheckedClient) -> None:
    """No answer can take longer than the other where the questions are the same."""
    with writing(app):
        event, slips = an_open_poll(2)
        void_batch(event, slips[:1], None)
        [spare] = make_slips(event, 1, None)
        codes = [slips[0].code, spare.code, new_code()]
    asked: list[str] = []
    with app.app_context():
        sa.event.listen(db.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    with travel(now(), tick=False):
        client.post("/v/paper", data={"code": new_code(), "lang": "en"})  # a minute's first failure makes its row
        for path in ("/v/paper", "/v/cast"):
            questions = []
            for code in codes:
                asked.clear()
                client.post(path, data={"code": code, "lang": "en"})
                questions.append(list(asked))
            assert questions[0] == questions[1] == questions[2]
            assert any("FROM slip" in question for question in questions[0])


def test_a_code_typed_without_its_event_leads_where_voting_is_over_whatever_the_code(
    app: Flask, client: CheckedClient
) -> None:
    with travel(dt.datetime(2026, 7, 12, 15, tzinfo=dt.UTC)):
        code = open_poll_codes(app)[0]
        assert f'href="/v/{slug(app)}"' not in client.post("/v/paper", data={"code": new_code()}).get_data(as_text=True)
        before = noted(app)
        organiser_does(app, close_poll)
        organiser_does(app, count_closed)
        for typed in (code, new_code()):
            answer = client.post("/v/paper", data={"code": typed, "lang": "en"})
            assert "Is it a slip of one of these events? Their voting is over:" in text_of(answer)
            assert f'href="/v/{slug(app)}"' in answer.get_data(as_text=True)
        # No slip is left that anybody could guess.
        assert noted(app) == before
        misspelled = client.post("/v/paper", data={"code": misspelt(code), "lang": "en"})
        assert "Their voting is over" not in text_of(misspelled)
        kiosk = client.post("/v/paper", data={"code": new_code(), "lang": "en", "kiosk": "another"})
        assert "Their voting is over" not in text_of(kiosk)


def test_another_events_console_says_whose_slips_the_codes_may_be(app: Flask, client: CheckedClient) -> None:
    with travel(dt.datetime(2026, 7, 12, 15, tzinfo=dt.UTC)):
        here, there = two_events(app)
        with writing(app):
            over = event_called(there.slug)
            assert over
            over.poll = PollState.PUBLISHED
            over.name = "Sale decides"
            over.ends_at = now()
            guessing.note_failed_lookup()
        sign_in(client, "organiser@council.example")
        page = text_of(client.get(f"/desk/events/{here.slug}"))
        assert "They may also be slips of Sale decides, whose voting is over." in page
