"""What stands in an order that editors change: one place up or down."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from pbvote.db import db


class Placed(Protocol):
    """A row with a place."""

    position: int


PlacedT = TypeVar("PlacedT", bound=Placed)


def move_by_one(order: Sequence[PlacedT], one: PlacedT, way: str) -> None:
    """Move it one place ``up`` or ``down``, where there is one, and number all of them from 1."""
    places = list(order)
    at = places.index(one)
    to = at - 1 if way == "up" else at + 1
    if 0 <= to < len(places):
        places[at], places[to] = places[to], places[at]
    for position, each in enumerate(places, 1):
        each.position = position
    db.session.flush()
