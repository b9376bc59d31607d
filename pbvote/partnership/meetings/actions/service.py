"""Add actions, look at them again, find them. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.paging import Page, fetch_page
from pbvote.partnership.meetings.actions.models import QUARTER, Action, ActionState
from pbvote.partnership.meetings.models import Meeting, MeetingItem
from pbvote.partnership.members.models import PartnershipMember
from pbvote.partnership.seen import save_over
from pbvote.people.models import Account

PAGE = 40


@dataclass(frozen=True, slots=True)
class SaidOfAction:
    """What an editor says of an action."""

    what: str
    measure: str
    lead: str
    lead_member_id: int | None
    due_on: dt.date
    priority_id: int | None = None


def add_action(
    locality: Locality, said: SaidOfAction, by: Account, meeting: Meeting | None = None, item: MeetingItem | None = None
) -> Action:
    """A new action, with the item of the meeting that it comes from, if it comes from one."""
    action = Action(locality_id=locality.id, changed_by_id=by.id, **asdict(said))
    action.meeting_id, action.item_id = meeting.id if meeting else None, item.id if item else None
    db.session.add(action)
    db.session.flush()
    return action


def stand_at_first(action: Action, state: ActionState, why: str, on: dt.date) -> None:
    """How far a new action is, looked at on this day."""
    action.state, action.why, action.looked_at_on = state, why, on
    action.done_on = on if state is ActionState.DONE else None


def look_at_action(action: Action, said: SaidOfAction, state: ActionState, why: str, seen: int, by: Account) -> None:
    """Say how far an action is; it was looked at today, whatever was changed. Raises `SavedMeanwhile`."""
    done_on = (action.done_on or today()) if state is ActionState.DONE else None
    looked = {"state": state, "why": why, "looked_at_on": today(), "done_on": done_on}
    save_over(action, seen, by, {**asdict(said), **looked})


def look_unchanged(action: Action, seen: int) -> bool:
    """Note that an action was looked at today and is as it was; False where somebody changed it since it was seen.

    Its version stays: whoever has it open to change it loses nothing.
    """
    claim = sa.update(Action).where(Action.id == action.id, Action.version == seen).values(looked_at_on=today())
    return db.session.scalar(claim.returning(Action.id)) is not None


def remove_action(action: Action) -> None:
    """Delete one that was entered by mistake."""
    db.session.delete(action)
    db.session.flush()


def whole_actions() -> sa.Select[Action]:
    """Actions with all that a page says of one: lead, ward, meeting, priority. In no order."""
    lead = orm.joinedload(Action.lead_member).joinedload(PartnershipMember.ward)
    return sa.select(Action).options(lead, orm.joinedload(Action.meeting), orm.joinedload(Action.priority))


def _whole() -> sa.Select[Action]:
    """The same, what is not done first, by the day on which they are due."""
    return whole_actions().order_by(Action.state == ActionState.DONE, Action.due_on, Action.id)


def actions_of(meeting: Meeting) -> Sequence[Action]:
    """What was decided to be done at a meeting."""
    return db.session.scalars(_whole().where(Action.meeting_id == meeting.id)).all()


def open_actions(locality: Locality) -> Sequence[Action]:
    """What everybody may know of and is not done, the first due first."""
    wanted = _whole().where(Action.locality_id == locality.id, Action.is_public, Action.state != ActionState.DONE)
    return db.session.scalars(wanted).all()


def plan_actions(locality: Locality) -> Sequence[Action]:
    """All that everybody may know of, what is not done first."""
    return db.session.scalars(_whole().where(Action.locality_id == locality.id, Action.is_public)).all()


def untouched_actions(locality: Locality) -> Sequence[Action]:
    """What is not done and nobody has looked at for a quarter, the longest first."""
    wanted = _whole().where(Action.locality_id == locality.id, Action.state != ActionState.DONE)
    wanted = wanted.where(Action.looked_at_on < today() - QUARTER).order_by(None)
    return db.session.scalars(wanted.order_by(Action.looked_at_on, Action.id)).all()


def state_named(name: str | None) -> ActionState | None:
    """The state that an address names; None where it names none."""
    return next((state for state in ActionState if state == name), None)


def _listed(locality: Locality, state: ActionState | None) -> sa.Select[Action]:
    wanted = _whole().where(Action.locality_id == locality.id)
    return wanted.where(Action.state == state) if state else wanted


def public_actions(locality: Locality, number: int, state: ActionState | None = None) -> Page[Action]:
    """A page of all actions that everybody may know of, or of those in one state."""
    return fetch_page(_listed(locality, state).where(Action.is_public), number, PAGE)


def kept_actions(locality: Locality, number: int, state: ActionState | None = None) -> Page[Action]:
    """A page of all actions, or of those in one state, for the partnership's editors."""
    return fetch_page(_listed(locality, state), number, PAGE)


def action_of(locality: Locality, action_id: int) -> Action | None:
    """The partnership's action with this number."""
    return db.session.scalar(_whole().where(Action.locality_id == locality.id, Action.id == action_id))
