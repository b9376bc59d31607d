"""Which names people take for one group's, and which they don't."""

import pytest

from pbvote.call.checking.likeness import Bidder, are_alike, likely_duplicates, number_key, words_of

ONE_GROUP = [
    ("Sale Moor Youth Club", "Youth Club of Sale Moor"),
    ("Stretford Steel Band", "The Streford Steel Band"),
    ("Old Trafford Food Bank", "Old Trafford Foodbank"),
    ("Urmston Men’s Shed", "Urmston Mens Shed CIC"),
    ("Friends of Longford Park", "Longford Park Friends"),
    ("Tea & Tech of Timperley", "Timperley Tea and Tech"),
    ("Café Zoë", "CAFE ZOE LTD"),
    ("1st Sale Scouts", "Sale Scouts, 1st"),
]
TWO_GROUPS = [
    ("Sale Scouts", "Sale Scouts Band"),
    ("1st Sale Scouts", "21st Sale Scouts"),
    ("Sale Girls Football Club", "Sale Boys Football Club"),
    ("Urmston Women’s Shed", "Urmston Men’s Shed"),
    ("Altrincham Juniors", "Altrincham Seniors"),
    ("Sale West Residents", "Sale East Residents"),
    ("Sale Community Choir", "Sale Choir"),
    ("North Sale Bowls", "South Sale Bowls"),
    ("Hale Brass", "Sale Brass"),
    ("Growers", "Rowers"),
]


@pytest.mark.parametrize(("one", "other"), ONE_GROUP)
def test_two_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert are_alike(words_of(one), words_of(other))
    assert found([one, other]) == {1: [(2, ["a name like it"])], 2: [(1, ["a name like it"])]}


@pytest.mark.parametrize(("one", "other"), TWO_GROUPS)
def test_two_groups_of_one_street_are_not_taken_for_one(one: str, other: str) -> None:
    assert not are_alike(words_of(one), words_of(other))
    assert found([one, other]) == {}


def found(names: list[str]) -> dict[int, list[tuple[int, list[str]]]]:
    """What is found among groups with these names: other bid and reasons, by bid."""
    matches = likely_duplicates([Bidder(at, name) for at, name in enumerate(names, 1)])
    return {bid_id: [(match.bid_id, match.reasons) for match in each] for bid_id, each in matches.items()}


@pytest.mark.parametrize("number", ["1,092,477", "GB-CHC-1092477", "1092477", " 109 2477 "])
def test_a_registered_number_is_one_however_it_is_written(number: str) -> None:
    assert number_key(number) == "1092477"


def test_numbers_and_addresses_tell_one_group_and_nothing_tells_none() -> None:
    bidders = [
        Bidder(1, "Growers", "1,092,477", frozenset({"ann@group.example"})),
        Bidder(2, "Beans for Sale", "GB-CHC-1092477", frozenset({"bob@group.example"})),
        Bidder(3, "Cooks", "", frozenset({"ann@group.example"})),
        Bidder(4, "Rowers", "", frozenset({"cy@group.example"})),
    ]
    matches = likely_duplicates(bidders)
    assert [(match.bid_id, match.reasons) for match in matches[1]] == [
        (2, ["the same registered number"]),
        (3, ["the same e-mail address"]),
    ]
    assert set(matches) == {1, 2, 3}
    assert likely_duplicates([]) == {}
