"""Begin, write, fix and correct board reports, and find them. Nothing here commits."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.rounds.models import Round
from pbvote.core.clock import today
from pbvote.core.spans import Span
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.partnership.seen import save_over
from pbvote.people.models import Account
from pbvote.public_account.boards.figures import take_figures
from pbvote.public_account.boards.forms import WORDS
from pbvote.public_account.boards.models import BoardReport, BoardStory, Committee
from pbvote.public_account.boards.stories import public_stories

QUARTERS: Final = 5
"""How many are offered: the one that runs, and a year before it."""
_RECORD: Final = re.compile(r"\brecord[- ](number|turnout|attendance|breaking)|\bmore than ever\b", re.IGNORECASE)


class BoardReportBegun(Refusal):
    """The committee has one for this quarter already."""

    def __init__(self) -> None:
        super().__init__("There is a report for this committee, round and quarter already.")


class BoardReportFixed(Refusal):
    """A report whose words stay as they are."""

    def __init__(self) -> None:
        super().__init__("This report is fixed. Correct it where something in it is wrong.")


class QuarterRuns(Refusal):
    """A quarter whose figures may still change."""

    def __init__(self, last: dt.date) -> None:
        super().__init__(f"The quarter runs until {day(last)}. A report is fixed once its figures are final.")


class NoRecord(Refusal):
    """A claim that the figures don't bear out."""

    status = 422

    def __init__(self) -> None:
        super().__init__("Our figures show no record. Leave it out: where it is one, the report says so itself")


def quarters_offered() -> list[Span]:
    """The quarters that a report may be about, the newest first."""
    found = [Span.quarter_with(today())]
    while len(found) < QUARTERS:
        found.append(found[-1].quarter_before)
    return found


def rounds_offered() -> Sequence[Round]:
    """The council's rounds, the newest first."""
    return db.session.scalars(sa.select(Round).where(Round.is_imported.is_(False)).order_by(Round.id.desc())).all()


def _whole() -> sa.Select[BoardReport]:
    """Reports with their rounds and stories."""
    stories = orm.selectinload(BoardReport.stories)
    return sa.select(BoardReport).options(orm.joinedload(BoardReport.round, innerjoin=True), stories)


def report_numbered(report_id: int) -> BoardReport | None:
    """The report with this id, whatever its state."""
    return db.session.scalar(_whole().where(BoardReport.id == report_id))


def fixed_report(report_id: int) -> BoardReport | None:
    """The same, where everybody may read it."""
    return db.session.scalar(_whole().where(BoardReport.id == report_id, BoardReport.number.is_not(None)))


def all_reports(*, fixed_only: bool) -> Sequence[BoardReport]:
    """The reports, the newest quarter first; drafts among them, unless only fixed ones are wanted."""
    wanted = sa.select(BoardReport).options(orm.joinedload(BoardReport.round, innerjoin=True))
    if fixed_only:
        wanted = wanted.where(BoardReport.number.is_not(None))
    newest = (BoardReport.first_on.desc(), BoardReport.committee, BoardReport.edition.desc(), BoardReport.id)
    return db.session.scalars(wanted.order_by(*newest)).all()


def edition_after(report: BoardReport) -> BoardReport | None:
    """The edition that corrects this one, in draft or fixed."""
    return db.session.scalar(sa.select(BoardReport).where(BoardReport.corrects_id == report.id))


def begin_report(committee: Committee, round_: Round, quarter: Span, by: Account) -> BoardReport:
    """A draft, with the words that such papers begin with. Raises `BoardReportBegun`."""
    same = (
        BoardReport.committee == committee,
        BoardReport.round_id == round_.id,
        BoardReport.first_on == quarter.first,
    )
    if db.session.scalar(sa.select(sa.exists().where(*same))):
        raise BoardReportBegun
    report = BoardReport(
        committee=committee,
        round_id=round_.id,
        first_on=quarter.first,
        last_on=quarter.last,
        changed_by_id=by.id,
        to_whom=committee.words,
        for_what="Information",
        of_whom="Partnerships and Communities",
        title=f"Locality Partnerships and {round_.name}",
        purpose=f"To tell the {committee.words} what became of the grants, and what the partnerships did.",
        recommendation="That the report is noted.",
        contact="The grants team",
    )
    db.session.add(report)
    db.session.flush()
    return report


def write_report(
    report: BoardReport, words: Mapping[str, str], story_ids: Sequence[int], seen: int, by: Account
) -> None:
    """Say something else in a draft. Raises `BoardReportFixed`, `NoRecord`, `SavedMeanwhile`."""
    if report.is_fixed:
        raise BoardReportFixed
    if _claims_record(words.values()) and not take_figures(report.round, report.period).record:
        raise NoRecord
    save_over(report, seen, by, dict(words))
    public = {each.award_id: each for each in public_stories(report.round)}
    chosen = [public[award_id] for award_id in story_ids if award_id in public]
    db.session.execute(sa.delete(BoardStory).where(BoardStory.report_id == report.id))
    for position, story in enumerate(chosen, 1):
        db.session.add(BoardStory(report_id=report.id, award_id=story.award_id, position=position, digest=story.digest))
    db.session.flush()
    db.session.expire(report)


def _claims_record(words: Iterable[str]) -> bool:
    return any(_RECORD.search(each) for each in words)


def fix_report(report: BoardReport, seen: int, by: Account) -> None:
    """Keep its figures and let everybody read it. An edition that it corrects is superseded from today on.

    Raises `BoardReportFixed`, `QuarterRuns`, `NoRecord`, `SavedMeanwhile`.
    """
    if report.is_fixed:
        raise BoardReportFixed
    if not report.is_over:
        raise QuarterRuns(report.last_on)
    figures = take_figures(report.round, report.period)
    if _claims_record(getattr(report, name) for name in WORDS) and not figures.record:
        raise NoRecord
    former = db.session.get(BoardReport, report.corrects_id) if report.corrects_id else None
    highest = db.session.scalar(sa.select(sa.func.max(BoardReport.number))) or 0
    fixed = {
        "number": former.number if former else highest + 1,
        "fixed_on": today(),
        "fixed_by_id": by.id,
        "figures": figures,
    }
    save_over(report, seen, by, fixed)
    if former:
        former.superseded_on = today()


def correct_report(report: BoardReport, said: Mapping[str, str], by: Account) -> BoardReport:
    """A new edition in draft, which says what was wrong. Raises `BoardReportBegun` where there is one."""
    if edition_after(report) is not None:
        raise BoardReportBegun
    words = {name: getattr(report, name) for name in WORDS}
    kept = {name: getattr(report, name) for name in ("committee", "round_id", "first_on", "last_on")}
    edition = BoardReport(
        **words, **kept, **said, edition=report.edition + 1, corrects_id=report.id, changed_by_id=by.id
    )
    edition.stories = [
        BoardStory(award_id=each.award_id, position=each.position, digest=each.digest) for each in report.stories
    ]
    db.session.add(edition)
    db.session.flush()
    return edition


def drop_report(report: BoardReport) -> None:
    """Delete a draft. Raises `BoardReportFixed`."""
    if report.is_fixed:
        raise BoardReportFixed
    db.session.delete(report)
    db.session.flush()
