"""A group's mentor as the group's own page shows them. Nothing here writes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pbvote.core.clock import today
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.cards import Reach, cards_of
from pbvote.grants.mentors.in_force import in_force


@dataclass(frozen=True, slots=True)
class MentorShown:
    """Who stays with a group, and who covers today."""

    mentor: Reach
    cover: Reach | None
    back_on: dt.date | None
    """When the mentor is back, where they are away."""
    has_asked: bool
    """Whether the group has asked for another."""


def mentors_shown(awards: Sequence[Award]) -> Mapping[int, MentorShown]:
    """The mentors of these awards' groups, by award; one who can't see to the group any more is left out."""
    found = in_force([award.id for award in awards if award.is_standing], today())
    seen_to = {award_id: each for award_id, each in found.items() if each.period.is_here}
    people = {who.id: who for each in seen_to.values() for who in (each.mentor, each.sees_to_it) if who}
    cards = cards_of(people)
    reach = {id_: Reach.of(who, cards.get(id_)) for id_, who in people.items()}
    return {
        award_id: MentorShown(
            mentor=reach[each.mentor.id],
            cover=reach[each.sees_to_it.id] if each.sees_to_it and each.is_covered else None,
            back_on=each.absence.back_on if each.absence else None,
            has_asked=each.period.another_asked_at is not None,
        )
        for award_id, each in seen_to.items()
    }
