"""How many check-ins there were, month by month. One statement, however many there are."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from pbvote.call.rounds.models import Share
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.visits.models import CheckIn
from pbvote.vote.events.models import Event

MONTHS = 12


def latest_months() -> list[dt.date]:
    """The first day of each of the latest twelve months, this one last."""
    this = today().replace(day=1)
    count = this.year * 12 + this.month - 1
    return [dt.date(month // 12, month % 12 + 1, 1) for month in range(count - MONTHS + 1, count + 1)]


def check_ins_by_month(months: Sequence[dt.date], localities: frozenset[int] | None) -> Mapping[int, list[int]]:
    """For each locality how many check-ins about awards that stand were made in each of these months.

    Of these localities only, where given. What a wrong clock dated in the future is in none.
    """
    year, month = sa.extract("year", CheckIn.met_on), sa.extract("month", CheckIn.met_on)
    wanted = sa.select(Share.locality_id, year, month, sa.func.count()).select_from(CheckIn)
    wanted = wanted.join(Award, Award.id == CheckIn.award_id).join(Event, Event.id == Award.event_id)
    wanted = wanted.join(Share, Share.id == Event.share_id)
    wanted = wanted.where(CheckIn.met_on.between(months[0], today()), Award.is_standing)
    if localities is not None:
        wanted = wanted.where(Share.locality_id.in_(localities))
    places = {(day.year, day.month): place for place, day in enumerate(months)}
    found: dict[int, list[int]] = defaultdict(lambda: [0] * len(months))
    for locality_id, in_year, in_month, number in db.session.execute(wanted.group_by(Share.locality_id, year, month)):
        found[locality_id][places[int(in_year), int(in_month)]] = number
    return found
