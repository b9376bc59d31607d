"""A hostile administrator with a copy of everything but the key: which slip cast which ballot?

The worst hall there is: the steward hands slips out from the top of the sheets, and everybody votes at once, in that
order. Whoever knows the order of the sheets then knows the order of the ballots, so neither may be found anywhere.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.people.models import Account
from pbvote.vote.count.account import account_sealed
from pbvote.vote.events.models import Event
from pbvote.vote.paper_entry.pile import OnPaper
from pbvote.vote.paper_entry.service import key_paper
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import Ballot
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.poll.paper import Paper
from pbvote.vote.poll.voided import VoidReason
from pbvote.vote.slips.finding import slip_with
from pbvote.vote.slips.keys import key_ring
from pbvote.vote.slips.models import Slip, SlipState
from pbvote.vote.slips.printing import PrintedSlip, make_slips
from pbvote.vote.slips.voiding import void_slip
from tests.conftest import both_databases
from tests.factories import account_for_slips, an_event, cast, count_with_witness, the_event, writing
from tests.hall import organiser_does
from tests.pages import client_of

VOTERS = 100
MOST_BY_CHANCE = 9
"""Of two orders of chance, one place in a hundred agrees; ten or more do once in ten million times."""


@pytest.fixture
def sheets(app: Flask) -> list[PrintedSlip]:
    """The slips in the order of the sheets, which is that in which they vote: who votes as what is told by nothing."""
    with writing(app):
        sheets = make_slips(an_event(), VOTERS, None, SlipState.LIVE)
    organiser_does(app, open_poll)
    for number, slip in enumerate(sheets):
        with writing(app):
            cast(slip.code, {"B-01": 1 + number % 5, "B-02": 1 + number // 5 % 5, "B-03": 1 + number // 25 % 5})
    return sheets


def agreement(codes: Sequence[bytes], ballots: Sequence[bytes], truth: dict[bytes, bytes]) -> int:
    """How many slips are led to their own ballot if the two orders are laid side by side, from either end."""
    forward = sum(truth[code] == ballot for code, ballot in zip(codes, ballots, strict=True))
    backward = sum(truth[code] == ballot for code, ballot in zip(reversed(codes), ballots, strict=True))
    return max(forward, backward)


def orders_in(name: str, app: Flask) -> Iterator[tuple[str, list[bytes]]]:
    """Every order of a table's tags that its database can be asked for."""
    tag = "code_tag" if name == "slip" else "ballot_tag"
    is_sqlite = db.engine.dialect.name == "sqlite"
    ways = ("tag", "1") if is_sqlite else ("tag", "ctid", "xmin::text::bigint", "xmax::text::bigint, ctid")
    for way in ways:
        order = way.replace("tag", tag) if way == "tag" else way
        rows = db.session.execute(sa.text(f"SELECT {tag} FROM {name} ORDER BY {order}"))  # noqa: S608
        yield f"{name} by {order}", [bytes(row[0]) for row in rows]


def order_in_files(folder: Path, tags: Sequence[bytes]) -> Iterator[tuple[str, list[bytes]]]:
    """The order in which tags first stand in each file that holds all of them: tables, logs, whatever else there is."""
    for file in folder.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        places = {tag: content.find(tag) for tag in tags}
        if content and min(places.values()) >= 0:
            yield file.name, sorted(tags, key=places.__getitem__)
            yield f"{file.name}, last first", sorted(tags, key=content.rfind)


