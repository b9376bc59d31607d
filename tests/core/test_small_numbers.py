"""Small numbers of people: hidden, and not to be worked out from what stands beside them."""

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbvote.core.small_numbers import FEWEST, Count, Hidden, ShownTable, hide_small

FEW, BESIDE = Hidden.FEW, Hidden.BESIDE
Rows = Sequence[Sequence[int]]


def possible(count: Count, most: int) -> Sequence[int]:
    """The numbers that a reader who knows the rules takes for possible at a cell."""
    if count is FEW:
        return range(1, FEWEST)
    return range(FEWEST, most) if isinstance(count, Hidden) else [count]


def fits(count: Count, number: int) -> bool:
    """Whether a total can be this number, as far as it is shown."""
    return isinstance(count, Hidden) or count == number


def readings(table: ShownTable, most: int) -> Iterator[list[int]]:
    """Every table that can be the one behind what is shown, by trying all of them: its cells and then its totals."""
    width = len(table.column_totals)
    lines = [
        [line for line in product(*(possible(count, most) for count in row)) if fits(total, sum(line))]
        for row, total in zip(table.rows, table.row_totals, strict=True)
    ]
    for rows in product(*lines):
        columns = [sum(row[x] for row in rows) for x in range(width)]
        if not all(map(fits, table.column_totals, columns)) or not fits(table.total, sum(columns)):
            continue
        yield [*(number for row in rows for number in row), *map(sum, rows), *columns, sum(columns)]


def everything(table: ShownTable) -> list[Count]:
    """What is shown, in the order of a reading."""
    cells = [count for row in table.rows for count in row]
    return [*cells, *table.row_totals, *table.column_totals, table.total]


TABLES = st.sampled_from([(1, 1), (1, 3), (2, 1), (2, 2), (2, 3), (3, 2)]).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 6), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


@given(TABLES)
def test_no_hidden_number_has_one_possible_value(rows: Rows) -> None:
    table = hide_small(rows)
    shown = everything(table)
    left = {place for place, count in enumerate(shown) if isinstance(count, Hidden)}
    first: list[int] | None = None
    for reading in readings(table, most=9):
        first = first or reading
        left -= {place for place in left if reading[place] != first[place]}
        if not left:
            return
    assert not left, (rows, table)


@given(TABLES)
def test_what_is_shown_is_true_and_nothing_small_is_shown(rows: Rows) -> None:
    table = hide_small(rows)
    truth = [number for row in rows for number in row]
    truth += [*map(sum, rows), *map(sum, zip(*rows, strict=True)), sum(map(sum, rows))]
    for count, number in zip(everything(table), truth, strict=True):
        assert count == number or isinstance(count, Hidden)
        assert not 0 < number < FEWEST or isinstance(count, Hidden)
    for row, shown in zip(rows, table.rows, strict=True):
        assert [count is FEW for count in shown] == [0 < number < FEWEST for number in row]


@pytest.mark.parametrize(
    ("rows", "shown", "row_totals", "column_totals", "total"),
    [
        ([[5, 7], [8, 0]], ((5, 7), (8, 0)), (12, 8), (13, 7), 20),
        # The 2 alone would be 60 - 58: the next smallest of its row goes too, and so their columns' partners.
        (
            [[2, 8, 50], [9, 30, 40]],
            ((FEW, BESIDE, 50), (BESIDE, BESIDE, 40)),
            (60, 79),
            (11, 38, 90),
            139,
        ),
        # Nothing else is there to hide it behind: the totals go.
        ([[2]], ((FEW,),), (BESIDE,), (BESIDE,), BESIDE),
        # A nought is nobody, and shown.
        ([[0, 0, 4]], ((0, 0, 4),), (4,), (0, 0, 4), 4),
    ],
)
def test_the_next_smallest_is_hidden_too(
    rows: Rows, shown: object, row_totals: object, column_totals: object, total: object
) -> None:
    assert hide_small(rows) == ShownTable(shown, row_totals, column_totals, total)  # type: ignore[arg-type]


def test_two_that_are_one_each_are_not_given_away_by_their_sum() -> None:
    table = hide_small([[1, 1, 20], [20, 20, 20]])
    assert table.rows[0][:2] == (FEW, FEW)
    assert Hidden.BESIDE in (table.rows[0][2], table.row_totals[0])


def test_a_table_of_rows_of_unlike_length_is_none() -> None:
    with pytest.raises(ValueError, match="zip"):
        hide_small([[1, 2], [3]])


def test_a_round_of_many_localities_and_ages_is_quick_to_hide_and_keeps_what_it_can() -> None:
    rows = [[(7 * y + 5 * x) % 23 for x in range(6)] for y in range(12)]
    table = hide_small(rows)
    hidden = sum(isinstance(count, Hidden) for row in table.rows for count in row)
    assert hidden < 30
    assert table.total == sum(map(sum, rows))
