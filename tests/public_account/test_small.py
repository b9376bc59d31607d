"""Small counts are hidden so that nobody works them out: not from a total, not from two quarters side by side."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbvote.public_account.figures.small import hide_in_quarters

FEW, NOT_SHOWN = "fewer than 3", "not shown"
NUMBERS = st.sampled_from([0, 1, 2, 3, 5, 12])
QUARTERS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=4)


def fits(shown: str, number: int) -> bool:
    """Whether a number may stand behind what is shown."""
    return number in {1, 2} if shown == FEW else number >= 0 if shown == NOT_SHOWN else str(number) == shown


def possible(shown: list[str], total: str, numbers: list[int]) -> list[set[int]]:
    """What each count, and the total, may be: by every way to fill the quarter in that agrees with all it shows.

    Numbers next to the true ones are enough: where another way fits at all, one of those does.
    """
    near = [
        [may for may in (each - 1, each, each + 1) if fits(mark, may)]
        for mark, each in zip(shown, numbers, strict=True)
    ]
    fitting = [(*guess, sum(guess)) for guess in product(*near) if fits(total, sum(guess))]
    return [set(place) for place in zip(*fitting, strict=True)]


@given(QUARTERS)
def test_no_hidden_count_has_one_possible_value(counts: list[tuple[int, int]]) -> None:
    table = hide_in_quarters(counts)
    for quarter in (0, 1):
        numbers, shown = [row[quarter] for row in counts], [row[quarter] for row in table.rows]
        every = possible(shown, table.totals[quarter], numbers)
        for mark, number, may_be in zip([*shown, table.totals[quarter]], [*numbers, sum(numbers)], every, strict=True):
            assert mark not in {"1", "2"}
            assert number in may_be
            assert mark not in {FEW, NOT_SHOWN} or len(may_be) > 1


@given(QUARTERS)
def test_two_quarters_tell_no_more_side_by_side_than_alone(counts: list[tuple[int, int]]) -> None:
    together = hide_in_quarters(counts)
    for quarter in (0, 1):
        alone = hide_in_quarters([[row[quarter]] for row in counts])
        assert [row[quarter] for row in together.rows] == [row[0] for row in alone.rows]
        assert together.totals[quarter] == alone.totals[0]


@pytest.mark.parametrize(
    ("counts", "shown", "total"),
    [
        ([3, 0, 14], ["3", "0", "14"], "17"),  # nothing small, nothing hidden
        ([1, 5, 9], [FEW, NOT_SHOWN, "9"], "15"),  # the next smallest goes with it
        ([1, 2, 9], [FEW, FEW, "9"], "12"),  # two small ones hide each other
        ([2, 2, 9], [FEW, FEW, NOT_SHOWN], "13"),  # unless 4 could only be 2 and 2
        ([2, 0, 0], [FEW, "0", "0"], NOT_SHOWN),
        ([1, 1], [FEW, FEW], NOT_SHOWN),  # “fewer than 3” in all would say that each is 1
        ([0, 0], ["0", "0"], "0"),
    ],
)
def test_a_quarter_with_its_total(counts: list[int], shown: list[str], total: str) -> None:
    table = hide_in_quarters([[number] for number in counts])
    assert ([row[0] for row in table.rows], table.totals) == (shown, [total])
    assert table.hides == (total == NOT_SHOWN or FEW in shown)
