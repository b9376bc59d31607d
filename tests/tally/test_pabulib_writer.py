"""Files that are written: every kind of ballot passes Pabulib's own checker and is read as the same election."""

import io
import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from pbvote.tally import BallotKind, BallotRules, Ballots, Choices, Election, Project, Rule, TieKey, Utilities, count
from pbvote.tally.pabulib import read_pabulib, write_pabulib
from tests.pabulib_checker import errors_in
from tests.tally.factories import approval

META = {
    "description": "Voluntary Sector Grants, Sale",
    "country": "United Kingdom",
    "unit": "Trafford",
    "subunit": "Sale",
    "instance": "2014",
    "date_begin": "12.07.2014",
    "date_end": "12.07.2014",
    "currency": "GBP",
    "language": "en",
}
BIDS = (
    Project("1", 304_369, 'Sale & Altrincham; the “good” "neighbours"\nclub'),
    Project("2", 200_000, "Étude"),
    Project("3", 400_000, "Band"),
)


def election(rules: BallotRules, *cast: Choices) -> Election:
    return Election(BIDS, 500_000, Ballots.of(rules.kind, ((choices, 3) for choices in cast)), rules)


KINDS = {
    "approval": election(BallotRules(BallotKind.APPROVAL, max_choices=2), ("1",), ("2", "3")),
    "choose-1": election(BallotRules(BallotKind.APPROVAL, 1, 1), ("1",), ("2",)),
    "ranked": election(BallotRules(BallotKind.RANKED, 1, 3), ("2", "1", "3"), ("3", "1"), ("2",)),
    "ranked by own points": election(BallotRules(BallotKind.RANKED, 1, 3, place_points=(5, 3, 1)), ("2", "1", "3")),
    "ranked by own length": election(BallotRules(BallotKind.RANKED, 1, 3, own_length=True), ("2", "1"), ("3",)),
    "score": election(
        BallotRules(BallotKind.SCORE, 3, 3, 1, 5, must_score_all=True),
        {"1": 5, "2": 3, "3": 1},
        {"1": 1, "2": 2, "3": 5},
    ),
    "choose-then-score": election(BallotRules(BallotKind.CHOOSE_THEN_SCORE, 2, 2, 1, 5), {"1": 5, "2": 3}),
    "knapsack": election(BallotRules(BallotKind.KNAPSACK, max_spend=500_000), ("1",), ("2",), ("1", "2")),
    "cumulative": election(BallotRules(BallotKind.CUMULATIVE, max_sum=10), {"1": 5, "2": 5}, {"3": 10}),
    "cumulative without a limit": election(BallotRules(BallotKind.CUMULATIVE), {"1": 5, "2": 5}, {"3": 7}),
}  # fmt: skip


def written(counted: Election, rule: Rule, *, has_outcome: bool = True) -> str:
    stream = io.StringIO()
    outcome = count(counted, rule) if has_outcome else None
    write_pabulib(stream, counted, meta=META, rule=rule, outcome=outcome)
    return stream.getvalue()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "rule",
    [
        Rule("greedy", ties=(TieKey.CHEAPER, TieKey.LOT)),
        Rule("greedy-no-skip", ties=(TieKey.LISTED,)),
        Rule("greedy-threshold", ties=(TieKey.LISTED,), threshold=4),
        Rule("greedy-exclusive", ties=(TieKey.LISTED,)),
        Rule("greedy-top-up", ties=(TieKey.LISTED,), top_up_percent=50),
        Rule("greedy", ties=(TieKey.LOT,), by_mean=True),
        Rule("phragmen", ties=(TieKey.LISTED,)),
        Rule("equalshares", ties=(TieKey.CHEAPER, TieKey.VOTES, TieKey.LISTED)),
        Rule("equalshares/add1", ties=(TieKey.CHEAPER, TieKey.VOTES, TieKey.LISTED)),
        Rule("equalshares/add1-comparison", ties=(TieKey.CHEAPER, TieKey.VOTES, TieKey.LISTED)),
    ],
    ids=lambda rule: rule.name + " by mean" * rule.by_mean,
)
def test_every_kind_and_rule_passes_the_checker(kind: str, rule: Rule) -> None:
    assert errors_in(written(KINDS[kind], rule)) == {}


