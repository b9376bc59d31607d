"""`recount.py` and the tally, which share no code, count thousands of small elections to the same end.

The elections are made to tie often. Whatever must be drawn is drawn by chance, and both get the same draws.
"""

import importlib.util
import json
import random
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest

from pbvote.call.rounds.rule_words import TIE_LISTS
from pbvote.tally import (
    BallotKind,
    BallotRules,
    Ballots,
    Choices,
    Election,
    Outcome,
    Project,
    Rule,
    TieKey,
    Utilities,
    count,
)
from pbvote.vote.audit.bundle import ENCLOSED, outcome_text
from pbvote.vote.count.published import Shown, ballot_lines, marks_of
from tests.faults import times

ELECTIONS = times(few=150, full=2_000)  # of each rule
RULES = (
    *("greedy", "greedy-no-skip", "greedy-threshold", "phragmen"),
    *("equalshares", "equalshares/add1", "equalshares/add1u"),
)
TIES = [*(keys for _, keys in TIE_LISTS.values()), (TieKey.CHEAPER, TieKey.LISTED)]
BALLOTS = (
    BallotRules(BallotKind.SCORE, min_points=1, max_points=5, must_score_all=True),
    BallotRules(BallotKind.APPROVAL, max_choices=3),
    BallotRules(BallotKind.RANKED, max_choices=3),
    BallotRules(BallotKind.CUMULATIVE, min_points=1, max_sum=6),
    BallotRules(BallotKind.KNAPSACK),
    BallotRules(BallotKind.CHOOSE_THEN_SCORE, max_choices=2, min_points=1, max_points=3),
)


