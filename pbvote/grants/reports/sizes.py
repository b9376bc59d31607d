"""How much a group is asked to report: by the round's rules and the size of its award. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.bids.models import BudgetLine
from pbvote.call.rounds.grant_rules import GrantRules
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.reports.models import ReportSize


@dataclass(frozen=True, slots=True)
class LineAsked:
    """A line of the bid's budget, of which the report says what it cost."""

    position: int
    what: str
    line_pence: int

    @property
    def field(self) -> str:
        """What its box is called."""
        return f"spent_{self.position}"


def rules_for(award: Award) -> GrantRules:
    """The rules of the award's round."""
    return award.event.share.round.grant_rules


def size_of(award: Award) -> ReportSize:
    """How much this award's group is asked."""
    rules = rules_for(award)
    if award.award_pence <= rules.photo_report_to_pence:
        return ReportSize.PHOTO
    return ReportSize.PAGE if award.award_pence <= rules.page_report_to_pence else ReportSize.FIGURES


def lines_asked(award: Award) -> Sequence[LineAsked]:
    """The lines of which this award's report has a figure, in the bid's order; none for a smaller report.

    A bid without a budget has one line: all of it.
    """
    return _budget_of(award) if size_of(award) is ReportSize.FIGURES else []


def receipt_lines(award: Award, *, is_asked: bool) -> Sequence[LineAsked]:
    """What photos of receipts may be for: the lines with figures; where an officer asks for them, of any report."""
    return _budget_of(award) if is_asked or size_of(award) is ReportSize.FIGURES else []


def _budget_of(award: Award) -> Sequence[LineAsked]:
    wanted = sa.select(BudgetLine).where(BudgetLine.bid_id == award.bid_id).order_by(BudgetLine.position)
    lines = [LineAsked(line.position, line.what, line.line_pence) for line in db.session.scalars(wanted)]
    return lines or [LineAsked(0, award.bid.title, award.award_pence)]


def had_pence(award: Award) -> int:
    """What the group had to spend: the award less what it has sent back."""
    return award.award_pence - award.returned_pence
