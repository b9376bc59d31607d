"""How many ballots were counted, as the ledger tells of it. After the count nothing else does: the box is emptied."""

from dataclasses import dataclass
from typing import ClassVar

from pbvote.vote.ledger.records import Names, Record, confirmed_by, counted, record


@record
@dataclass(frozen=True, slots=True)
class VotesCounted(Record):
    """The ballots became totals. `digests` are those of all that is published of them."""

    type: ClassVar[str] = "count"
    ballots: int
    definition: str
    shown: str
    digests: dict[str, str]
    second: str

    def told(self, names: Names) -> str:
        """What happened, in a sentence."""
        return f"{counted(self.ballots, 'ballot')} counted{confirmed_by(self.second, names)}"
