"""What pages show of an acceptance and its promises, and what boards count of them. Nothing here writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.grants.awards.counting import counted_on_boards
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


@counted_on_boards(MADE := "promises")
def made_promises() -> sa.Select[int, int]:
    """How many promises there are of each award."""
    return sa.select(Promise.award_id, sa.func.count()).group_by(Promise.award_id)


@counted_on_boards(KEPT := "promises-kept")
def kept_promises() -> sa.Select[int, int]:
    """How many promises of each award are kept."""
    return made_promises().where(Promise.is_kept)


@counted_on_boards(LATE := "promises-late", "With a late promise")
def late_promises() -> sa.Select[int, int]:
    """How many promises of each award are late."""
    return made_promises().where(Promise.is_late)


def promise_counts(numbers: Mapping[str, Mapping[int, int]]) -> Mapping[int, PromiseCount]:
    """How the promises of each award that has any are kept, from what boards count."""
    kept, late = numbers[KEPT], numbers[LATE]
    made = numbers[MADE].items()
    return {award_id: PromiseCount(many, kept.get(award_id, 0), late.get(award_id, 0)) for award_id, many in made}


def sum_of(counts: Sequence[PromiseCount]) -> PromiseCount:
    """All of them together."""
    return PromiseCount(*(sum(getattr(each, name) for each in counts) for name in ("made", "kept", "late")))
