"""Slips that were made void, as the ledger tells of them. Their ballots stay in the box, and the count leaves them out.

A ballot that left the box in the moment in which its slip became void would tell whoever holds two copies of the
database whose it was.
"""

import enum
from dataclasses import dataclass
from typing import ClassVar

from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, confirmed_by, in_a_sentence, record
from pbvote.vote.ledger.service import records_of


class VoidReason(enum.StrEnum):
    """Why a slip is made void."""

    DAMAGED = "damaged"
    GIVEN_IN_ERROR = "given_in_error"
    FOUND = "found"
    SHOWN = "shown"


VOID_REASONS = {
    VoidReason.DAMAGED: "It is torn or can’t be read",
    VoidReason.GIVEN_IN_ERROR: "It was given to somebody who may not vote here",
    VoidReason.FOUND: "It was found lying about",
    VoidReason.SHOWN: "Its code was shown to others, for example in a photo",
}


@record
@dataclass(frozen=True, slots=True)
class SlipVoided(Record):
    """A slip was made void. `was` is the state it had; `ballots` is 1 where the count leaves a ballot of it out."""

    type: ClassVar[str] = "void"
    serial: str
    reason: str
    was: str
    ballots: int
    second: str = ""

    def told(self, names: Names) -> str:
        """What happened, in a sentence."""
        why = in_a_sentence(VOID_REASONS[VoidReason(self.reason)])
        left_out = "; its ballot does not count" if self.ballots else ""
        return f"Slip {self.serial} made void ({why}){left_out}{confirmed_by(self.second, names)}"


def left_out_of(event: Event) -> int:
    """How many ballots in the box are of slips that were made void. It needs no key."""
    return sum(voided.ballots for voided in records_of(event, SlipVoided))
