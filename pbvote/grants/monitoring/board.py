"""A board: the borough's, or one locality's. Everything is read first, then counted, chosen and put in order here."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from pbvote.core.clock import today
from pbvote.core.reading import sent_number
from pbvote.grants.awards.counting import board_numbers
from pbvote.grants.mentors.in_force import InForce, in_force
from pbvote.grants.money.sums import Sums
from pbvote.grants.monitoring.asked import BoardForm
from pbvote.grants.monitoring.figures import Figure, figures_of
from pbvote.grants.monitoring.months import check_ins_by_month, latest_months
from pbvote.grants.promises.keeping import PromiseCount
from pbvote.grants.promises.shown import promise_counts, sum_of
from pbvote.grants.visits.service import FundedGroup, funded_groups
from pbvote.localities.models import Locality
from pbvote.paging import Page, page_of

WHOLE = "all"
"""What an address asks for to have every row on one page, for paper."""


@dataclass(frozen=True, slots=True)
class BoardPlace:
    """One locality on a board: its groups, and its check-ins in each of the board's months."""

    locality: Locality
    groups: Sequence[FundedGroup]
    check_ins: Sequence[int]


@dataclass(frozen=True, slots=True)
class Board:
    """What a board shows."""

    groups: Sequence[FundedGroup]
    """All of its groups, whatever the address leaves out."""
    figures: Sequence[Figure]
    months: Sequence[dt.date]
    places: Sequence[BoardPlace]
    promises: Mapping[int, PromiseCount]
    """How the promises of each group that made any are kept, by an award's id."""
    form: BoardForm
    found: Sequence[FundedGroup]
    """The groups that the address asks for, in its order."""

    @classmethod
    def of(cls, args: "MultiDict[str, str]", locality: Locality | None = None) -> "Board":
        """The board that an address asks for; of one locality, where given."""
        only = frozenset({locality.id}) if locality else None
        groups, months = funded_groups(only), latest_months()
        numbers, by_month = board_numbers([funded.award for funded in groups]), check_ins_by_month(months, only)
        figures = figures_of(groups, numbers)
        form = BoardForm.asked(args, groups, figures)
        if locality:
            form.within_locality()
        there: dict[int, list[FundedGroup]] = {}
        for funded in groups:
            there.setdefault(funded.award.event.share.locality_id, []).append(funded)
        nothing = [0] * len(months)
        places = [
            BoardPlace(those[0].award.event.share.locality, those, by_month.get(locality_id, nothing))
            for locality_id, those in there.items()
        ]
        return cls(groups, figures, months, places, promise_counts(numbers), form, form.of(groups, figures))

    @property
    def sums(self) -> Sums:
        """Where the money of all its awards is."""
        return Sums.of(funded.award for funded in self.groups)

    @property
    def promised(self) -> PromiseCount:
        """How the promises of all its groups are kept."""
        return sum_of(list(self.promises.values()))

    @property
    def currency(self) -> str:
        """The council's; a board without a group has none."""
        return self.groups[0].award.event.share.round.currency if self.groups else ""

    @property
    def most_check_ins(self) -> int:
        """The most of any month and locality: all drawings have one scale."""
        return max((max(place.check_ins) for place in self.places), default=0)


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A board, and which of its rows one page has."""

    board: Board
    rows: Page[FundedGroup]
    seen_to: Mapping[int, InForce]
    """Who sees to each group of the page today, by an award's id."""

    @classmethod
    def of(cls, board: Board, args: "MultiDict[str, str]") -> "BoardPage":
        """The page that an address asks for."""
        asked = args.get("page", "1")
        is_whole = asked == WHOLE
        number, size = sent_number(asked), max(1, len(board.found))
        rows = page_of(board.found, 1, size) if is_whole else page_of(board.found, number)
        return cls(board, rows, in_force([funded.award.id for funded in rows.rows], today()))
