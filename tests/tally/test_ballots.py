"""Ballots: their one text, their groups, and what is wrong with them."""

import json

import pytest

from pbvote.tally import BallotKind, BallotRules, Ballots, Choices, Fault, FaultCode, decode_choices, encode_choices

REFS = ("a", "b", "c")


@pytest.mark.parametrize(
    ("kind", "choices", "text"),
    [
        (BallotKind.APPROVAL, ("b", "a"), '["a","b"]'),
        (BallotKind.APPROVAL, (), "[]"),
        (BallotKind.RANKED, ("b", "a"), '["b","a"]'),
        (BallotKind.SCORE, {"b": 1, "a": 5}, '{"a":5,"b":1}'),
        (BallotKind.CUMULATIVE, {"ą/1": 3}, '{"ą/1":3}'),
    ],
)
def test_choices_have_one_text(kind: BallotKind, choices: Choices, text: str) -> None:
    assert encode_choices(kind, choices) == text
    assert encode_choices(kind, decode_choices(kind, text)) == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (BallotKind.APPROVAL, '{"a":1}'),
        (BallotKind.APPROVAL, "[1]"),
        (BallotKind.SCORE, '["a"]'),
        (BallotKind.SCORE, '{"a":1.5}'),
        (BallotKind.SCORE, '{"a":true}'),
        (BallotKind.RANKED, "nonsense"),
    ],
)
def test_a_text_of_another_shape_is_refused(kind: BallotKind, text: str) -> None:
    with pytest.raises(ValueError, match=r"Not the text|Expecting value"):
        decode_choices(kind, text)


def test_equal_ballots_are_one_group() -> None:
    ballots = Ballots.of(BallotKind.APPROVAL, [(("b", "a"), 1), (("a", "b"), 2), (("a",), 1)])
    assert ballots.voters == 4
    assert dict(ballots.choices()) == {("a", "b"): 3, ("a",): 1}
    assert ballots.texts() == [('["a","b"]', 3), ('["a"]', 1)]


def test_the_order_of_a_ranking_tells_ballots_apart() -> None:
    assert len(Ballots.of(BallotKind.RANKED, [(("b", "a"), 1), (("a", "b"), 1)]).groups) == 2


def test_a_group_without_voters_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one voter"):
        Ballots.of(BallotKind.APPROVAL, [(("a",), 0)])


def test_a_knapsack_holds_no_more_than_the_share() -> None:
    rules = BallotRules(BallotKind.KNAPSACK, max_spend=100)
    asks = {"a": 60, "b": 40, "c": 1}
    assert rules.faults(("a", "b"), asks) == ()
    assert rules.faults(("a",), asks) == ()
    assert rules.faults(("a", "b", "c"), asks) == (Fault(FaultCode.ASKS_TOO_MUCH, "", 100, 101),)


@pytest.mark.parametrize(
    ("rules", "choices", "faults"),
    [
        (BallotRules(BallotKind.APPROVAL), ("a",), []),
        (BallotRules(BallotKind.APPROVAL), (), [Fault(FaultCode.TOO_FEW, needed=1, got=0)]),
        (BallotRules(BallotKind.APPROVAL, 2, 2), ("a",), [Fault(FaultCode.TOO_FEW, needed=2, got=1)]),
        (BallotRules(BallotKind.APPROVAL, 1, 2), REFS, [Fault(FaultCode.TOO_MANY, needed=2, got=3)]),
        (BallotRules(BallotKind.APPROVAL), ("a", "z"), [Fault(FaultCode.UNKNOWN_BID, "z")]),
        (BallotRules(BallotKind.RANKED, 1, 3), ("a", "a"), [Fault(FaultCode.REPEATED_BID, "a", 1, 2)]),
        (BallotRules(BallotKind.RANKED, 1, 3), {"a": 1}, [Fault(FaultCode.WRONG_SHAPE)]),
        (BallotRules(BallotKind.SCORE), ("a",), [Fault(FaultCode.WRONG_SHAPE)]),
        (
            BallotRules(BallotKind.SCORE, min_points=1, max_points=5, must_score_all=True),
            {"a": 0, "b": 6},
            [
                Fault(FaultCode.POINTS_TOO_LOW, "a", 1, 0),
                Fault(FaultCode.POINTS_TOO_HIGH, "b", 5, 6),
                Fault(FaultCode.NOT_SCORED, "c"),
            ],
        ),
        (
            BallotRules(BallotKind.CUMULATIVE, max_sum=10),
            {"a": 10, "b": 1},
            [Fault(FaultCode.SUM_TOO_HIGH, needed=10, got=11)],
        ),
        (
            BallotRules(BallotKind.CHOOSE_THEN_SCORE, 2, 2, 1, 5),
            {"a": 6},
            [Fault(FaultCode.TOO_FEW, needed=2, got=1), Fault(FaultCode.POINTS_TOO_HIGH, "a", 5, 6)],
        ),
        (
            BallotRules(BallotKind.CUMULATIVE, min_sum=10),
            {"a": 9},
            [Fault(FaultCode.SUM_TOO_LOW, needed=10, got=9)],
        ),
    ],
)
def test_faults_name_what_is_wrong(rules: BallotRules, choices: Choices, faults: list[Fault]) -> None:
    assert list(rules.faults(choices, REFS)) == faults


def test_rules_can_be_stored_and_read_again() -> None:
    rules = BallotRules(BallotKind.CUMULATIVE, 1, 3, 1, 5, 10, 10)
    assert BallotRules.from_dict(json.loads(json.dumps(rules.to_dict()))) == rules
