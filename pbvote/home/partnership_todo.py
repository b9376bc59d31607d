"""What waits for a partnership: profiles, residents' questions, results of consultations, and whom to introduce."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from flask import url_for

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.filters import day
from pbvote.grants.network.introducing import needs_kept_waiting
from pbvote.home.tasks import Task, Urgency
from pbvote.localities.models import Locality
from pbvote.partnership.engagement.consultations.models import Consultation
from pbvote.partnership.engagement.consultations.service import is_awaited
from pbvote.partnership.meetings.models import Meeting, MeetingItem, MeetingQuestion, QuestionState
from pbvote.partnership.members.models import MemberProfile, PartnershipMember
from pbvote.partnership.members.profiles import profiles_before
from pbvote.people.models import Account


def of_partnerships() -> Iterator[Task]:
    """A line for each profile and question to be read, and each result to be told; in one statement."""
    of_locality, no_day = (Locality.slug, Locality.name), sa.cast(sa.null(), sa.Date)
    profiles = sa.select(sa.literal("profile"), PartnershipMember.id, PartnershipMember.name, *of_locality, no_day)
    profiles = profiles.join(PartnershipMember.profile).join(PartnershipMember.locality)
    profiles = profiles.where(MemberProfile.waits, PartnershipMember.is_here, PartnershipMember.has_days_left)
    asked = sa.select(sa.literal("question"), MeetingQuestion.id, MeetingItem.title, *of_locality, no_day)
    asked = asked.join_from(MeetingQuestion, MeetingItem, MeetingItem.id == MeetingQuestion.item_id)
    asked = asked.join(Meeting, Meeting.id == MeetingItem.meeting_id).join(Locality, Locality.id == Meeting.locality_id)
    asked = asked.where(MeetingQuestion.state == QuestionState.WAITING)
    closed = sa.select(sa.literal("result"), Consultation.id, Consultation.title, *of_locality)
    closed = closed.add_columns(Consultation.result_due_on).join(Consultation.locality).where(is_awaited())
    rows: list[Any] = list(db.session.execute(sa.union_all(profiles, asked, closed)))
    for kind, number, words, slug, place, due in sorted(rows, key=lambda row: (row[0], row[2], row[1])):
        if kind == "profile":
            address = url_for("profiles_editor.one", slug=slug, member_id=number)
            yield Task(f"Read the profile of {words}", address, f"{place}. It waits for an editor")
        elif kind == "result":
            address = url_for("consultations_editor.one", slug=slug, consultation_id=number)
            yield _to_tell(words, address, place, due)
        else:
            address = url_for("questions_editor.one", slug=slug, question_id=number)
            yield Task("Read a resident’s question", address, f"{place}. About “{words}”")


def _to_tell(title: str, address: str, place: str, due: dt.date) -> Task:
    """The result of a consultation: late, or due on a day."""
    text, hint = f"Say what you heard: {title}", f"{place}. By {day(due)}, says the page"
    if due < today():
        return Task(text, address, hint, "Late", "red", Urgency.OVERDUE)
    return Task(text, address, hint)


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
