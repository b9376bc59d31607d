"""Small counts are hidden so that nobody can work them out: not from the totals, and not from two papers."""

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pbvote.public_account.figures.small import Hidden, SmallTable, hide_small

FEW, NOT_SHOWN = Hidden.FEW, Hidden.NOT_SHOWN
NUMBERS = st.sampled_from([0, 1, 2, 3, 5, 12])
TABLES = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda size: st.lists(st.lists(NUMBERS, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
)


def fits(shown: int | Hidden, number: int) -> bool:
    """Whether a number may stand behind what is shown."""
    if isinstance(shown, Hidden):
        return number in {1, 2} if shown is FEW else number >= 0
    return number == shown


def everything(rows: Sequence[Sequence[int]], table: SmallTable) -> Iterator[tuple[int | Hidden, int]]:
    """Each place of the table as it is shown, with the number that these rows would have there."""
    for shown_row, row in zip(table.cells, rows, strict=True):
        yield from zip(shown_row, row, strict=True)
    yield from zip(table.row_totals, map(sum, rows))  # noqa: B905 - a table may show no totals
    yield from zip(table.column_totals, map(sum, zip(*rows, strict=True)))  # noqa: B905
    if table.total is not None:
        yield table.total, sum(map(sum, rows))


def is_given_away(counts: list[list[int]], table: SmallTable) -> bool:
    """Whether any hidden place has one possible value.

    Numbers next to the true ones are tried: where another table of whole numbers fits at all, one of those does.
    """
    true = list(everything(counts, table))
    waiting = {at for at, (mark, _) in enumerate(true) if isinstance(mark, Hidden)}
    rows = []
    for at, row in enumerate(counts):
        near = [
            [may for may in (number, number - 1, number + 1) if fits(table.cells[at][column], may)]
            for column, number in enumerate(row)
        ]
        rows.append([each for each in product(*near) if not table.row_totals or fits(table.row_totals[at], sum(each))])
    for guess in product(*rows) if waiting else ():
        guessed = list(everything(guess, table))
        if all(fits(mark, number) for mark, number in guessed):
            waiting = {at for at in waiting if guessed[at][1] == true[at][1]}
        if not waiting:
            break
    return bool(waiting)


@settings(max_examples=150, deadline=None)
@given(TABLES, st.booleans(), st.booleans())
def test_no_hidden_count_has_one_possible_value(counts: list[list[int]], of_rows: bool, of_columns: bool) -> None:
    table = hide_small(counts, of_rows=of_rows, of_columns=of_columns)
    for shown, number in everything(counts, table):
        assert shown not in {1, 2}
        assert fits(shown, number)
    assert not is_given_away(counts, table)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=4))
def test_two_quarters_tell_no_more_side_by_side_than_alone(pairs: list[tuple[int, int]]) -> None:
    counts = [list(pair) for pair in pairs]
    together = hide_small(counts, of_columns=True)
    for quarter in (0, 1):
        alone = hide_small([[row[quarter]] for row in counts], of_columns=True)
        assert [row[quarter] for row in together.cells] == [row[0] for row in alone.cells]
        assert together.column_totals[quarter] == alone.column_totals[0]


@pytest.mark.parametrize(
    ("column", "shown", "total"),
    [
        ([3, 0, 14], [3, 0, 14], 17),  # nothing small, nothing hidden
        ([1, 5, 9], [FEW, NOT_SHOWN, 9], 15),  # the next smallest goes with it
        ([1, 2, 9], [FEW, FEW, 9], 12),  # two small ones hide each other
        ([2, 2, 9], [FEW, FEW, NOT_SHOWN], 13),  # unless 4 could only be 2 and 2
        ([2, 0, 0], [FEW, 0, 0], FEW),
        ([1, 1, 0], [FEW, FEW, 0], NOT_SHOWN),
        ([2, 2], [FEW, FEW], NOT_SHOWN),
        ([1, 1], [FEW, FEW], NOT_SHOWN),  # “fewer than 3” would say that each is 1
        ([0, 0], [0, 0], 0),
    ],
)
def test_a_column_with_its_total(column: list[int], shown: list[int | Hidden], total: int | Hidden) -> None:
    table = hide_small([[number] for number in column], of_columns=True)
    assert [row[0] for row in table.cells] == shown
    assert table.column_totals == [total]
    assert table.is_whole == (shown == column)


def test_rows_and_columns_with_totals_hide_a_rectangle() -> None:
    table = hide_small([[1, 8, 20], [7, 9, 30], [40, 50, 60]], of_rows=True, of_columns=True)
    assert table.cells == [[FEW, NOT_SHOWN, 20], [NOT_SHOWN, NOT_SHOWN, 30], [40, 50, 60]]
    assert (table.row_totals, table.column_totals, table.total) == ([29, 46, 150], [48, 67, 110], 225)
