"""How far the groups of an event are behind their timetable."""

import datetime as dt
from dataclasses import dataclass

from pbvote.core.clock import lasts_days


@dataclass(frozen=True, slots=True)
class Pace:
    """How far the groups are behind the timetable."""

    behind_seconds: float
    """Below nought where they are ahead of it."""

    @property
    def behind_minutes(self) -> int:
        """In whole minutes."""
        return round(self.behind_seconds / 60)

    def finish(self, ends_at: dt.datetime, spare_minutes: int = 0) -> dt.datetime:
        """About when an event ends that was to end then: to the nearest five minutes, as people say it.

        Minutes that the plan has to spare before its end take up what it is behind.
        """
        step = 300
        spare = min(max(0.0, self.behind_seconds), spare_minutes * 60)
        late = ends_at + dt.timedelta(seconds=self.behind_seconds - spare)
        return dt.datetime.fromtimestamp(round(late.timestamp() / step) * step, tz=ends_at.tzinfo)


def pace_of(
    starts_at: dt.datetime,
    first_at: dt.datetime,
    moment: dt.datetime,
    *,
    begun_at: dt.datetime | None,
    overtime_seconds: float,
) -> Pace:
    """How far behind the groups are: by how much the first began late, and by what turns took beyond their time since.

    The first was to begin at `first_at`: where it has not begun at this `moment`, it is later each minute. A break that
    was planned, or a timer that nobody stopped, makes nobody late. A beginning on another day was a trial.
    """
    if begun_at and begun_at >= starts_at and not lasts_days(first_at, begun_at):
        late = (begun_at - first_at).total_seconds()
    elif lasts_days(first_at, moment):
        late = 0.0
    else:
        late = max(0.0, (moment - first_at).total_seconds())
    return Pace(late + overtime_seconds)