# The format has no word for these: what comes back is plain approval or scoring, or has a limit.
CHANGED = ("cumulative without a limit", "score", "choose-then-score")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in CHANGED])
def test_what_is_written_is_read_as_the_same_election(kind: str) -> None:
    file = read_pabulib(io.BytesIO(written(KINDS[kind], Rule("greedy-no-skip", ties=(TieKey.LISTED,))).encode()))
    title = BIDS[0].title.replace("\n", " ")
    assert file.election == replace(KINDS[kind], bids=(replace(BIDS[0], title=title), *BIDS[1:]))
    assert file.rule == Rule("greedy-no-skip", ties=(TieKey.LISTED,))
    assert file.findings == ()


@pytest.mark.parametrize("kind", CHANGED)
def test_what_the_format_has_no_word_for_keeps_its_ballots(kind: str) -> None:
    file = read_pabulib(io.BytesIO(written(KINDS[kind], Rule(ties=(TieKey.LISTED,))).encode()))
    assert file.election.ballots.groups == KINDS[kind].ballots.groups


def test_voters_are_numbered_by_their_sorted_ballots() -> None:
    text = written(approval(100, {"b": 60, "a": 60}, {"b": 1, "a b": 1, "a": 2}), Rule(), has_outcome=False)
    assert text.split("VOTES\n")[1] == "voter_id;vote\n1;a\n2;a\n3;a,b\n4;b\n"


def test_what_the_format_cannot_say_stands_in_the_comment() -> None:
    counted = approval(10_000, {"a": 6_000, "b": 6_000}, {"a": 2, "": 3})
    text = written(counted, Rule("greedy", ties=(TieKey.DRAW,), by_mean=True))
    assert (
        "comment;#1: 3 blank ballots are left out. #2: Rule: Most votes or points first. "
        "#3: Projects are ranked by their points per ballot that names them. #4: Ties: draw. "
        "#5: pbvote {by_mean:true,name:greedy,ties:[listed]}\n"
    ) in text.replace('"', "")
    assert "num_votes;2\n" in text
    assert errors_in(text) == {}
    rule = Rule("equalshares/add1", (TieKey.LISTED,), utilities=Utilities.CARDINALITY, is_exhaustive=True)
    text = written(KINDS["approval"], rule)
    assert "rule;unknown\n" in text
    assert "worth the same to its supporters" in text


def test_a_drawn_tie_is_seen_from_the_order_of_rows() -> None:
    counted = approval(100, {"a": 60, "b": 60}, {"a b": 2})
    stream = io.StringIO()
    outcome = count(counted, Rule(), [("b", "a")])
    write_pabulib(stream, counted, meta=META, rule=Rule(), outcome=outcome)
    assert "\nb;0.6;2;b;1\na;0.6;2;a;0\n" in stream.getvalue()


def test_enough_for_all_is_said() -> None:
    text = written(approval(100_000, {"a": 60_000, "b": 30_000}, {"a b": 2}), Rule(ties=(TieKey.LISTED,)))
    assert "fully_funded;1\n" in text
    assert errors_in(text) == {}


def test_a_withdrawn_bid_has_the_cost_that_says_so() -> None:
    counted = approval(100, {"a": 60, "b": 30}, {"a b": 2})
    counted = replace(counted, bids=(replace(counted.bids[0], is_withdrawn=True), counted.bids[1]))
    file = read_pabulib(io.BytesIO(written(counted, Rule()).encode()))
    assert [bid.is_withdrawn for bid in file.election.bids] == [True, False]


@pytest.mark.parametrize("ref", ["a,b", " a", "votes", "Meta"])
def test_a_reference_that_the_format_cannot_hold_is_refused(ref: str) -> None:
    with pytest.raises(ValueError, match="can't hold the reference"):
        written(replace(approval(100, {"a": 1}, {}), bids=(Project(ref, 1),)), Rule())


