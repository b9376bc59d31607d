"""The sentences that a compere reads out, so that nobody has to find words, or a number, on a stage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pbvote.core.clock import lasts_days
from pbvote.filters import hour, money
from pbvote.vote.compere.pace import pace_now
from pbvote.vote.events.models import Event
from pbvote.vote.events.times import times_of
from pbvote.vote.programme.entries import Ending, Listed
from pbvote.vote.screen.announcing import Announcement, Reveal, Said
from pbvote.vote.stage.models import Scene, Stage, TurnTaken
from pbvote.vote.stage.scenes import scene_now

LATE_RULE: Final = "A group that comes late speaks after the last one. It keeps its number on the ballot."
NO_SHOW_RULE: Final = "A group that doesn’t come stays on the ballot. Votes for it count."
WITHDRAWN_RULE: Final = (
    "A group that withdraws before voting opens leaves the running order. Once voting is open it stays on the ballot. "
    "Its votes are kept. It gets no money. Only an organiser can withdraw a bid."
)
MOST_MINUTES: Final = 90
"""A pace is said in minutes up to here, and in hours beyond."""
RULES: Final = (LATE_RULE, NO_SHOW_RULE, WITHDRAWN_RULE)


@dataclass(frozen=True, slots=True)
class TurnSaid:
    """A group's turn, as the compere calls it up."""

    entry: Listed
    sentence: str

    @property
    def say_it(self) -> str:
        """How the group's name is said; "" where that is plain."""
        return self.entry.bid.group.say_it if self.entry.bid.group else ""

    @property
    def is_out(self) -> bool:
        """Whether the bid was withdrawn or refused: nobody calls it up."""
        return self.entry.ending is Ending.TAKEN_OUT


def turns_of(event: Event, entries: Sequence[Listed]) -> list[TurnSaid]:
    """Every turn, in the running order."""
    return [TurnSaid(entry, call_up(event, entry)) for entry in entries]


def call_up(event: Event, entry: Listed) -> str:
    """``Number 3, Shed Club, from Timperley Shed. They ask for £1,200. They have 3 minutes.``"""
    if entry.ending is Ending.TAKEN_OUT:
        return f"{named(entry)}, is taken out. It keeps its number and gets no money."
    questions = event.day.question_minutes
    last = f" Then {_minutes(questions)} for questions." if questions else ""
    asks = money(entry.ask_pence, event.share.round.currency)
    return f"{named(entry)}. They ask for {asks}. They have {_minutes(event.share.pitch_minutes)}.{last}"


def announced(reveal: Reveal, announcement: Announcement, currency: str) -> str:
    """What the compere reads of a bid's outcome."""
    return " ".join((f"{named(reveal.entry)}, {_outcome(reveal, currency)}", *_votes(reveal, announcement)))


def named(entry: Listed) -> str:
    """``Number 3, Shed Club, from Timperley Shed``."""
    return f"Number {entry.number}, {entry.bid.title}" + (f", from {entry.group}" if entry.group else "")


def pace_said(event: Event, stage: Stage, taken: Sequence[TurnTaken]) -> str:
    """``We are 4 minutes behind. We’ll finish at about 3:10pm.``; "" for an event that lasts days.

    Once each group has had its turn there is no pace any more. Nobody reads hours of minutes out, or sends a hall home
    after midnight: then no finish is promised.
    """
    if event.lasts_days or _is_over(event, stage, taken):
        return ""
    pace = pace_now(event, stage, taken)
    times = times_of(event)
    finish = pace.finish(event.ends_at, times.minutes_spare if times else 0)
    if abs(pace.behind_minutes) > MOST_MINUTES:
        return f"We are {_by_how_much(pace.behind_minutes)} the plan."
    said = f"We are {_by_how_much(pace.behind_minutes)}."
    return said if lasts_days(event.ends_at, finish) else f"{said} We’ll finish at about {hour(finish)}."


def _is_over(event: Event, stage: Stage, taken: Sequence[TurnTaken]) -> bool:
    """Whether each group has had its turn, and none has one now."""
    if not taken or scene_now(stage, event.poll) is Scene.PRESENTING:
        return False
    had = {turn.bid_id for turn in taken} | {stage.bid_id}
    return all(slot.bid_id in had for slot in event.running_order if slot.bid.is_standing)


def _by_how_much(behind: int) -> str:
    if not behind:
        return "on time"
    minutes = abs(behind)
    if minutes <= MOST_MINUTES:
        return f"{_minutes(minutes)} {'behind' if behind > 0 else 'ahead'}"
    hours = (minutes - 1) // 60
    more = f"more than {hours} hours" if hours > 1 else f"more than {MOST_MINUTES} minutes"
    return f"{more} {'behind' if behind > 0 else 'ahead of'}"


def _outcome(reveal: Reveal, currency: str) -> str:
    asked = money(reveal.entry.ask_pence, currency)
    match reveal.said:
        case Said.FUNDED:
            return f"is funded. It gets {money(reveal.pence, currency)}."
        case Said.PART:
            return f"is offered {money(reveal.pence, currency)} of the {asked} that it asked for."
        case Said.NOT_FUNDED:
            return " ".join(("is not funded this time.", *_why(reveal, asked, currency)))
        case Said.DRAW:
            return "is in a tie. A draw decides."
        case Said.TAKEN_OUT:
            return "was taken out before the count. It gets no money."


def _why(reveal: Reveal, asked: str, currency: str) -> Iterator[str]:
    if reveal.left is None:
        return
    left = money(reveal.left, currency) if reveal.left else "nothing"
    if reveal.left_after:
        yield f"It asked for {asked}, and {left} was left after {reveal.left_after}."
    else:
        yield f"It asked for {asked}, and there is {left} in all."
    if reveal.smaller:
        yield reveal.smaller


def _votes(reveal: Reveal, announcement: Announcement) -> Sequence[str]:
    if reveal.total is None or reveal.said is Said.TAKEN_OUT:
        return ()
    unit = "vote" if announcement.counts_votes else "point"
    got = f"It got {reveal.total:,} {unit}{'' if reveal.total == 1 else 's'}"
    level = f", level with {' and '.join(reveal.level_with)}" if reveal.level_with else ""
    return (f"{got}{level}.",)


def _minutes(number: int) -> str:
    return f"{number} minute" if number == 1 else f"{number} minutes"
