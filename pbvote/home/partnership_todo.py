"""What waits for a partnership: profiles that members wrote, what editors ask of them, and whom to introduce."""

from collections.abc import Iterator

from flask import url_for

from pbvote.grants.network.introducing import needs_kept_waiting
from pbvote.home.tasks import Task
from pbvote.partnership.members.models import PartnershipMember
from pbvote.partnership.members.profiles import profiles_before, waiting_profiles
from pbvote.people.models import Account


def of_profiles() -> Iterator[Task]:
    """A line for each profile that an organiser or another editor should read."""
    return map(_to_read, waiting_profiles())


def of_introductions() -> Iterator[Task]:
    """A line for each locality where a need waits, though an offer fits it."""
    for locality, number in needs_kept_waiting().items():
        groups = "a group" if number == 1 else f"{number} groups"
        address = url_for("introducing_editor.listed", slug=locality.slug)
        hint = f"{locality.name}. An offer has fitted for more than five working days"
        yield Task(f"Introduce {groups} to somebody who can help", address, hint)


def of_own_page(member: Account) -> Iterator[Task]:
    """What waits for a member: to change their profile, and as an editor, to read those of others."""
    for one in profiles_before(member):
        yield _to_read(one) if one.profile and one.profile.waits else _to_change(one)


def _to_read(one: PartnershipMember) -> Task:
    address = url_for("profiles_editor.one", slug=one.locality.slug, member_id=one.id)
    return Task(f"Read the profile of {one.name}", address, f"{one.locality.name}. It waits for an editor")


def _to_change(own: PartnershipMember) -> Task:
    address = url_for("profile_member.own", slug=own.locality.slug)
    return Task("Change your public profile", address, f"{own.locality.name}. An editor asks you to")