@pytest.mark.parametrize("key", ["description", "date_end"])
def test_a_key_that_must_be_there_is_asked_for(key: str) -> None:
    meta = {name: value for name, value in META.items() if name != key}
    write: Callable[..., None] = write_pabulib
    with pytest.raises(ValueError, match=f"needs {key}"):
        write(io.StringIO(), KINDS["approval"], meta=meta)


RULES = (
    *("greedy", "greedy-no-skip", "greedy-threshold", "greedy-exclusive", "greedy-top-up", "phragmen"),
    *("equalshares", "equalshares-comparison", "equalshares/add1", "equalshares/add1-comparison", "equalshares/add1u"),
)
TIE_LISTS = (
    (TieKey.LISTED,),
    (TieKey.LOT,),
    (TieKey.CHEAPER, TieKey.LOT),
    (TieKey.CHEAPER, TieKey.VOTES, TieKey.LISTED),
)
BALLOTS = (
    BallotRules(BallotKind.APPROVAL, max_choices=6),
    BallotRules(BallotKind.APPROVAL, 1, 1),
    BallotRules(BallotKind.KNAPSACK, max_spend=10_000),
    BallotRules(BallotKind.SCORE, min_points=0, max_points=5),
    BallotRules(BallotKind.CUMULATIVE, min_points=1, max_sum=10),
    BallotRules(BallotKind.RANKED, max_choices=6),
)


def a_small_election(chance: random.Random) -> Election:
    """Up to six bids with pounds or pence in their asks, one of them without votes now and then."""
    rules, share = chance.choice(BALLOTS), 10_000
    asks = chance.choice([(2_000, 3_000, 4_000, 5_000, 9_000), (1_999, 3_050, 3_999, 5_005, 10_000)])
    bids = tuple(
        Project(f"b{number}", chance.choice(asks), is_withdrawn=chance.random() < 0.1)
        for number in range(chance.randint(3, 6))
    )
    asked = {bid.ref: bid.ask for bid in bids}
    named = [bid.ref for bid in bids[: chance.randint(2, len(bids))]]
    cast: list[tuple[Choices, int]] = []
    for _ in range(chance.randint(2, 7)):
        few = chance.sample(named, chance.randint(1, min(len(named), rules.max_choices or 6)))
        if rules.kind is BallotKind.KNAPSACK:
            few = [ref for place, ref in enumerate(few) if sum(asked[one] for one in few[: place + 1]) <= share]
        fewest = 1 if rules.kind is BallotKind.CUMULATIVE else 0
        points = {ref: chance.randint(fewest, 3) for ref in few[:3]}
        cast.append((points if rules.kind.has_points else tuple(few), chance.randint(1, 3)))
    return Election(bids, share, Ballots.of(rules.kind, cast), rules)


def a_rule_for(chance: random.Random, name: str) -> Rule:
    options: dict[str, Any] = {}
    if name == "greedy-top-up":
        options["top_up_percent"] = chance.choice([50, 80])
    if name == "greedy-threshold" or chance.random() < 0.1:
        options["threshold"] = chance.randint(1, 5)
    if chance.random() < 0.1:
        options["minimum_mean"] = Fraction(chance.randint(1, 5), 2)
    if name.startswith("equalshares") and chance.random() < 0.2:
        options["utilities"] = Utilities.CARDINALITY
    return Rule(name, chance.choice(TIE_LISTS), **options)


# What the checker holds against any file with such amounts, whatever its rule is.
UNAVOIDABLE = {"all projects funded"}


@pytest.mark.parametrize("name", RULES)
def test_whatever_the_rule_the_checker_finds_no_error_and_the_outcome_comes_back(name: str) -> None:
    chance = random.Random(name)
    for _ in range(150):
        counted, rule = a_small_election(chance), a_rule_for(chance, name)
        text = written(counted, rule)
        assert set(errors_in(text)) <= UNAVOIDABLE, (errors_in(text), text)
        back = read_pabulib(io.BytesIO(text.encode()))
        assert back.rule is not None
        assert set(count(back.election, back.rule).funded) == set(count(counted, rule).funded), text
