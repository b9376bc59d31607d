"""The code account: every slip that was printed, and where it went.

printed = live + void + spare + test; live - left over = handed out, beside the door's count; voted is no more than
that. What does not balance is explained before the votes can be counted, and published.
"""

import enum
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


class MismatchReason(enum.StrEnum):
    """Why the code account does not balance."""

    LEFT_BEFORE_VOTING = "left_before_voting"
    DOOR_MISCOUNTED = "door_miscounted"
    SLIPS_MISLAID = "slips_mislaid"
    TWO_SLIPS = "two_slips"
    UNKNOWN = "unknown"


MISMATCH_REASONS = {
    MismatchReason.LEFT_BEFORE_VOTING: "People were counted at the door and left without a slip",
    MismatchReason.DOOR_MISCOUNTED: "The door miscounted",
    MismatchReason.SLIPS_MISLAID: "Slips were mislaid",
    MismatchReason.TWO_SLIPS: "Somebody got two slips",
    MismatchReason.UNKNOWN: "Nobody knows",
}


@dataclass(frozen=True, slots=True)
class CodeAccount:
    """Where every slip went. `left_over` and `door_count` were counted by hand, the rest the database knows."""

    printed: int
    live: int
    void: int
    spare: int
    test: int
    replaced: int
    voted: int
    on_paper: int
    """Of those that voted, the ones whose paper counts."""
    spoilt: int
    decided_for_paper: int
    decided_for_phone: int
    left_out: int
    """Ballots of void slips: they do not count."""
    unaccounted: int
    help_given: dict[str, int]
    left_over: int | None
    door_count: int | None
    """Both None until somebody has counted."""
    reason: str
    note: str

    @property
    def handed_out(self) -> int | None:
        """Live slips that somebody took; None until what is left over was counted."""
        return None if self.left_over is None else self.live - self.left_over

    @property
    def is_unexplained(self) -> bool:
        """Whether something does not balance and nobody has said why."""
        return bool(self.mismatches and not self.reason)

    @property
    def mismatches(self) -> tuple[str, ...]:
        """What does not balance, each in a sentence."""
        found = []
        if self.printed != self.live + self.void + self.spare + self.test:
            found.append(f"{self.printed} slips were printed by the ledger, and there are others in the database.")
        if self.handed_out is not None and self.handed_out < 0:
            found.append(f"{self.left_over} slips are left over, and only {self.live} were in open envelopes.")
        elif self.handed_out is not None:
            if self.handed_out != self.door_count:
                found.append(f"{self.handed_out} slips were handed out, and the door counted {self.door_count} people.")
            if self.voted > self.handed_out:
                found.append(f"{self.voted} slips voted, and only {self.handed_out} were handed out.")
        if self.unaccounted:
            are = "1 ballot in the box is" if self.unaccounted == 1 else f"{self.unaccounted} ballots in the box are"
            found.append(f"{are} of no live slip, and not counted.")
        return tuple(found)

    @property
    def reason_in_words(self) -> str:
        """Why it does not balance, as the form says it; "" where nobody gave a reason."""
        return MISMATCH_REASONS[MismatchReason(self.reason)] if self.reason else ""

    def to_dict(self) -> dict[str, Any]:
        """The account as it is stored, hashed and published."""
        return asdict(self) | {"handed_out": self.handed_out, "mismatches": list(self.mismatches)}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "CodeAccount":
        """The account that `to_dict` stored."""
        names = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in names})
