"""The code account: every slip that was printed, and where it went.

printed = live + void + spare + test; live - left over = handed out, which is one for everybody whom the door counted
and one for each lost slip that was replaced; voted is no more than that. What does not balance is explained before the
votes can be counted, and published.
"""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from pbvote.core.saying import ENGLISH, N_, Speech


class MismatchReason(enum.StrEnum):
    """Why the code account does not balance."""

    LEFT_BEFORE_VOTING = "left_before_voting"
    DOOR_MISCOUNTED = "door_miscounted"
    NOBODY_COUNTED = "nobody_counted"
    SLIPS_MISLAID = "slips_mislaid"
    TWO_SLIPS = "two_slips"
    UNKNOWN = "unknown"


MISMATCH_REASONS = {
    MismatchReason.LEFT_BEFORE_VOTING: N_("People were counted at the door and left without a slip"),
    MismatchReason.DOOR_MISCOUNTED: N_("The door counted somebody twice, or missed somebody"),
    MismatchReason.NOBODY_COUNTED: N_("Nobody counted those who came, or not all day"),
    MismatchReason.SLIPS_MISLAID: N_("Slips were mislaid"),
    MismatchReason.TWO_SLIPS: N_("Somebody got two slips"),
    MismatchReason.UNKNOWN: N_("Nobody knows"),
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
    def taken(self) -> int | None:
        """Slips that the door's count accounts for: one a voter, and one more for each lost one. None until counted."""
        return None if self.door_count is None else self.door_count + self.replaced

    @property
    def is_unexplained(self) -> bool:
        """Whether something does not balance and nobody has said why."""
        return bool(self.mismatches and not self.reason)

    @property
    def mismatches(self) -> tuple[str, ...]:
        """What does not balance, each in an English sentence: so it is stored and hashed, whoever reads it where."""
        return self.mismatches_said(ENGLISH)

    def mismatches_said(self, say: Speech) -> tuple[str, ...]:
        """What does not balance, each in a sentence."""
        return tuple(_mismatches(self, say))

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


def _mismatches(account: CodeAccount, say: Speech) -> Iterator[str]:
    """What does not balance in an account."""
    handed_out, door_count = account.handed_out, account.door_count or 0
    if account.printed != account.live + account.void + account.spare + account.test:
        yield say.ngettext(
            "%(num)s slip was printed by the ledger, and there are others in the database.",
            "%(num)s slips were printed by the ledger, and there are others in the database.",
            account.printed,
        )
    if handed_out is not None and handed_out < 0:
        yield say.ngettext(
            "%(num)s slip is left over, and only %(live)s were in open envelopes.",
            "%(num)s slips are left over, and only %(live)s were in open envelopes.",
            account.left_over or 0,
            live=say.number(account.live),
        )
    elif handed_out is not None:
        if handed_out != (account.taken or 0):
            yield say.ngettext(
                "%(num)s slip was handed out, and the door counted %(people)s people.",
                "%(num)s slips were handed out, and the door counted %(people)s people.",
                handed_out,
                people=say.number(door_count),
            )
        if account.voted > handed_out:
            yield say.ngettext(
                "%(num)s slip voted, and only %(handed_out)s were handed out.",
                "%(num)s slips voted, and only %(handed_out)s were handed out.",
                account.voted,
                handed_out=say.number(handed_out),
            )
    if account.unaccounted:
        yield say.ngettext(
            "%(num)s ballot in the box is of no live slip, and not counted.",
            "%(num)s ballots in the box are of no live slip, and not counted.",
            account.unaccounted,
        )
