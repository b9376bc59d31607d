"""When and where the residents of a locality decide. The events themselves are the business of the wing above."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pbvote.core.clock import lasts_days
from pbvote.core.timetable import Minutes


@dataclass(frozen=True, slots=True)
class Occasion:
    """The day and the place of a planned event."""

    place: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    page: str = ""
    """The slug of the page where everybody reads about it; "" while it is not published."""
    minutes: Minutes = Minutes()  # noqa: RUF009 - it never changes
    """How long each part of the day takes; the pitch is the share's."""

    @property
    def doors_at(self) -> dt.datetime:
        """When the doors open."""
        return self.starts_at - dt.timedelta(minutes=self.minutes.doors)

    @property
    def lasts_days(self) -> bool:
        """Whether residents vote over several days, and not at one meeting."""
        return lasts_days(self.starts_at, self.ends_at)


Finder = Callable[[int, Iterable[int]], Mapping[int, Occasion]]
"""From a round's id and localities' ids to what is planned there, by locality id."""
_finders: list[Finder] = []


def found_by(finder: Finder) -> Finder:
    """Make the function that knows the events known here."""
    _finders.append(finder)
    return finder


def occasions_of(round_id: int, locality_ids: Iterable[int]) -> Mapping[int, Occasion]:
    """What is planned in these localities, by locality id; those without an event are left out."""
    wanted = list(locality_ids)
    return {key: occasion for find in _finders for key, occasion in find(round_id, wanted).items()}
