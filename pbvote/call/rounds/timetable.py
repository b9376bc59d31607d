"""Whether a locality's dates, hours and bids go together: what an organiser should know before anybody comes."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from pbvote.call.rounds.models import EventFormat, Share
from pbvote.call.rounds.occasions import Occasion
from pbvote.core.clock import UK, today
from pbvote.core.timetable import timetable
from pbvote.errors import Refusal
from pbvote.filters import day, hour

_WORDS = {15: "a quarter of an hour", 30: "half an hour", 60: "an hour"}


class DaysContradict(Refusal):
    """An event to come on whose day bids would still be taken: the last ones could stand on no ballot."""

    status = 422

    def __init__(self, name: str, held_on: dt.date, last_on: dt.date) -> None:
        super().__init__(
            f"The event of {name} is on {day(held_on)}, and bids are taken until {day(last_on)}. "
            "Bids must end before the day of the event"
        )


def require_days_in_order(share: Share, starts_at: dt.datetime, last_on: dt.date) -> None:
    """Raise `DaysContradict` where bids until `last_on` would come too late for an event that is still to come.

    Once the first slip is printed the share takes no bids, whatever its last day; and what was, nobody can change.
    """
    held_on = starts_at.astimezone(UK).date()
    if today() < held_on <= last_on and not share.is_locked:
        raise DaysContradict(share.locality.name, held_on, last_on)


def warnings(share: Share, bids: int, occasion: Occasion | None) -> list[str]:
    """What does not go together, a sentence for each; nothing where all is well, or no event is planned."""
    if occasion is None or share.has_opened:
        return []
    found = [_late_bids(share, occasion), _days(share, occasion), _pitches(share, bids, occasion)]
    return [sentence for sentence in found if sentence]


def _late_bids(share: Share, occasion: Occasion) -> str:
    begins, ends = (moment.astimezone(UK).date() for moment in (occasion.starts_at, occasion.ends_at))
    if share.bids_open_on > ends:
        return f"Bids open on {day(share.bids_open_on)}, and the event is over by then."
    if share.bids_close_on < begins or share.is_locked:
        return ""
    if share.is_chosen_by_members:
        return (
            f"Bids are taken until {day(share.bids_close_on)}, and the members choose from {day(begins)}. "
            "Whoever bids after they have begun can’t be chosen."
        )
    return (
        f"Bids are taken until {day(share.bids_close_on)}, and the event is on {day(begins)}. "
        "Whoever bids after the first slip is printed finds no place on the ballot."
    )


def _days(share: Share, occasion: Occasion) -> str:
    if share.format is EventFormat.DAYS and not occasion.lasts_days:
        return "Residents are to vote over several days, and the event ends on the day on which it begins."
    if share.format is EventFormat.PITCHES and occasion.lasts_days:
        return "Groups are to pitch one after another, and the event lasts several days."
    return ""


def _pitches(share: Share, bids: int, occasion: Occasion) -> str:
    minutes = int((occasion.ends_at - occasion.starts_at) / dt.timedelta(minutes=1))
    if share.format is not EventFormat.PITCHES or not bids or occasion.lasts_days:
        return ""
    needed = bids * share.pitch_minutes
    pitches = "1 pitch" if bids == 1 else f"{bids} pitches"
    each = "1 minute" if share.pitch_minutes == 1 else f"{share.pitch_minutes} minutes"
    if needed > minutes:
        do = "does" if bids == 1 else "do"
        return f"{pitches} of {each} {do} not fit into {length(minutes)}."
    if needed == minutes:
        return f"{pitches} of {each} fill {length(minutes)}, and leave no time to vote."
    return _whole_day(share, bids, occasion, f"{pitches} of {each}")


def _whole_day(share: Share, bids: int, occasion: Occasion, pitches: str) -> str:
    """Whether welcome, changeovers, vote and count fit beside the pitches: what the day's plan says of them."""
    minutes = replace(occasion.minutes, pitch=share.pitch_minutes)
    planned = timetable(occasion.starts_at, occasion.ends_at, minutes, range(1, bids + 1))
    if not planned.minutes_over:
        return ""
    return (
        f"With {pitches} voting closes at {hour(planned.closes_at)}, and the result comes at "
        f"{hour(planned.result_at)}: {length(planned.minutes_over)} too late for the end at {hour(occasion.ends_at)}."
    )


def length(minutes: int) -> str:
    """A length of time in words: ``an hour``, ``2 hours``, ``1 hour and 15 minutes``."""
    if minutes in _WORDS:
        return _WORDS[minutes]
    return " and ".join(_units(minutes))


def _units(minutes: int) -> Iterator[str]:
    hours, rest = divmod(minutes, 60)
    if hours:
        yield f"{hours} hour{'s' if hours > 1 else ''}"
    if rest:
        yield f"{rest} minute{'s' if rest > 1 else ''}"
