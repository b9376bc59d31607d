"""Funded groups, what boards count of them, and check-ins, as tables.

Concerns stay out of every one of them: a file goes further than the page that guards them.
"""

from collections.abc import Sequence

from pbvote.filters import month
from pbvote.grants.money.sums import Sums
from pbvote.grants.monitoring.board import Board, BoardPlace
from pbvote.grants.monitoring.figures import ANY, Figure
from pbvote.grants.promises.keeping import PromiseCount
from pbvote.grants.visits.forms import CONTACT_METHODS, STANDINGS
from pbvote.grants.visits.models import NEEDS
from pbvote.grants.visits.service import FundedGroup, LoggedRow
from pbvote.spreadsheets.tables import Cell, Column, Kind, Table, money_column

COLUMNS = (
    Column("Locality"),
    Column("Group", width=30),
    Column("Project", width=30),
    Column("Met on", Kind.DAY, 18),
    Column("How", width=14),
    Column("Doing", width=24),
    Column("Could use", width=30),
    Column("Facts", Kind.LONG, 50),
    Column("Logged by", width=24),
    Column("Next visit", Kind.DAY, 18),
    Column("Colour now", width=12),
    Column("Why", width=40),
)
_MONEY = ("Awarded", "Paid", "To pay", "Sent back", "With the group")


def check_in_table(check_ins: Sequence[LoggedRow], funded: Sequence[FundedGroup]) -> Table:
    """Check-ins as members logged them, and how each group is doing now."""
    about = {group.award.id: (_about(group), _doing(group)) for group in funded}
    return Table("Check-ins", COLUMNS, [_check_in(row, *about[row.award_id]) for row in check_ins])


def _check_in(row: LoggedRow, about: Sequence[Cell], doing: Sequence[Cell]) -> Sequence[Cell]:
    needs = ", ".join(NEEDS.get(need, need) for need in row.needs)
    how, said = CONTACT_METHODS[row.contact_method], STANDINGS[row.standing]
    return (*about, row.met_on, how, said, needs, row.words, row.member, row.next_on, *doing)


def _about(funded: FundedGroup) -> tuple[str, str, str]:
    bid = funded.award.bid
    return funded.award.event.share.locality.name, bid.group.name if bid.group else "", bid.title


def _doing(funded: FundedGroup) -> tuple[str, str]:
    return funded.doing.colour.name.capitalize(), "; ".join(funded.doing.reasons)


def group_table(board: Board) -> Table:
    """The groups that a board was asked for, in its order, with everything that it says of each."""
    others = [each for each in board.figures if each.query.get("which") and each.query["which"] not in ANY]
    columns = (
        Column("Locality"),
        Column("Group", width=30),
        Column("Project", width=30),
        Column("Round", width=30),
        *(money_column(name, board.currency) for name in _MONEY),
        Column("Mentor", width=24),
        Column("Colour", width=12),
        Column("Why", width=40),
        Column("Last check-in", Kind.DAY, 18),
        Column("Next visit", Kind.DAY, 18),
        *(Column(label, Kind.YES_NO, 18) for label, _ in ANY.values()),
        Column("Promises", Kind.WHOLE, 18),
        Column("Promises kept", Kind.WHOLE, 18),
        Column("Promises late", Kind.WHOLE, 18),
        *(Column(each.label, Kind.YES_NO, 18) for each in others),
    )
    return Table(
        "Funded groups",
        columns,
        [_group(funded, others, board.promises.get(funded.award.id, PromiseCount())) for funded in board.found],
    )


def _group(funded: FundedGroup, others: Sequence[Figure], promised: PromiseCount) -> Sequence[Cell]:
    award, latest = funded.award, funded.latest
    mentor = funded.mentor.account.name if funded.mentor else ""
    days = (latest.met_on if latest else None, funded.due_on)
    words = (*(holds(funded) for _, holds in ANY.values()), promised.made, promised.kept, promised.late)
    counted = (each.counts(funded) for each in others)
    money = _money([funded])
    return (*_about(funded), award.event.share.round.name, *money, mentor, *_doing(funded), *days, *words, *counted)


def _money(groups: Sequence[FundedGroup]) -> Sequence[int]:
    sums = Sums.of(funded.award for funded in groups)
    return sums.awarded, sums.paid, sums.to_pay, sums.returned, sums.with_group


def figure_table(board: Board) -> Table:
    """What a board counts in each locality, where the money is, and the check-ins of each month."""
    columns = (
        Column("Locality", width=30),
        *(Column(figure.label, Kind.WHOLE, 14) for figure in board.figures),
        *(money_column(name, board.currency) for name in _MONEY),
        *(Column(f"Check-ins, {month(each)}", Kind.WHOLE, 14) for each in board.months),
    )
    return Table("Localities", columns, [_place(place, board.figures) for place in board.places])


def _place(place: BoardPlace, figures: Sequence[Figure]) -> Sequence[Cell]:
    counted = (figure.of(place.groups) for figure in figures)
    return (place.locality.name, *counted, *_money(place.groups), *place.check_ins)
