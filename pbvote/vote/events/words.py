"""An event's day and its rules in words, in the language that is spoken."""

from typing import Any

from flask_babel import gettext

from pbvote.call.rounds.models import Share
from pbvote.filters import hour_in
from pbvote.vote.events.day import AccessNeed, Latecomers
from pbvote.vote.events.models import Event
from pbvote.vote.events.times import times_of


def rule_for_latecomers(event: Event) -> str:
    """Until when somebody who comes late gets a slip."""
    match event.latecomers:
        case Latecomers.UNTIL_THE_CLOSE:
            return gettext("If you come late, you still get a slip until voting closes.")
        case Latecomers.UNTIL_THE_FIRST_PITCH:
            return gettext("Come before the first group speaks. After that, nobody gets a slip.")
        case Latecomers.UNTIL_THE_LAST_PITCH:
            return gettext("Come before the last group has spoken. After that, nobody gets a slip.")


def who_may_vote(share: Share) -> str:
    """Who may vote, as the event's page says it."""
    who = (
        f"{share.who_may_vote}."
        if share.who_may_vote
        else gettext("Residents of %(place)s.", place=share.locality.name)
    )
    return f"{who} {gettext('From the age of %(age)s.', age=share.minimum_age)}" if share.minimum_age else who


def need_in_words(need: AccessNeed) -> str:
    """What somebody may ask for, or what is there for everybody."""
    match need:
        case AccessNeed.BSL:
            return gettext("British Sign Language interpreter")
        case AccessNeed.HEARING_LOOP:
            return gettext("Hearing loop")
        case AccessNeed.QUIET_ROOM:
            return gettext("Quiet room")
        case AccessNeed.LARGE_PRINT:
            return gettext("Large print")
        case AccessNeed.STEP_FREE:
            return gettext("A way in without steps")
        case AccessNeed.OTHER:
            return gettext("Something else")


def in_short(event: Event, language: str) -> list[str]:
    """The day in a line: ``Doors open at 1pm``, ``Groups speak 1:30pm–2:20pm`` …; nothing where it lasts several."""
    times = times_of(event)
    if times is None:
        return []
    said = [gettext("Doors open at %(time)s", time=hour_in(times.doors_at, language))]
    if times.turns:
        spoken = f"{hour_in(times.turns[0].begins_at, language)}–{hour_in(times.votes_at, language)}"
        said.append(gettext("Groups speak %(times)s", times=spoken))
    said.append(gettext("Voting until %(time)s", time=hour_in(times.closes_at, language)))
    said.append(gettext("Result about %(time)s", time=hour_in(times.result_at, language)))
    return said


def day_shown(event: Event, language: str) -> dict[str, Any]:
    """What the event's page shows of its day."""
    return {
        "in_short": in_short(event, language),
        "latecomers": rule_for_latecomers(event),
        "venue": [need_in_words(need) for need in event.day.venue_has],
    }
