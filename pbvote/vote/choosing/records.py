"""What the ledger tells of members who choose."""

from dataclasses import dataclass
from typing import ClassVar

from pbvote.vote.ledger.records import Names, Record, counted, record


@record
@dataclass(frozen=True, slots=True)
class ChoosingOpened(Record):
    """The members began to choose. `definition` is the hash of the bids and the rules that they choose by."""

    type: ClassVar[str] = "members"
    members: int
    quorum: int
    definition: str

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return f"{counted(self.members, 'member')} of the partnership can choose; {self.quorum} must"


@record
@dataclass(frozen=True, slots=True)
class ChoicesCounted(Record):
    """The choosing was closed and counted. `choices` is the digest of what each member chose and left out."""

    type: ClassVar[str] = "chosen"
    members: int
    choices: str

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return f"The choices of {counted(self.members, 'member')} were counted"
