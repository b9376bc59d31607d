"""What the ledger tells of passes and devices: numbers, and no names."""

from dataclasses import dataclass
from typing import ClassVar

from pbvote.vote.ledger.records import Names, Record, record
from pbvote.vote.passes.models import DeviceKind


@record
@dataclass(frozen=True, slots=True)
class PassMade(Record):
    """A pass was made, or ended."""

    type: ClassVar[str] = "pass"
    number: int
    kind: str
    is_ended: bool = False

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return f"The {self.kind}’s pass {self.number} was {'ended' if self.is_ended else 'made'}"


@record
@dataclass(frozen=True, slots=True)
class DeviceLetIn(Record):
    """A phone or a screen was let in, or its access was ended."""

    type: ClassVar[str] = "device"
    number: int
    kind: str
    is_ended: bool = False

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        done = "was ended" if self.is_ended else "was given"
        return f"{DeviceKind(self.kind).numbered(self.number)}: access {done}"
