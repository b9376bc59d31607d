"""The key on the sealed sheet, typed in again by a tired person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbvote.core.codes import ALPHABET
from pbvote.core.recovery import GROUPS, BadGroup, key_from_groups, key_in_groups

keys = st.binary(min_size=32, max_size=32)


@given(keys)
def test_a_key_comes_back_as_it_was(key: bytes) -> None:
    groups = key_in_groups(key)
    assert [len(group) for group in groups] == [5] * GROUPS
    assert key_from_groups(groups) == key
    assert key_from_groups([group.lower().replace("0", "o").replace("1", "l") for group in groups]) == key


@given(keys, st.integers(0, GROUPS - 1), st.integers(0, 4), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_found_in_its_group(key: bytes, group: int, place: int, symbol: str) -> None:
    groups = key_in_groups(key)
    right = groups[group]
    groups[group] = right[:place] + symbol + right[place + 1 :]
    if groups[group] == right:
        return
    with pytest.raises(BadGroup) as bad:
        key_from_groups(groups)
    assert bad.value.number == group + 1


@given(keys, st.integers(0, GROUPS - 1), st.integers(0, GROUPS - 1))
def test_groups_that_changed_places_are_found(key: bytes, one: int, other: int) -> None:
    groups = key_in_groups(key)
    groups[one], groups[other] = groups[other], groups[one]
    if one == other:
        assert key_from_groups(groups) == key
        return
    with pytest.raises(BadGroup) as bad:
        key_from_groups(groups)
    assert bad.value.number == min(one, other) + 1


@given(keys, st.integers(0, 3))
def test_two_neighbours_in_a_group_that_changed_places_are_found(key: bytes, place: int) -> None:
    groups = key_in_groups(key)
    group = list(groups[3])
    group[place], group[place + 1] = group[place + 1], group[place]
    if "".join(group) == groups[3]:
        return
    groups[3] = "".join(group)
    with pytest.raises(BadGroup):
        key_from_groups(groups)


def test_too_few_groups_are_no_key() -> None:
    with pytest.raises(BadGroup) as bad:
        key_from_groups(key_in_groups(bytes(32))[:-1])
    assert bad.value.number == 0
