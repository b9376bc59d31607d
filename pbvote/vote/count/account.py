"""The code account: every slip that was printed, and where it went. Nothing here commits.

printed = live + void + spare + test; live - left over = handed out, beside the door's count; voted is no more than
that. What does not balance is explained before the votes can be counted, and published.
"""

from dataclasses import asdict, dataclass, fields
from typing import Any

from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.vote.count.box import Box
from pbvote.vote.count.models import HandCount, MismatchReason, Seal
from pbvote.vote.door.helping import help_given
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.service import entries_of, records_in
from pbvote.vote.poll.models import Decision
from pbvote.vote.poll.service import OutOfTurn
from pbvote.vote.poll.states import AWAITS_THE_COUNT
from pbvote.vote.slips.finding import slips_of
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import SlipsMade
from pbvote.vote.slips.voiding import SlipReplaced

MISMATCH_REASONS = {
    MismatchReason.LEFT_BEFORE_VOTING: "People were counted at the door and left without a slip",
    MismatchReason.DOOR_MISCOUNTED: "The door miscounted",
    MismatchReason.SLIPS_MISLAID: "Slips were mislaid",
    MismatchReason.TWO_SLIPS: "Somebody got two slips",
    MismatchReason.UNKNOWN: "Nobody knows",
}


class AccountMissing(Refusal):
    """The slips that were left over have not been counted yet."""

    def __init__(self) -> None:
        super().__init__("Fill in the code account first: the slips left over and the people counted at the door.")


class Unexplained(Refusal):
    """A mismatch without a reason."""

    def __init__(self, mismatches: tuple[str, ...]) -> None:
        super().__init__(f"The code account does not balance. Say why first. {' '.join(mismatches)}")


@dataclass(frozen=True, slots=True)
class ByHand:
    """What was counted by hand, and by whom. `note` is published: it names nobody."""

    left_over: int
    door_count: int
    reason: MismatchReason | None
    note: str
    stated_by: int


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
    spoilt: int
    decided_for_paper: int
    decided_for_phone: int
    strays: int
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
        if self.strays:
            are = "1 ballot in the box is" if self.strays == 1 else f"{self.strays} ballots in the box are"
            found.append(f"{are} of no live slip, and not counted.")
        return tuple(found)

    @property
    def reason_in_words(self) -> str:
        """Why it does not balance, as the form says it; "" where nobody gave a reason."""
        return MISMATCH_REASONS[MismatchReason(self.reason)] if self.reason else ""

    def to_dict(self) -> dict[str, Any]:
        """The account as it is hashed and published."""
        return asdict(self) | {"handed_out": self.handed_out, "mismatches": list(self.mismatches)}


def stated_account(event: Event) -> HandCount | None:
    """What was counted by hand, where somebody has."""
    return db.session.get(HandCount, event.id)


def account_sealed(event: Event) -> CodeAccount | None:
    """The account as the count fixed it, where the event is counted."""
    seal = db.session.get(Seal, event.id)
    if seal is None:
        return None
    names = {field.name for field in fields(CodeAccount)}
    return CodeAccount(**{name: value for name, value in seal.account.items() if name in names})


def account_of(event: Event, box: Box, stated: HandCount | None) -> CodeAccount:
    """The event's account, from the database and what was counted by hand, where somebody has."""
    slips, entries = slips_of(event), entries_of(event)
    return CodeAccount(
        printed=sum(made.slips for made in records_in(entries, SlipsMade)),
        live=slips.get(SlipState.LIVE, 0),
        void=slips.get(SlipState.VOID, 0),
        spare=slips.get(SlipState.SPARE, 0),
        test=slips.get(SlipState.TEST, 0),
        replaced=len(records_in(entries, SlipReplaced)),
        voted=box.voted,
        spoilt=box.spoilt,
        decided_for_paper=box.decided_for(Decision.PAPER),
        decided_for_phone=box.decided_for(Decision.PHONE),
        strays=box.strays,
        help_given={kind.value: times for kind, times in help_given(event).items()},
        left_over=stated.left_over if stated else None,
        door_count=stated.door_count if stated else None,
        reason=stated.reason.value if stated and stated.reason else "",
        note=stated.note if stated else "",
    )


def state_account(event: Event, box: Box, counted: ByHand) -> CodeAccount:
    """Write down what was counted by hand, in place of what was there. Look at `is_unexplained` before the commit.

    Raises `OutOfTurn` unless the poll is closed and not counted.
    """
    hold(event, AWAITS_THE_COUNT, otherwise=OutOfTurn)
    stated = db.session.merge(HandCount(event_id=event.id, **asdict(counted)))
    db.session.flush()
    return account_of(event, box, stated)


def require_explained(account: CodeAccount) -> None:
    """Raise `Unexplained` where something does not balance and nobody said why."""
    if account.is_unexplained:
        raise Unexplained(account.mismatches)
