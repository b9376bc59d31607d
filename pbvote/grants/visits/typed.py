"""A check-in as it was typed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pbvote.grants.visits.models import ContactMethod, Status


@dataclass(frozen=True, slots=True)
class NewCheckIn:
    """A check-in as it was typed."""

    form_key: str
    met_on: dt.date
    contact_method: ContactMethod
    standing: Status
    needs: Sequence[str]
    words: str
    concern: str
    next_on: dt.date | None = None
    """The day of the next visit, where the member chose one."""
    kept: Sequence[int] = ()
    """The ids of the promises that the member saw kept."""
    is_last: bool = False
    """Whether no more visits are needed. Without this and without a day, the plan stays."""
