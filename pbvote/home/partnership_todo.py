"""What waits for a partnership: profiles, questions, results of consultations, gatherings, and whom to introduce."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from flask import url_for

from pbvote.core.clock import UK, now, today
from pbvote.db import UtcDateTime, db
from pbvote.filters import day
from pbvote.grants.network.introducing import needs_kept_waiting
from pbvote.home.tasks import Task, Urgency
from pbvote.localities.models import Locality
from pbvote.partnership.engagement.consultations.models import Consultation
from pbvote.partnership.engagement.consultations.service import is_awaited
from pbvote.partnership.gatherings.models import Gathering, GatheringState
from pbvote.partnership.gatherings.shown import has_uncounted
from pbvote.partnership.meetings.models import Meeting, MeetingItem, MeetingQuestion, QuestionState
from pbvote.partnership.members.editors import places_edited_by
from pbvote.partnership.members.models import MemberProfile, PartnershipMember
from pbvote.people.models import Account

GET_READY_WITHIN: Final = dt.timedelta(days=7)
"""How long before it begins a gathering stands on the list."""
PUBLISH_WITHIN: Final = dt.timedelta(days=21)
"""So long before it begins a draft should be out, or no group has time to sign up."""
COUNT_WITHIN: Final = dt.timedelta(days=14)
"""So long afterwards somebody may still know who came."""


class _Row(NamedTuple):
    """One thing that waits, as the statement finds it."""

    kind: str
    number: int
    words: str
    slug: str
    place: str
    due: dt.date | None
    at: dt.datetime | None


def of_partnerships() -> Iterator[Task]:
    """A line for everything that waits for the editors of any partnership; in one statement."""
    return _tasks(*_arms())


def of_own_page(member: Account) -> Iterator[Task]:
    """What waits for a member: to change their profile, and as an editor, what waits there; in one statement."""
    own = _profiles("own").where(PartnershipMember.account_id == member.id, MemberProfile.sent_back != "")
    edited = places_edited_by(member)
    return _tasks(own, *(arm.where(Locality.id.in_(edited)) for arm in _arms()))


def _tasks(*arms: sa.Select[Any]) -> Iterator[Task]:
    rows = [_Row(*row) for row in db.session.execute(sa.union_all(*arms))]
    kinds = list(_TASKS)
    for row in sorted(rows, key=lambda row: (kinds.index(row.kind), row.words, row.number)):
        yield _TASKS[row.kind](row)


def _row(kind: str, number: Any, words: Any, due: Any = None, at: Any = None) -> sa.Select[Any]:
    """The columns of a `_Row`; whoever calls it joins the locality."""
    no_day, no_moment = sa.cast(sa.null(), sa.Date), sa.cast(sa.null(), UtcDateTime)
    columns = (number, words, Locality.slug, Locality.name, no_day if due is None else due)
    return sa.select(sa.literal(kind), *columns, no_moment if at is None else at)


def _profiles(kind: str) -> sa.Select[Any]:
    found = _row(kind, PartnershipMember.id, PartnershipMember.name)
    found = found.join(PartnershipMember.profile).join(PartnershipMember.locality)
    return found.where(PartnershipMember.is_here, PartnershipMember.has_days_left)


def _gatherings(kind: str) -> sa.Select[Any]:
    return _row(kind, Gathering.id, Gathering.title, at=Gathering.starts_at).join(Gathering.locality)


def _arms() -> Iterator[sa.Select[Any]]:
    """Everything that waits for editors, a statement for each kind of thing."""
    yield (
        _row("result", Consultation.id, Consultation.title, due=Consultation.result_due_on)
        .join(Consultation.locality)
        .where(is_awaited())
    )
    moment, is_out = now(), Gathering.state == GatheringState.PUBLISHED
    yield _gatherings("ready").where(
        is_out, Gathering.ends_at > moment, Gathering.starts_at <= moment + GET_READY_WITHIN
    )
    yield _gatherings("draft").where(
        Gathering.state == GatheringState.DRAFT,
        Gathering.starts_at > moment,
        Gathering.starts_at <= moment + PUBLISH_WITHIN,
    )
    yield _gatherings("came").where(
        is_out, Gathering.ends_at <= moment, Gathering.ends_at > moment - COUNT_WITHIN, has_uncounted()
    )
    yield _profiles("profile").where(MemberProfile.waits)
    asked = _row("question", MeetingQuestion.id, MeetingItem.title)
    asked = asked.join_from(MeetingQuestion, MeetingItem, MeetingItem.id == MeetingQuestion.item_id)
    asked = asked.join(Meeting, Meeting.id == MeetingItem.meeting_id).join(Locality, Locality.id == Meeting.locality_id)
    yield asked.where(MeetingQuestion.state == QuestionState.WAITING)


def _to_tell(row: _Row) -> Task:
    """The result of a consultation: late, or due on a day."""
    address = url_for("consultations_editor.one", slug=row.slug, consultation_id=row.number)
    due = row.due or today()
    text, hint = f"Say what you heard: {row.words}", f"{row.place}. The page promises it by {day(due)}"
    if due < today():
        return Task(text, address, hint, "Late", "red", Urgency.OVERDUE)
    return Task(text, address, hint)


def _to_hold(row: _Row) -> Task:
    """A gathering in the next days: cards for its tables, a list for its door."""
    address = url_for("gatherings_editor.one", slug=row.slug, gathering_id=row.number)
    if row.at and row.at.astimezone(UK).date() <= today():
        address = url_for("gathering_day_editor.page", slug=row.slug, gathering_id=row.number)
        return Task(f"{row.words} is today", address, f"{row.place}. Note who came", "Today", urgency=Urgency.OPEN)
    return Task(f"Get ready for {row.words}", address, f"{row.place}. {_begins(row)}: print the cards and the list")


def _to_publish(row: _Row) -> Task:
    address = url_for("gatherings_editor.one", slug=row.slug, gathering_id=row.number)
    return Task(f"Publish {row.words}", address, f"{row.place}. {_begins(row)}, and no group can sign up yet")


def _to_count(row: _Row) -> Task:
    address = url_for("gathering_day_editor.page", slug=row.slug, gathering_id=row.number)
    return Task(f"Note who came to {row.words}", address, f"{row.place}. {_begins(row, 'It was')}")


def _begins(row: _Row, verb: str = "It begins") -> str:
    return f"{verb} on {day(row.at)}" if row.at else ""


def _to_read(row: _Row) -> Task:
    address = url_for("profiles_editor.one", slug=row.slug, member_id=row.number)
    return Task(f"Read the profile of {row.words}", address, f"{row.place}. It waits for an editor")


def _to_change(row: _Row) -> Task:
    address = url_for("profile_member.own", slug=row.slug)
    return Task("Change your public profile", address, f"{row.place}. An editor asks you to")


def _to_answer(row: _Row) -> Task:
    address = url_for("questions_editor.one", slug=row.slug, question_id=row.number)
    return Task("Read a resident’s question", address, f"{row.place}. About “{row.words}”")


_TASKS: Final[Mapping[str, Callable[[_Row], Task]]] = {
    "own": _to_change,
    "result": _to_tell,
    "ready": _to_hold,
    "draft": _to_publish,
    "came": _to_count,
    "profile": _to_read,
    "question": _to_answer,
}
"""What each kind of row asks for, in the order in which they are listed."""


def of_introductions() -> Iterator[Task]:
    """A line for each locality where a need waits, though an offer fits it."""
    for locality, number in needs_kept_waiting().items():
        groups = "a group" if number == 1 else f"{number} groups"
        address = url_for("introducing_editor.listed", slug=locality.slug)
        hint = f"{locality.name}. An offer has fitted for more than five working days"
        yield Task(f"Introduce {groups} to somebody who can help", address, hint)
