"""The demonstration's reminders and weekly letters, as a run of `pbvote remind` leaves them in the outbox."""

import datetime as dt

import sqlalchemy as sa

from pbvote.core.clock import today
from pbvote.core.working_days import is_working_day, working_days_after
from pbvote.db import db
from pbvote.doctor.timers import note_command
from pbvote.grants.reminding.digests import people_to_write_to, write_digests
from pbvote.grants.reminding.running import REMINDERS
from pbvote.grants.reminding.service import awards_to_remind_of, remind_of
from pbvote.grants.visits.models import PlannedVisit


def remind() -> None:
    """Write what is due by today. The visits were planned long before, and a week begins on a working day."""
    for planned in db.session.scalars(sa.select(PlannedVisit)):
        planned.planned_on = planned.due_on - dt.timedelta(days=60)
    db.session.flush()
    for award_ids in awards_to_remind_of(today()):
        remind_of(award_ids, today())
    day = today() if is_working_day(today()) else working_days_after(today(), -1)
    for account_ids in people_to_write_to(day):
        write_digests(account_ids, day)
    note_command(REMINDERS)