@both_databases
def test_without_the_key_nothing_leads_a_slip_to_its_ballot_better_than_chance(
    app: Flask, sheets: list[PrintedSlip], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with app.app_context():
        key = key_ring().read(the_event().slug)
        truth = {(tag := key.code_tag(slip.code)): key.ballot_tag(tag) for slip in sheets}
        in_order = list(truth)
        # With the key, or with the order of the sheets, everything is known: that is what must be found nowhere.
        assert agreement(in_order, [truth[tag] for tag in in_order], truth) == VOTERS
        codes, ballots = list(orders_in("slip", app)), list(orders_in("ballot", app))
        folder = tmp_path
        if db.engine.dialect.name == "postgresql":
            folder = Path(db.session.scalar(sa.text("SHOW data_directory")) or "")
            db.session.rollback()
        codes += order_in_files(folder, list(truth))
        ballots += order_in_files(folder, list(truth.values()))
    # The log is among the files: it has the order in which everything was written.
    is_log = re.compile(r"[0-9A-F]{24}|.*-wal")
    assert any(is_log.fullmatch(order) for order, _ in codes)
    assert any(is_log.fullmatch(order) for order, _ in ballots)
    for code_order, by_code in codes:
        for ballot_order, by_ballot in ballots:
            assert agreement(by_code, by_ballot, truth) <= MOST_BY_CHANCE, (code_order, ballot_order)


@both_databases
def test_two_copies_of_the_database_around_a_void_lead_nowhere(app: Flask, sheets: list[PrintedSlip]) -> None:
    """A slip that voted on a phone, and one that voted on paper: no ballot goes, comes or is touched with the slip."""
    on_paper = sheets[1]

    def key(event: Event, organiser: Account) -> None:
        choices = {"B-01": 5, "B-02": 5, "B-03": 5}
        key_paper(slip_with(on_paper.code), OnPaper.choosing(Paper.of(event), choices), organiser)

    organiser_does(app, key)
    before = box_in(app)
    for slip in (sheets[0], on_paper):
        organiser_does(app, partial(make_void, serial=slip.serial))
    assert box_in(app) == before
    organiser_does(app, close_poll)
    organiser_does(app, account_for_slips)
    organiser_does(app, count_with_witness)
    with app.app_context():
        account = account_sealed(the_event())
        assert account
        assert (account.voted, account.left_out, account.unaccounted) == (VOTERS - 2, 2, 0)


def make_void(event: Event, organiser: Account, serial: str) -> None:
    """Make a slip void, as two do."""
    void_slip(event, serial, VoidReason.SHOWN, organiser, "witness 1")


def box_in(app: Flask) -> list[tuple[object, ...]]:
    """Every row of the box, and on PostgreSQL which transactions have left their mark on it."""
    with app.app_context():
        marks = ", xmin::text, xmax::text, ctid::text" if db.engine.dialect.name == "postgresql" else ""
        rows = [
            tuple(row)
            for table in ("ballot", "paper_entry")
            for row in db.session.execute(sa.text(f"SELECT *{marks} FROM {table} ORDER BY ballot_tag"))  # noqa: S608
        ]
        assert len(rows) > VOTERS
        return rows


@both_databases
def test_no_column_of_a_slip_or_a_ballot_tells_when_or_whether(app: Flask, sheets: list[PrintedSlip]) -> None:
    with app.app_context():
        columns = {table.name: set(table.columns.keys()) for table in (Slip.__table__, Ballot.__table__)}  # type: ignore[attr-defined]
        assert columns == {
            "slip": {"event_id", "code_tag", "serial", "envelope", "state"},
            "ballot": {"event_id", "ballot_tag", "choices", "version"},
        }
        # Of slips that have voted and such that have not, no row differs from another's but in what was printed.
        states = db.session.execute(sa.select(Slip.state, Slip.event_id).distinct()).all()
        assert len(states) == 1
        if db.engine.dialect.name == "postgresql":
            touched = db.session.execute(sa.text("SELECT DISTINCT xmin::text, xmax::text FROM slip")).all()
            assert len(touched) == 1  # all rows as one transaction left them; none was even locked by a cast


def test_no_log_holds_a_code_a_tag_or_a_choice(
    app: Flask, caplog: pytest.LogCaptureFixture, sheets: list[PrintedSlip]
) -> None:
    caplog.set_level(0)
    client = client_of(app)
    client.post("/v/paper", data={"code": sheets[0].code, "lang": "en"})
    client.post("/v/cast", data={"code": sheets[0].code, "lang": "en", "bid-1": "5"})
    client.post("/v/cast", data={"code": "K7QF9M2TXW4R", "lang": "en"})
    for slip in sheets:
        assert slip.code not in caplog.text
        assert slip.grouped_code not in caplog.text
    assert "bid-1" not in caplog.text
