"""What is due, in which letters it is reminded of, and which of them is the next. It asks no database.

Days are working days: something due on a bank holiday or at a weekend counts as due on the next working day.
"""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from pbvote.core.working_days import working_day_from, working_days_after
from pbvote.grants.reminding.models import ReminderStep
from pbvote.people.models import Account

AHEAD, AFTER, TO_OFFICER = -10, 5, 10
"""Working days from the due day, for whatever people do in their own time: an officer hears a week after the last."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One letter of a sequence."""

    step: ReminderStep
    after: int
    """Working days after the due day; before it, where negative."""
    subject: str
    parts: Sequence[str]
    page: str
    """Where the letter leads."""

    def is_from(self, due_on: dt.date) -> dt.date:
        """From which day on it is the one to send."""
        return working_days_after(working_day_from(due_on), self.after)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due, whoever should know of it, and what they are written."""

    kind: str
    key: int
    """Its number among the things of its kind."""
    award_id: int
    due_on: dt.date
    known_on: dt.date
    """When the day was set. A letter of that day or earlier would tell nobody anything new."""
    readers: Sequence[Account]
    """Who is reminded: they can all come in."""
    notices: Sequence[Notice]
    """In the order of their days. The last one is the officer's."""
    why_nobody: str
    """What an officer is told where there is no reader: what keeps us from writing, and what to do."""
    not_to: int = 0
    """The account that is not told as the officer: it was reminded already."""

    def next_notice(self, day: dt.date) -> Notice | None:
        """The newest letter whose day has come; None before the first, and where the day was set after that.

        What a long outage kept back is not sent any more: one letter says it all.
        """
        come = [notice for notice in self.notices if notice.is_from(self.due_on) <= day]
        newest = come[-1] if come else None
        if newest is None or newest.is_from(self.due_on) <= self.known_on:
            return None
        if self.readers or newest.step is ReminderStep.OFFICER:
            return newest
        return None if newest.step is ReminderStep.AHEAD else self.notices[-1]


Find = Callable[[dt.date, Collection[int] | None], Sequence[Due]]
"""What is due of one kind, looked at on a day: of these awards, or of all."""
_OCCASIONS: list[Find] = []


def reminded(find: Find) -> Find:
    """Remind of what this finds, too. It may leave out what is due more than `AHEAD` working days later."""
    _OCCASIONS.append(find)
    return find


def all_due(day: dt.date, award_ids: Collection[int] | None) -> list[Due]:
    """Everything that may be reminded of on a day, kind by kind."""
    return [due for find in _OCCASIONS for due in find(day, award_ids)]
