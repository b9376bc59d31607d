"""An event's day, worked out."""

import datetime as dt

from pbvote.core.timetable import Minutes, timetable

NOON = dt.datetime(2014, 7, 12, 12, tzinfo=dt.UTC)


def at(moment: dt.datetime) -> str:
    """The hour and the minute."""
    return moment.strftime("%H:%M")


def test_the_day_follows_from_the_minutes() -> None:
    minutes = Minutes(pitch=3, questions=1, changeover=2)
    day = timetable(NOON, NOON + dt.timedelta(hours=1, minutes=15), minutes, [7, 2])
    assert [(turn.number, at(turn.begins_at), at(turn.ends_at)) for turn in day.turns] == [
        (7, "12:10", "12:14"),
        (2, "12:16", "12:20"),
    ]
    moments = (day.doors_at, day.votes_at, day.last_call_at, day.closes_at, day.result_at)
    assert [at(moment) for moment in moments] == ["11:30", "12:20", "12:30", "12:35", "12:55"]
    assert (day.minutes_over, day.minutes_to_vote) == (0, 15)


def test_what_does_not_fit_is_counted_with_the_announcement() -> None:
    hour = dt.timedelta(hours=1)
    assert timetable(NOON, NOON + hour, Minutes(), range(1, 5)).minutes_over == 10
    assert timetable(NOON, NOON + hour, Minutes(), [1]).minutes_over == 0


def test_stalls_have_no_turns_and_residents_vote_until_the_count() -> None:
    day = timetable(NOON, NOON + dt.timedelta(hours=3), Minutes(), [1, 2], has_turns=False)
    assert day.turns == ()
    assert [at(moment) for moment in (day.votes_at, day.last_call_at, day.closes_at)] == ["12:10", "14:25", "14:30"]
    assert day.minutes_over == 0
    short = timetable(NOON, NOON + dt.timedelta(minutes=35), Minutes(), [1], has_turns=False)
    assert short.minutes_to_vote < 0
