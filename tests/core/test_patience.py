"""Waits that double, words that are true, and networks as attackers have them."""

import datetime as dt

import pytest

from pbvote.core.patience import Patience, in_words, network_of

HOUR = dt.timedelta(hours=1)


def test_a_wait_begins_after_the_free_failures_and_doubles_up_to_the_longest() -> None:
    patience = Patience(free=3, longest=HOUR, kept=HOUR)
    minutes = [patience.wait_after(times).total_seconds() / 60 for times in range(12)]
    assert minutes == [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert patience.wait_after(10**9) == HOUR


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "a minute"), (60, "a minute"), (61, "2 minutes"), (5400, "90 minutes"), (5401, "2 hours"), (14400, "4 hours")],
)
def test_a_wait_in_words_is_never_too_short(seconds: int, words: str) -> None:
    assert in_words(dt.timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("not an address", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_network_is_what_one_home_or_hall_has(address: str | None, network: str) -> None:
    assert network_of(address) == network
