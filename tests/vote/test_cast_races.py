"""What happens at an event between a slip's look-up and its vote: each time at that very moment, without sleeping."""

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.vote.casting import service
from pbvote.vote.events import holding
from pbvote.vote.events.models import Event
from pbvote.vote.poll.closing import close_poll, reopen_poll
from pbvote.vote.poll.forms import ReopenReason
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.poll.states import TAKES_VOTES, PollState
from pbvote.vote.poll.voided import VoidReason
from pbvote.vote.slips.envelopes import open_envelope
from pbvote.vote.slips.finding import slip_with
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from pbvote.vote.slips.voiding import void_slip
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import an_event, the_event, writing
from tests.hall import open_poll_codes, organiser_does, stored
from tests.pages import SCORES, client_of, open_paper, text_of

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
Act = Callable[[Event, Account], object]
STORED = [('{"B-01":5,"B-02":3,"B-03":1}', 1)]


def meanwhile(app: Flask, *acts: Act) -> None:
    """Let the organiser do this in another thread, committed before this one goes on."""
    failures: list[BaseException] = []

    def do() -> None:
        try:
            for act in acts:
                organiser_does(app, act)
        except BaseException as failure:
            failures.append(failure)

    thread = threading.Thread(target=do)
    thread.start()
    thread.join()
    assert not failures


def before(verb: Callable[..., None], app: Flask, *acts: Act) -> Callable[..., None]:
    """The verb, with something that happens just before it, once."""
    waiting = list(acts)

    def happen(*given: object, **named: object) -> None:
        meanwhile(app, *waiting)
        waiting.clear()
        verb(*given, **named)

    return happen


def voided(code: str, app: Flask) -> Act:
    """Make the slip with this code void."""
    with app.app_context():
        serial = slip_with(code).serial
    return lambda event, account: void_slip(event, serial, VoidReason.FOUND, account)


@both_databases
def test_a_vote_looked_up_before_the_close_and_stored_after_it_is_refused(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = open_paper(client, open_poll_codes(app, 1)[0])
    monkeypatch.setattr("pbvote.vote.casting.public.begin_write", before(begin_write, app, close_poll))
    late = client.post("/v/cast", data={**fields, **SCORES})
    assert late.status_code == 409
    assert "It was not counted." in text_of(late)
    assert stored(app) == []


@on_postgresql
def test_a_vote_that_waits_for_a_close_is_refused_by_it(app: Flask, client: CheckedClient) -> None:
    fields = open_paper(client, open_poll_codes(app, 1)[0])
    statuses: list[int] = []
    voter = threading.Thread(
        target=lambda: statuses.append(client_of(app).post("/v/cast", data={**fields, **SCORES}).status_code)
    )
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with app.app_context():
        begin_write()
        organiser = account_with_email("organiser@council.example")
        assert organiser
        close_poll(the_event(), organiser)
        voter.start()
        with db.engine.connect() as watching:
            while not watching.scalar(waiting):
                assert voter.is_alive(), statuses
        db.session.commit()
    voter.join()
    assert statuses == [409]
    assert stored(app) == []


@both_databases
def test_a_slip_made_void_between_its_look_up_and_its_vote_does_not_vote(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = open_poll_codes(app, 1)[0]
    fields = open_paper(client, code)
    monkeypatch.setattr("pbvote.vote.casting.public.begin_write", before(begin_write, app, voided(code, app)))
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 404
    assert stored(app) == []


@both_databases
def test_an_envelope_opened_meanwhile_keeps_nobody_from_voting(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = open_paper(client, open_poll_codes(app, 1)[0])
    with writing(app):
        [spare] = make_slips(the_event(), 1, None)

    def opened(event: Event, account: Account) -> None:
        open_envelope(event, spare.envelope, account)

    monkeypatch.setattr("pbvote.vote.casting.public.begin_write", before(begin_write, app, opened))
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 200
    assert stored(app) == STORED


@both_databases
def test_a_poll_closed_and_opened_again_meanwhile_takes_the_vote(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = open_paper(client, open_poll_codes(app, 1)[0])

    def reopened(event: Event, account: Account) -> None:
        reopen_poll(event, account, "witness 1", ReopenReason.CLOSED_BY_MISTAKE)

    happen = before(begin_write, app, close_poll, reopened)
    monkeypatch.setattr("pbvote.vote.casting.public.begin_write", happen)
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 200
    assert stored(app) == STORED


@both_databases
def test_a_retry_of_what_came_in_time_is_acknowledged_even_as_the_poll_closes(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = open_paper(client, open_poll_codes(app, 1)[0])
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 200
    monkeypatch.setattr("pbvote.vote.casting.public.begin_write", before(begin_write, app, close_poll))
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 200
    assert stored(app) == STORED


@both_databases
def test_a_retry_that_names_another_paper_is_refused(app: Flask, client: CheckedClient) -> None:
    fields = open_paper(client, open_poll_codes(app, 1)[0])
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 200
    again = client.post("/v/cast", data={**fields, **SCORES, "definition": "0" * 64})
    assert again.status_code == 409
    assert "The ballot paper has changed." in text_of(again)
    organiser_does(app, close_poll)
    late = client.post("/v/cast", data={**fields, **SCORES, "definition": "0" * 64})
    assert late.status_code == 409
    assert stored(app) == STORED


@both_databases
def test_a_rehearsal_whose_poll_opens_meanwhile_asks_for_the_new_paper(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(app):
        [test] = make_slips(an_event(), 1, None, SlipState.TEST)
    fields = open_paper(client, test.code)
    monkeypatch.setattr("pbvote.vote.casting.public.begin_write", before(begin_write, app, open_poll))
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 409
    assert client.post("/v/cast", data={**open_paper(client, test.code), **SCORES}).status_code == 200
    assert stored(app) == []  # what a test slip says is in no box


class TooLate(Refusal):
    """The refusal of the test below."""

    def __init__(self) -> None:
        super().__init__("Too late.")


@both_databases
@pytest.mark.parametrize("is_shared", [False, True])
def test_who_holds_an_event_knows_its_poll_as_it_is_under_the_lock(app: Flask, is_shared: bool) -> None:
    open_poll_codes(app, 1)
    with app.app_context():
        begin_write()
        event = the_event()
        before_it: str = event.poll
        assert before_it == PollState.OPEN
        if db.engine.dialect.name == "postgresql":
            meanwhile(app, close_poll)
        else:  # nobody else can write: somebody did, before this session looked again
            db.session.execute(sa.update(Event.__table__).values(poll=PollState.CLOSED))  # type: ignore[arg-type]
        with pytest.raises(TooLate):
            holding.hold(event, TAKES_VOTES, otherwise=TooLate, is_shared=is_shared)
        assert event.poll == PollState.CLOSED
        db.session.rollback()


@both_databases
def test_a_cast_writes_nothing_where_the_slip_was_seen_at_another_time(app: Flask) -> None:
    """The one statement checks for itself: whatever happened between, the row is not written."""
    code = open_poll_codes(app, 1)[0]
    with app.app_context():
        slip = slip_with(code)
    organiser_does(app, close_poll)
    with app.app_context():
        organiser = account_with_email("organiser@council.example")
        assert organiser
        begin_write()
        assert service._store(slip, "{}", 0) is None
        db.session.rollback()
    assert stored(app) == []
