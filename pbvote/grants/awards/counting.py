"""What boards count of awards beyond how groups are doing. The rooms above know it, and enter it here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.db import db
from pbvote.grants.awards.models import Award

Counter = Callable[[], sa.Select[int, int]]
"""Makes a statement with the ids of awards that have any of a thing, and how many. Boards narrow it to their awards."""


@dataclass(frozen=True, slots=True)
class BoardCount:
    """Something that is counted."""

    key: str
    """What an address calls it that asks for the awards which have any."""
    label: str
    """The column's; "" where boards show it otherwise than as a column."""
    count: Counter


_counts: list[BoardCount] = []


def counted_on_boards(key: str, label: str = "") -> Callable[[Counter], Counter]:
    """Make a function that counts something of awards known here; where it has a label, as a column of each board."""

    def enter(count: Counter) -> Counter:
        _counts.append(BoardCount(key, label, count))
        return count

    return enter


def board_columns() -> Sequence[BoardCount]:
    """Every column that the rooms above have entered, in their order."""
    return tuple(each for each in _counts if each.label)


def board_numbers(awards: Sequence[Award]) -> Mapping[str, Mapping[int, int]]:
    """Everything that the rooms above count of these awards, in one statement: by key, then by an award's id."""
    found: dict[str, dict[int, int]] = {each.key: {} for each in _counts}
    rows = (_rows(each) for each in _counts)
    counted = sa.union_all(*rows).subquery()
    wanted = sa.select(counted).where(counted.c.award_id.in_([award.id for award in awards]))
    for key, award_id, number in db.session.execute(wanted):
        found[key][award_id] = number
    return found


def _rows(each: BoardCount) -> sa.Select[str, int, int]:
    award_id, number = each.count().subquery().c
    return sa.select(sa.literal(each.key).label("key"), award_id.label("award_id"), number.label("number"))
