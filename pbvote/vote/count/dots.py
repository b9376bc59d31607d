"""The code account as a picture: a mark for each slip that was opened, and under them one for each voter who came.

A lost slip that was replaced has its mark beside the voters'.

Each look is a shape of its own, so that it reads in print and without colour. Marks stand in rows of an envelope's
25 slips. The picture is worked out here once, and drawn on pages (SVG) and on the sheet to sign (PDF).
"""

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pbvote.core.saying import N_
from pbvote.vote.count.code_account import CodeAccount

COLUMNS: Final = 25
MOST_MARKS: Final = 500
"""Slips, or voters, up to which each has a mark of its own; beyond, one mark stands for ten, or a hundred."""
PITCH: Final = 12
"""From one mark's middle to the next, in the picture's own units."""
GAP: Final = 1
"""Rows left free between the slips and the voters."""


class DotLook(enum.StrEnum):
    """What became of a slip, or of a voter's way in."""

    PHONE = "phone"
    PAPER = "paper"
    UNUSED = "unused"
    LEFT_OVER = "left-over"
    UNCOUNTED = "uncounted"
    CAME = "came"
    REPLACED = "replaced"
    ODD = "odd"
    """A slip or a voter that is one too many, or missing."""


LOOKS: Final[Mapping[DotLook, str]] = {
    DotLook.PHONE: N_("Voted on a phone"),
    DotLook.PAPER: N_("Voted on paper"),
    DotLook.UNUSED: N_("Handed out, did not vote"),
    DotLook.LEFT_OVER: N_("Left over"),
    DotLook.UNCOUNTED: N_("Not counted yet"),
    DotLook.CAME: N_("Voter who came through the door"),
    DotLook.REPLACED: N_("Slip in place of a lost one"),
    DotLook.ODD: N_("Does not fit"),
}

# The upper left corner of each shape from its middle, and how it is drawn from there, in SVG's path language.
_SHAPES: Final[Mapping[DotLook, tuple[float, float, str]]] = {
    DotLook.PHONE: (-4, 0, "a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"),
    DotLook.PAPER: (-4, -4, "h8v8h-8z"),
    DotLook.UNUSED: (-3.5, 0, "a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z"),
    DotLook.LEFT_OVER: (-1.8, 0, "a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0z"),
    DotLook.UNCOUNTED: (-2.5, 0, "a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0z"),
    DotLook.CAME: (0, -4.5, "l4.5 8.5h-9z"),
    DotLook.REPLACED: (0, 4.5, "l4.5-8.5h-9z"),
    DotLook.ODD: (-3.5, -3.5, "l7 7m0-7l-7 7"),
}

Run = tuple[DotLook, int]


@dataclass(frozen=True, slots=True)
class Dots:
    """A code account's marks: runs of slips, then runs of voters. `stands_for` is how many one mark stands for."""

    slips: Sequence[Run]
    voters: Sequence[Run]
    stands_for: int

    @classmethod
    def of(cls, account: CodeAccount) -> "Dots":
        """The marks of an account. Until somebody has counted by hand, no voter stands beside the slips."""
        slips, voters = list(_slips(account)), list(_voters(account))
        stands_for = 1
        while max(_number(slips), _number(voters)) > MOST_MARKS * stands_for:
            stands_for *= 10
        return cls(_marks(slips, stands_for), _marks(voters, stands_for), stands_for)

    @property
    def looks(self) -> list[DotLook]:
        """What is in the picture, each once, in its order."""
        return list(dict.fromkeys(look for look, _ in [*self.slips, *self.voters]))

    @property
    def rows(self) -> int:
        """How many rows high the picture is."""
        return self._voters_from + _rows(self.voters)

    @property
    def _voters_from(self) -> int:
        return _rows(self.slips) + (GAP if self.voters else 0)

    def placed(self) -> Iterator[tuple[DotLook, float, float]]:
        """Each mark with the place of its middle, in the picture's units."""
        for runs, first_row in ((self.slips, 0), (self.voters, self._voters_from)):
            marks = (look for look, number in runs for _ in range(number))
            for place, look in enumerate(marks):
                row, column = divmod(place, COLUMNS)
                yield look, (column + 0.5) * PITCH, (first_row + row + 0.5) * PITCH

    def path(self, look: DotLook) -> str:
        """All marks of one look, as one path of an SVG."""
        left, above, shape = _SHAPES[look]
        return "".join(f"M{x + left:g} {y + above:g}{shape}" for mark, x, y in self.placed() if mark is look)


def sample_of(look: DotLook) -> str:
    """One mark of this look in a square of `PITCH`, as an SVG's path: what the legend shows."""
    return Dots([(look, 1)], [], 1).path(look)


def _slips(account: CodeAccount) -> Iterator[Run]:
    """Opened slips: those that voted, those that did not, those left over; and how many are too many."""
    handed_out = account.handed_out
    if handed_out is None:
        yield from _voted(account, account.voted)
        yield DotLook.UNCOUNTED, account.live - account.voted
        return
    fitting = min(account.voted, max(handed_out, 0))
    yield from _voted(account, fitting)
    yield DotLook.UNUSED, handed_out - fitting
    yield DotLook.LEFT_OVER, min(account.left_over or 0, account.live)
    yield DotLook.ODD, account.voted - fitting + max(-handed_out, 0)


def _voted(account: CodeAccount, fitting: int) -> Iterator[Run]:
    """So many of the slips that voted, phones first."""
    on_phone = min(account.voted - account.on_paper, fitting)
    yield DotLook.PHONE, on_phone
    yield DotLook.PAPER, fitting - on_phone


def _voters(account: CodeAccount) -> Iterator[Run]:
    """Voters who came through the door and slips in place of lost ones, as far as there is a slip for each; and by how
    many they differ from what was handed out."""
    if account.handed_out is None or account.door_count is None or account.taken is None:
        return
    handed_out = max(account.handed_out, 0)
    came = min(account.door_count, handed_out)
    yield DotLook.CAME, came
    yield DotLook.REPLACED, min(account.replaced, handed_out - came)
    yield DotLook.ODD, abs(account.taken - handed_out)


def _marks(runs: Sequence[Run], stands_for: int) -> list[Run]:
    """How many marks each run has: at least one where there is anything, so that nothing is hidden by rounding."""
    return [(look, -(-number // stands_for)) for look, number in runs if number > 0]


def _number(runs: Sequence[Run]) -> int:
    return sum(number for _, number in runs if number > 0)


def _rows(runs: Sequence[Run]) -> int:
    return -(-_number(runs) // COLUMNS)
