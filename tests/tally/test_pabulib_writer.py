"""Files that are written: every kind of ballot passes Pabulib's own checker and is read as the same election."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from pabulib.checker import Checker

from pbvote.tally import BallotKind, BallotRules, Ballots, Choices, Election, Project, Rule, TieKey, Utilities, count
from pbvote.tally.pabulib import read_pabulib, write_pabulib
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


def check(text: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    errors: dict[str, object] = Checker().process_files([text])[1]["results"]["errors"]
    capsys.readouterr()  # the checker prints
    return errors


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
def test_every_kind_and_rule_passes_the_checker(kind: str, rule: Rule, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(written(KINDS[kind], rule), capsys) == {}


# The format has no word for these: what comes back is plain approval or scoring, or has a limit.
CHANGED = ("cumulative without a limit", "score", "knapsack", "choose-then-score")


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


def test_what_the_format_cannot_say_stands_in_the_comment(capsys: pytest.CaptureFixture[str]) -> None:
    counted = approval(10_000, {"a": 6_000, "b": 6_000}, {"a": 2, "": 3})
    text = written(counted, Rule("greedy", ties=(TieKey.DRAW,), by_mean=True))
    assert (
        "comment;#1: 3 blank ballots are left out. #2: Rule: Most votes first. "
        "#3: Projects are ranked by their points per ballot that names them. #4: Ties: draw.\n"
    ) in text.replace('"', "")
    assert "num_votes;2\n" in text
    assert check(text, capsys) == {}
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


def test_enough_for_all_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    text = written(approval(100_000, {"a": 60_000, "b": 30_000}, {"a b": 2}), Rule(ties=(TieKey.LISTED,)))
    assert "fully_funded;1\n" in text
    assert check(text, capsys) == {}


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
