"""What a member of the partnership should do next: choose, declare, visit."""

from collections.abc import Iterator

from flask import url_for

from pbvote.call.checking.interests import number_unseen
from pbvote.core.clock import today
from pbvote.filters import day, moment
from pbvote.grants.visits.members_groups import seen_to_by
from pbvote.home.partnership_todo import of_own_page
from pbvote.home.tasks import Task
from pbvote.people.models import Account
from pbvote.vote.choosing.members import waiting_for


def members_tasks(member: Account) -> list[Task]:
    """Everything that waits for this member, what others wait for first."""
    return [*_choosings(member), *_interests(member), *_visits(member), *of_own_page(member)]


def _choosings(member: Account) -> Iterator[Task]:
    for event in waiting_for(member):
        address = url_for("choosing_member.page", slug=event.slug)
        yield Task(f"Choose which bids get a grant: {event.name}", address, f"Until {moment(event.ends_at)}")


def _interests(member: Account) -> Iterator[Task]:
    if number := number_unseen(member):
        groups = "1 group has" if number == 1 else f"{number} groups have"
        hint = f"{groups} bid near you since you last said so."
        yield Task("Say which groups you belong to", url_for("interests_member.interests_page"), hint)


def _visits(member: Account) -> Iterator[Task]:
    for funded in seen_to_by(member, today()):
        if funded.is_overdue and funded.due_on:
            due = day(funded.due_on)
            address = url_for("visits_member.group", award_id=funded.award.id)
            yield Task(f"See {funded.award.bid.called}", address, f"It was planned for {due}.", "Overdue", "red")
