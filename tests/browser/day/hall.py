"""The hall of the day: its bids, its people's votes, and what must come out of them, worked out here by hand."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from flask import Flask

from tests.browser.conftest import OpenPage

GROUPS = ("Bell ringers", "Bean growers", "Chess club", "Choir")
ASKS = (3_000_00, 2_500_00, 2_000_00, 1_000_00)  # pence
POT = 5_000_00
SLIPS = 50
Marks = tuple[int, int, int, int]

GOOD_PHONES, BAD_PHONES = 20, 10
ON_PHONES: Sequence[Marks] = [
    (3 + voter % 3, 4 + voter % 2, 1 + voter % 2, 2 + voter % 3) for voter in range(GOOD_PHONES + BAD_PHONES)
]
AT_THE_KIOSK: Marks = (4, 4, 4, 4)
ON_PAPER: Sequence[Marks] = [(1, 5, 1, 2), (2, 5, 3, 1)]
NOT_MEANT: Marks = (1, 1, 1, 1)
"""What stands on the back of a slip whose holder says that their phone is to count."""
COUNTED: Sequence[Marks] = [*ON_PHONES, AT_THE_KIOSK, *ON_PAPER]
CAME = len(COUNTED) + 2
"""One voter spoils their paper, and another goes home without voting."""


class Clock(Protocol):
    """The server's clock, which the test moves on."""

    def shift(self, delta: dt.timedelta) -> None:
        """Let so much time pass."""


@dataclass
class Hall:
    """The event, on a server of its own, and what its people have in hand."""

    app: Flask
    address: str
    slug: str
    open_page: OpenPage
    clock: Clock
    codes: list[str] = field(default_factory=list)
    """The codes of the printed slips, in the order in which they are handed over."""
    passes: dict[str, str] = field(default_factory=dict)
    """The code of each kind of pass, and of the witness's card."""
    check_numbers: list[str] = field(default_factory=list)
    """What phones were told of their votes."""

    @property
    def console(self) -> str:
        """The path of the organisers' console."""
        return f"/desk/events/{self.slug}"

    def let_pass(self, seconds: int) -> None:
        """Let time pass on the server."""
        self.clock.shift(dt.timedelta(seconds=seconds))

    def takes_slips(self, number: int) -> list[str]:
        """Somebody at the door hands over so many slips."""
        taken, self.codes = self.codes[:number], self.codes[number:]
        return taken


def title_of(number: int) -> str:
    """A bid, as the ballot and the screen name it."""
    return f"Project of {GROUPS[number - 1]}"


def points() -> Mapping[int, int]:
    """Each bid's points, by its number on the ballot: no two have as many."""
    found = {number: sum(marks[number - 1] for marks in COUNTED) for number in range(1, len(GROUPS) + 1)}
    assert len(set(found.values())) == len(found)
    return found


def awards() -> Mapping[int, int]:
    """What each bid gets, in pence, from the most points on: all that it asks for, while that is left."""
    left, given = POT, {}
    for number in sorted(points(), key=lambda number: -points()[number]):
        given[number] = ASKS[number - 1] if ASKS[number - 1] <= left else 0
        left -= given[number]
    return given
