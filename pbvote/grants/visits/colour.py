"""One written rule for how a funded group is doing. It knows no database: whoever asks brings what is known."""

import datetime as dt
import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pbvote.filters import day
from pbvote.grants.visits.due import is_late

RULE = (
    "Red: a worry waits for its answer, or the report is 20 working days late. Amber: the group could use help, a "
    "visit or report is late, or nobody reached it twice in a row. Green: none of these."
)


class Colour(enum.StrEnum):
    """Worked out, never asked of a neighbour."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a group has a colour, red or amber."""

    colour: Colour
    words: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A worry that nobody has answered: by which day, and by whom; "" where whoever reads it first sees to it."""

    due_on: dt.date
    officer: str


@dataclass(frozen=True, slots=True)
class Observed:
    """What the colour follows from."""

    worries: Sequence[Unanswered] = ()
    wants_help: bool = False
    """Whether the member who last reached the group said that it could use help."""
    not_reached: int = 0
    """How many of the latest check-ins, one after another, reached nobody. More than two need not be counted."""
    due_on: dt.date | None = None
    """When its next visit is due; None where none is planned."""
    was_reached: bool = False
    """Whether any member ever reached the group."""
    others: Sequence[Reason] = ()
    """What the rooms above know."""


@dataclass(frozen=True, slots=True)
class Doing:
    """How a group is doing, and why."""

    colour: Colour
    reasons: Sequence[str]
    """In words: every one of this colour. Green has one as well."""


def is_out_of_reach(not_reached: int) -> bool:
    """Whether a group counts as not reached: so many of the latest check-ins in a row reached nobody."""
    return not_reached > 1


def doing(known: Observed, on: dt.date) -> Doing:
    """How the group is doing on this day."""
    if reasons := [*(_waits(worry, on) for worry in known.worries), *_others(known, Colour.RED)]:
        return Doing(Colour.RED, reasons)
    if reasons := list(_amber(known, on)):
        return Doing(Colour.AMBER, reasons)
    return Doing(Colour.GREEN, [_nothing_wrong(known)])


def _waits(worry: Unanswered, on: dt.date) -> str:
    who = f" from {worry.officer}" if worry.officer else ""
    if is_late(worry.due_on, on):
        return f"The answer to a worry was due{who} on {day(worry.due_on)}"
    return f"A worry waits for an answer{who} by {day(worry.due_on)}"


def _amber(known: Observed, on: dt.date) -> Iterator[str]:
    if known.wants_help:
        yield "They could use help"
    if known.due_on is not None and is_late(known.due_on, on):
        yield f"The visit of {day(known.due_on)} is late"
    if is_out_of_reach(known.not_reached):
        yield "Not reached twice in a row"
    yield from _others(known, Colour.AMBER)


def _others(known: Observed, colour: Colour) -> Iterator[str]:
    return (reason.words for reason in known.others if reason.colour is colour)


def _nothing_wrong(known: Observed) -> str:
    if known.not_reached:
        return "Not reached last time"
    return "Nothing is wrong" if known.was_reached else "No check-in yet"
