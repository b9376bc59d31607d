"""A timer that is started, stopped and lengthened, by whatever clock."""

import datetime as dt

from pbvote.core.timing import Timer

NOON = dt.datetime(2014, 7, 12, 12, tzinfo=dt.UTC)


def after(seconds: int) -> dt.datetime:
    """So many seconds after noon."""
    return NOON + dt.timedelta(seconds=seconds)


def test_it_counts_while_it_runs_and_past_its_time() -> None:
    timer = Timer(180)
    assert (timer.spent(after(60)), timer.left(after(60))) == (0, 180)
    running = timer.started(NOON)
    assert (running.spent(after(60)), running.left(after(60)), running.left(after(200))) == (60, 120, -20)
    assert running.started(after(50)) == running


def test_what_was_spent_before_a_pause_stays_spent() -> None:
    paused = Timer(180).started(NOON).paused(after(60))
    assert not paused.is_running
    assert paused.left(after(3600)) == 120
    assert paused.started(after(3600)).left(after(3610)) == 110


def test_more_time_and_less_but_never_less_than_none() -> None:
    running = Timer(30).started(NOON)
    assert running.lengthened(30).left(after(10)) == 50
    assert running.lengthened(-60).left(after(10)) == -10


def test_a_clock_that_was_put_back_gives_no_time_back() -> None:
    assert Timer(180, 20).started(NOON).spent(after(-3600)) == 20
