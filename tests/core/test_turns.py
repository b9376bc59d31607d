"""Heavy work, one at a time, while a few wait."""

import threading

import pytest

from pbvote.core.turns import Crowded, Turns


def test_whoever_finds_no_place_to_wait_is_sent_away_at_once() -> None:
    turns = Turns(most_waiting=0)
    with turns.take(), pytest.raises(Crowded), turns.take():
        pytest.fail("two had the turn")
    with turns.take():
        pass


def test_whoever_waits_has_the_turn_after_the_one_before() -> None:
    turns, order = Turns(most_waiting=1), ["first"]

    def second() -> None:
        with turns.take():
            order.append("second")

    with turns.take():
        thread = threading.Thread(target=second)
        thread.start()
        order.append("first ends")
    thread.join(10)
    assert order == ["first", "first ends", "second"]


def test_a_failure_gives_the_turn_back() -> None:
    turns = Turns(most_waiting=0)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), turns.take():
            raise ZeroDivisionError
