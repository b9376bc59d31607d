"""What waits on a partnership's page: profiles that members wrote, what editors ask of them, residents' questions."""

from collections.abc import Iterator

from flask import url_for

from pbvote.home.tasks import Task
from pbvote.partnership.meetings.models import MeetingQuestion
from pbvote.partnership.meetings.questions import waiting_questions
from pbvote.partnership.members.models import PartnershipMember
from pbvote.partnership.members.profiles import profiles_before, waiting_profiles
from pbvote.people.models import Account


def of_profiles() -> Iterator[Task]:
    """A line for each profile that an organiser or another editor should read."""
    return map(_to_read, waiting_profiles())


def of_questions() -> Iterator[Task]:
    """A line for each question that an organiser or an editor should read."""
    return map(_to_moderate, waiting_questions())


def _to_moderate(one: MeetingQuestion) -> Task:
    locality = one.item.meeting.locality
    address = url_for("questions_editor.one", slug=locality.slug, question_id=one.id)
    return Task("Read a resident’s question", address, f"{locality.name}. About “{one.item.title}”")


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
