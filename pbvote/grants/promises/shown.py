"""What pages show of an acceptance and its promises. Nothing here writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pbvote.grants.awards.models import Award
from pbvote.grants.promises.accepting import acceptances_of, promises_of
from pbvote.grants.promises.keeping import PromiseCount
from pbvote.grants.promises.models import Acceptance, Promise


@dataclass(frozen=True, slots=True)
class AcceptedShown:
    """What a group accepted, and how its promises stand today."""

    acceptance: Acceptance | None
    """None where an award was accepted before there was such a page."""
    promises: Sequence[Promise]

    @property
    def count(self) -> PromiseCount:
        """Promises against what happened."""
        return PromiseCount.of(self.promises)


def accepted_shown(awards: Sequence[Award]) -> Mapping[int, AcceptedShown]:
    """Of each of these awards, in two statements. Of one that was given back the promises stay, and count nowhere."""
    acceptances, promises = acceptances_of(awards), promises_of(awards)
    return {award.id: AcceptedShown(acceptances.get(award.id), promises[award.id]) for award in awards}


def promise_counts(awards: Sequence[Award]) -> Mapping[int, PromiseCount]:
    """How the promises of each award that stands are kept, in one statement."""
    promises = promises_of([award for award in awards if award.is_standing])
    return {award_id: PromiseCount.of(those) for award_id, those in promises.items()}


def sum_of(counts: Sequence[PromiseCount]) -> PromiseCount:
    """All of them together."""
    return PromiseCount(*(sum(getattr(each, name) for each in counts) for name in ("kept", "due", "late")))
