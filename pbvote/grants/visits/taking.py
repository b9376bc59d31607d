"""A check-in that was sent: from the page itself, or later from the phone that kept it. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass

from pbvote.filters import day
from pbvote.grants.visits.correcting import earlier_ones
from pbvote.grants.visits.forms import CheckInForm
from pbvote.grants.visits.gathering import awards_with_ids, others_of
from pbvote.grants.visits.models import CheckIn
from pbvote.grants.visits.service import Visited
from pbvote.grants.visits.stays import NotTheirTime, require_apart
from pbvote.grants.visits.storing import BeforeAward, log_gathering
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class Taken:
    """A check-in that is stored, now or before."""

    check_in: CheckIn
    """About the group whose form it was."""
    thanks: str
    """What its member is told: who answers, where they are worried."""
    photos_also: Sequence[CheckIn] = ()
    """The check-ins about other groups that get its photos, too."""


def for_member(visited: Visited, form: CheckInForm, member: Account) -> CheckInForm:
    """The form with what this member may choose. Whose time is over plans nothing and meets no others."""
    form.with_promises([promise for promise in visited.promises if promise.kept_on is None])
    if not visited.stay.lasts:
        return form.for_visit(None).at_gathering([]).unplanned()
    return form.for_visit(visited.due_on).at_gathering(others_of(visited.award.id, member))


def take(visited: Visited, form: CheckInForm, member: Account) -> Taken | None:
    """Store what the form says, about one group or several; None where the form says what to put right.

    Raises `BelongsToIt`, whatever the form says.
    """
    require_apart([visited.award.id], member)
    if not form.validate():
        return None
    new, others = form.check_in, awards_with_ids(form.other_ids)
    try:
        worry = log_gathering([visited.award, *others], member, new)
    except (BeforeAward, NotTheirTime) as refusal:
        form.refuse(str(refusal), "met_on")
        return None
    thanks = "Thank you. Your check-in is stored."
    if worry:
        thanks = f"Thank you. {worry.officer_name or 'An officer'} answers you by {day(worry.due_on)}."
    elif not visited.stay.lasts:
        thanks = "Thank you. Your check-in is stored: you visited while you were the mentor."
    stored = earlier_ones([visited.award.id, *form.other_ids], member, new)
    also = [stored[award_id].check_in for award_id in form.other_ids] if form.shares_photos else []
    return Taken(stored[visited.award.id].check_in, thanks, also)
