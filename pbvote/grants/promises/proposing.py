"""What a group could promise, drawn from its bid, so that its page is filled in when it opens."""

import calendar
import datetime as dt
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pbvote.call.bids.models import Bid
from pbvote.core.clock import today

LONGEST: Final = 140
"""Letters of one promise: a sentence."""
_FEW_WORDS: Final = 8
"""As many make a phrase such as “18 young people”; more are a sentence of their own."""
_MONTHS: Final = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_NAMED: Final = re.compile(
    rf"\b(?:by|in|until|before|of|from|to)\s+(?:the end of\s+)?({'|'.join(_MONTHS)})\b(?:\s+(20\d\d))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NewPromise:
    """What will have happened, and by when."""

    words: str
    due_on: dt.date


def proposed(bid: Bid, last: dt.date, fewest: int) -> list[NewPromise]:
    """As many as the group makes at least, in its own words where there are any; each is due by `last` at the latest.

    Sentences that count something come first: “41 pupils get a tutor by May” can be looked at, “We help people” can't.
    """
    found = sorted(_candidates(bid), key=lambda words: not re.search(r"\d", words))[:fewest]
    promises = [NewPromise(textwrap.shorten(words, LONGEST, placeholder=" …"), due_by(words, last)) for words in found]
    if len(promises) < fewest:
        promises.append(NewPromise(f"We have begun “{textwrap.shorten(bid.title, 100)}”.", _half_way(last)))
    return sorted(promises, key=lambda promise: promise.due_on)


def _candidates(bid: Bid) -> Iterator[str]:
    """Who takes part, where the bid says how many, and the sentences about what the group does."""
    who = " ".join(bid.who_benefits.split()).rstrip(".")
    if re.search(r"\d", who) and len(who.split()) <= _FEW_WORDS and "." not in who:
        yield f"{who} have taken part."
    said = re.split(r"(?<=[.!?])\s", " ".join(bid.summary.split()))
    yield from (words for words in said if len(words.split()) > 2)


def due_by(words: str, last: dt.date) -> dt.date:
    """The end of the last month that a sentence names, where that comes before `last` and is not over; else `last`."""
    ends = [_end_of(match[1], match[2]) for match in _NAMED.finditer(words)]
    return max((end for end in ends if today() <= end <= last), default=last)


def _end_of(month: str, year: str | None) -> dt.date:
    number = _MONTHS[month.lower()]
    said = int(year) if year else today().year + (number < today().month)
    return dt.date(said, number, calendar.monthrange(said, number)[1])


def _half_way(last: dt.date) -> dt.date:
    return today() + (last - today()) / 2
