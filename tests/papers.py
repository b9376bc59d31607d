"""A hall with three organisers who key paper ballots and read them back."""

from collections.abc import Callable
from functools import partial

import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.tally import BallotRules, Choices
from pbvote.vote.count.models import Counted
from pbvote.vote.paper_entry import service, undoing
from pbvote.vote.paper_entry.clashes import Clash, clashes_of
from pbvote.vote.paper_entry.pile import OnPaper, entry_numbered
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import PaperEntry, SpoiltReason
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.printing import PrintedSlip
from tests.factories import SCORE, an_account, an_open_poll, cast, count_closed, the_event, writing
from tests.hall import organiser_does
from tests.together import together

FIRST, SECOND, THIRD = "organiser@council.example", "second@council.example", "third@council.example"
MIXED = {"B-01": 1, "B-02": 3, "B-03": 5}
ALL_FIVE = {"B-01": 5, "B-02": 5, "B-03": 5}
MIXED_TEXT = '{"B-01":1,"B-02":3,"B-03":5}'


def a_hall(app: Flask, number: int = 5, rules: BallotRules = SCORE) -> list[PrintedSlip]:
    """An open poll with three organisers; its slips."""
    with writing(app):
        _, slips = an_open_poll(number, rules=rules)
        for email in (SECOND, THIRD):
            an_account(Role.ORGANISER, email)
        return slips


def person(email: str) -> Account:
    """One of the hall's organisers."""
    account = account_with_email(email)
    assert account
    return account


def key(app: Flask, code: str, says: Choices | SpoiltReason, by: str = FIRST) -> None:
    """Key a paper and commit."""
    with writing(app):
        event = the_event()
        choices = None if isinstance(says, SpoiltReason) else says
        content = OnPaper.choosing(Paper.of(event), choices) if choices is not None else OnPaper(spoilt=says)  # type: ignore[arg-type]
        service.key_paper(service.slip_on_paper(event, code), content, person(by))


def seen_of(app: Flask, serial: str) -> str:
    """What the page of an entry shows."""
    with app.app_context():
        entry = entry_numbered(the_event(), serial)
        assert entry
        return entry.says.text


def confirm(app: Flask, serial: str, by: str = SECOND, seen: str | None = None) -> None:
    """Confirm a paper, as it is or as it was seen before, and commit."""
    seen = seen_of(app, serial) if seen is None else seen
    with writing(app):
        service.confirm_paper(the_event(), serial, seen, person(by))


def key_and_confirm(app: Flask, slip: PrintedSlip, says: Choices | SpoiltReason) -> None:
    """A paper that two people have dealt with."""
    key(app, slip.code, says)
    confirm(app, slip.serial)


def stored(app: Flask) -> list[tuple[str | None, SpoiltReason | None, bool]]:
    """Each entry's choices, reason, and whether it is confirmed."""
    with app.app_context():
        rows = db.session.scalars(sa.select(PaperEntry))
        return [(row.choices, row.spoilt, row.confirmed_by is not None) for row in rows]


def counted(app: Flask) -> dict[str, int]:
    """Close, where that is to do, and count: the voters by choices."""
    organiser_does(app, count_closed)
    with app.app_context():
        return {row.choices: row.voters for row in db.session.scalars(sa.select(Counted))}


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do all of it in threads that start together; the refusals, by class, and "done"."""
    answers: list[str] = []

    def run(act: Callable[[], object]) -> None:
        try:
            act()
            answers.append("done")
        except Refusal as refusal:
            answers.append(type(refusal).__name__)

    together(*(partial(run, act) for act in acts))
    return sorted(answers)


def send_back(app: Flask, serial: str, seen: str) -> None:
    """Send a paper back and commit."""
    with writing(app):
        undoing.send_back(the_event(), serial, seen, person(SECOND))


def a_clash(app: Flask) -> PrintedSlip:
    """A closed poll whose one slip says MIXED on paper and ALL_FIVE on a phone."""
    [slip] = a_hall(app, 1)
    with writing(app):
        cast(slip.code, ALL_FIVE)
    key_and_confirm(app, slip, MIXED)
    organiser_does(app, close_poll)
    return slip


def listed(app: Flask) -> list[Clash]:
    """The clashes as the page lists them."""
    with app.app_context():
        return clashes_of(the_event())
