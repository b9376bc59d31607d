"""The door's list of names: add, look for one, take off. The list itself is shown to nobody. Nothing here commits."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from pbvote.db import add_absent, db, write_again
from pbvote.errors import Refusal
from pbvote.vote.door.likeness import most_alike
from pbvote.vote.door.models import AgeBand, DoorName, Tie
from pbvote.vote.door.sent import PersonNamed
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.poll.closing import at_the_close
from pbvote.vote.poll.states import BEFORE_THE_COUNT, TAKES_SLIPS

MOST_FOUND: Final = 5
"""Whoever wants to see more types more letters."""

TIES: Final[Mapping[Tie, str]] = {
    Tie.LIVES: "lives",
    Tie.WORKS: "works",
    Tie.VOLUNTEERS: "volunteers",
    Tie.STUDIES: "studies",
}

AGES: Final[Mapping[AgeBand, str]] = {
    AgeBand.UNDER_18: "Under 18",
    AgeBand.FROM_18: "18 to 24",
    AgeBand.FROM_25: "25 to 44",
    AgeBand.FROM_45: "45 to 64",
    AgeBand.FROM_65: "65 or older",
}

Found = tuple[str, DoorName]


def add_names(event: Event, named: Sequence[PersonNamed], *, is_late: bool) -> None:
    """Put people on the list, each once. A name like another one is another person, for all that this decides.

    The caller holds the event alone where there is any name.
    """
    if not named:
        return
    rows: list[dict[str, Any]] = [
        {
            "event_id": event.id,
            "id": one.id,
            "name": one.name,
            "tie": one.tie,
            "age": one.age if event.day.keeps_ages else None,
            "is_late": is_late,
        }
        for one in named
    ]
    add_absent(DoorName, rows)
    if event.poll not in TAKES_SLIPS:
        rewrite_names(event)


def find_names(event: Event, typed: str) -> list[Found]:
    """The people on the list whose names are like what was typed, the likest first."""
    wanted = sa.select(DoorName).where(DoorName.event_id == event.id, DoorName.name != "")
    return most_alike(typed, ((one.name, one) for one in db.session.scalars(wanted)))


def likes_of(event: Event, named: Sequence[PersonNamed]) -> dict[str, list[str]]:
    """For those who were just added: the names on the list that are like theirs, by the id in hexadecimal digits."""
    if not named:
        return {}
    found = {one.id.hex(): [name for name, row in find_names(event, one.name) if row.id != one.id] for one in named}
    return {key: names[:MOST_FOUND] for key, names in found.items() if names}


class ListStands(Refusal):
    """Somebody takes off a name that the code account has counted."""

    def __init__(self) -> None:
        super().__init__("The count has begun, so nobody is taken off the list any more.")


def take_off(event: Event, name_id: bytes) -> bool:
    """Take a name off the list; whether it was on it. Raises `ListStands` once the count has begun.

    Afterwards one age fewer beside the sealed number would say how old that person is.
    """
    hold(event, BEFORE_THE_COUNT, otherwise=ListStands, is_shared=True)
    this = sa.and_(DoorName.event_id == event.id, DoorName.id == name_id, DoorName.name != "")
    claim = sa.update(DoorName).where(this).values(name="", tie=None, age=None).returning(DoorName.id)
    return db.session.scalar(claim) is not None


@at_the_close
def rewrite_names(event: Event) -> None:
    """Write the list again in the order of its random ids, so that no row's place or mark says who came when.

    The caller holds the event alone.
    """
    write_again(DoorName, DoorName.event_id == event.id)
