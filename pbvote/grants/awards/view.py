"""An event's awards as the desk's page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from pbvote.grants.awards.models import Award, AwardDecision


@dataclass(frozen=True, slots=True)
class AwardsShown:
    """How many awards stand, what they come to in pence, and the decisions about them, oldest first."""

    standing: int
    pence: int
    decisions: Sequence[AwardDecision]
    without_email: frozenset[int]
    """The ids of the awards whose groups have no e-mail address: the desk notes what they say."""

    @classmethod
    def of(cls, awards: Sequence[Award], decisions: Sequence[AwardDecision]) -> "AwardsShown":
        """What is made of an event's awards, their groups' contacts loaded, and of everything decided about them."""
        standing = [award.award_pence for award in awards if award.is_standing]
        silent = frozenset(award.id for award in awards if not (award.bid.group and award.bid.group.contacts))
        return cls(len(standing), sum(standing), decisions, silent)

    @property
    def counted(self) -> list[AwardDecision]:
        """The decisions that were sent and not called back."""
        return [each for each in self.decisions if not each.is_draft and not each.called_back_at]

    @property
    def draft(self) -> AwardDecision | None:
        """The decision of which nobody knows yet."""
        return next((each for each in self.decisions if each.is_draft), None)

    @property
    def is_decided(self) -> bool:
        """Whether a first decision was recorded."""
        return any(not each.is_next and not each.called_back_at for each in self.decisions)

    @property
    def called_back(self) -> AwardDecision | None:
        """The last first decision that was called back, whose words the next one begins with."""
        return next((each for each in reversed(self.decisions) if not each.is_next and each.called_back_at), None)