@pytest.fixture(scope="module")
def program() -> ModuleType:
    """`recount.py`, loaded."""
    spec = importlib.util.spec_from_file_location("recount", ENCLOSED / "recount.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def an_election(chance: random.Random) -> Election:
    """Up to six bids and nine different ballots."""
    rules = chance.choice(BALLOTS)
    bids = tuple(
        Project(
            f"B-{number}", chance.choice([10, 15, 20, 20, 30, 40, 50, 70]) * 100, is_withdrawn=chance.random() < 0.1
        )
        for number in range(chance.randint(1, 6))
    )
    cast = [(_choices(chance, rules, [bid.ref for bid in bids]), chance.randint(1, 3)) for _ in range(9)]
    ballots = Ballots.of(rules.kind, cast[: chance.randint(1, 9)])
    return Election(bids, chance.choice([50, 80, 100, 130]) * 100, ballots, rules, chance.choice([100, 1]))


def _choices(chance: random.Random, rules: BallotRules, refs: list[str]) -> Choices:
    chance.shuffle(refs)
    few = refs[: chance.randint(1, rules.max_choices or len(refs))]
    match rules.kind:
        case BallotKind.SCORE:
            return {ref: chance.randint(1, 5) for ref in refs}
        case BallotKind.CHOOSE_THEN_SCORE | BallotKind.CUMULATIVE:
            return {ref: chance.randint(1, 3) for ref in few[:2]}
        case _:
            return tuple(few)


def a_rule(chance: random.Random, name: str) -> Rule:
    """The rule with tie keys of a hall and, now and then, with options that a hall is not offered."""
    options: dict[str, Any] = {}
    if name == "greedy-threshold":
        options["threshold"] = chance.randint(1, 12)
    if chance.random() < 0.15:
        options["minimum_mean"] = Fraction(chance.randint(1, 5), 2)
    if name.startswith("equalshares") and chance.random() < 0.3:
        options["utilities"] = Utilities.CARDINALITY
    return Rule(name, ties=chance.choice(TIES), **options)


def drawn_outcome(chance: random.Random, election: Election, rule: Rule) -> tuple[Outcome, list[list[str]]]:
    """The outcome once every tie is drawn, and the draws."""
    draws: list[list[str]] = []
    while (outcome := count(election, rule, draws)).waiting:
        order = list(outcome.waiting)
        chance.shuffle(order)
        assert order not in draws, "a draw that changes nothing"
        draws.append(order)
    return outcome, draws


def recounted(program: ModuleType, election: Election, rule: Rule, draws: list[list[str]], *, whole: bool) -> Any:
    """What `recount.py` makes of the election, from whole ballots or from marks."""
    bundle = object.__new__(program.Bundle)
    text = "".join(ballot_lines(dict(election.ballots.texts()))) if whole else ""
    bundle.text = {"ballots.tsv": text}
    bundle.json = {} if whole else {"marks.json": json.loads(json.dumps(marks_of(election)))}
    bundle.ballots = [(json.loads(ballot), int(n)) for ballot, n in (line.split("\t") for line in text.splitlines())]
    bundle.ledger = [{"type": "draw", "body": {"order": order}} for order in draws]
    bundle.ask = {bid.ref: bid.ask for bid in election.bids}
    bundle.election = {
        "rule": rule.to_dict(),
        "share": election.share,
        "ballot": election.ballot_rules.to_dict(),
        "minor_units": election.minor_units,
        "bids": [{"ref": bid.ref, "ask": bid.ask, "is_withdrawn": bid.is_withdrawn} for bid in election.bids],
    }
    return bundle.count()


@pytest.mark.parametrize("name", RULES)
def test_the_recount_comes_to_the_same_end(program: ModuleType, name: str) -> None:
    chance = random.Random(name)
    drawn = 0
    for _ in range(ELECTIONS):
        election, rule = an_election(chance), a_rule(chance, name)
        outcome, draws = drawn_outcome(chance, election, rule)
        drawn += len(draws)
        expected = outcome_text(outcome, election, Shown.BALLOTS)
        for whole in {True, rule.needs_ballots}:
            assert recounted(program, election, rule, draws, whole=whole) == expected, (election, rule, draws)
    assert drawn


def complaints(program: ModuleType, check: str, **attributes: Any) -> list[str]:
    """What one check says against a bundle of which so much is known."""
    bundle = object.__new__(program.Bundle)
    vars(bundle).update(attributes)
    return list(getattr(bundle, check)())[1:]  # the first says what it is about


@pytest.mark.parametrize(("points", "number"), [(0, 1), (1, 0), (5, 0), (6, 1)])
def test_a_mark_outside_the_limits_is_named(program: ModuleType, points: int, number: int) -> None:
    rules = {"kind": "score", "min_points": 1, "max_points": 5}
    said = complaints(
        program, "check_ballots",
        election={"ballot": rules, "share": 10}, ask={"a": 5, "b": 5}, json={}, shown="ballots", number=1,
        ballots=[({"a": 3, "b": points}, 1)],
    )  # fmt: skip
    assert said == [f'ballots.tsv: this is no complete ballot: {{"a":3,"b":{points}}}.'] * number


@pytest.mark.parametrize(("extra", "mismatches", "number"), [(0, [], 0), (1, ["one"], 0), (1, [], 1), (0, ["x"], 1)])
def test_exactly_one_ballot_without_a_slip_must_be_named(
    program: ModuleType, extra: int, mismatches: list[str], number: int
) -> None:
    account = {
        "printed": 1, "live": 1, "void": 0, "spare": 0, "test": 0, "handed_out": 1, "voted": 1, "replaced": 0,
        "on_paper": 0, "spoilt": 0,
        "left_over": 0, "door_count": 1, "unaccounted": extra, "mismatches": mismatches, "reason": "left" * extra,
    }  # fmt: skip
    said = complaints(
        program, "check_account",
        json={"account.json": account}, codes=[("00", "live", "A-1", 1)], number=1, ledger=[],
        lines={"check-numbers.txt": ["AAAAAAAA"]},
    )  # fmt: skip
    assert len(said) == number
    assert all("do not balance" in sentence for sentence in said)
