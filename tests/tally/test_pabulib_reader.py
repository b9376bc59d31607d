"""The reader of `.pb` files: what real files do is read, what is wrong is refused with line and column."""

import io
import re
from collections.abc import Mapping
from fractions import Fraction

import pytest

from pbvote.tally import BallotKind, TieKey, count
from pbvote.tally.pabulib import PabulibError, PabulibFile, read_pabulib
from pbvote.tally.pabulib.numbers import Decimal, written
from tests.tally.pb_text import PROJECTS, VOTES, pb_text


def read(text: str | bytes) -> PabulibFile:
    return read_pabulib(io.BytesIO(text.encode() if isinstance(text, str) else text))


def test_a_small_file_is_read() -> None:
    file = read(pb_text())
    assert file.election.share == 10_000
    assert [(bid.ref, bid.ask) for bid in file.election.bids] == [("a", 6_000), ("b", 5_000)]
    assert dict(file.election.ballots.choices()) == {("a",): 2, ("a", "b"): 1}
    assert file.rule is not None
    assert file.rule.ties == (TieKey.LISTED,)
    assert count(file.election, file.rule).funded == ("a",)
    assert file.official is None
    assert file.findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + pb_text(),
        pb_text().replace("\n", "\r\n"),
        pb_text().replace("\n", "\n\n"),
        pb_text().replace("META", " meta ").replace("VOTES", "Votes"),
        pb_text(votes="voter_id;age;vote\n1;12;a\n2;40-59;a, b\n3;;a"),
        pb_text(votes="vote;voter_id\na;1\na,b;2\na;3"),
        pb_text(projects="project_id;cost\na;60\nb;50.0"),
        pb_text(projects="project_id;cost;name\na;60;“x\u2028y”\nb;50;z\x0b"),
        pb_text({"rule": "unknown", "something_new": "1"}),
    ],
    ids=["bom", "crlf", "blank-lines", "marker-case", "columns", "vote-first", "no-votes", "odd-breaks", "new-key"],
)
def test_the_same_election_in_other_dress_is_read(text: str) -> None:
    election = read(text).election
    plain = read(pb_text()).election
    assert (election.share, election.ballots) == (plain.share, plain.ballots)
    assert [bid.ask for bid in election.bids] == [6_000, 5_000]


BAD_FILES: Mapping[str, tuple[str | bytes, int, str, str]] = {
    "empty": ("", 1, "1", "before its section META"),
    "no marker": ("key;value\n", 1, "1", "begins with “key”"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00", 1, "1", "UTF-8"),
    "not UTF-8 on line 4": (b"META\nkey;value\na;b\nc;\xff\n", 4, "1", "UTF-8"),
    "cut off inside a letter": (pb_text().encode() + "ł".encode()[:1], 23, "1", "UTF-8"),
    "colon for semicolon": (pb_text().replace("rule;greedy", "rule: greedy"), 11, "value", "1 cells where 2"),
    "META without columns": (pb_text().replace("key;value\n", ""), 2, "1", "key;value"),
    "key twice": (pb_text().replace("unit;", "budget;3\nunit;"), 10, "key", "“budget” is given a second time, with"),
    "no PROJECTS": ("META\nkey;value\nbudget;3\n", 3, "1", "ends before its section PROJECTS"),
    "VOTES before PROJECTS": ("META\nkey;value\nVOTES\nPROJECTS\n", 3, "1", "VOTES stands where PROJECTS"),
    "no VOTES": (pb_text().split("VOTES")[0], 17, "1", "ends before its section VOTES"),
    "META twice": (pb_text().replace("VOTES", "META"), 18, "1", "META stands where VOTES"),
    "PROJECTS twice": (pb_text() + "PROJECTS\n", 23, "1", "a second section PROJECTS"),
    "no budget": (pb_text({"budget": ""}), 1, "value", "META gives no budget"),
    "absurd budget": (pb_text({"budget": "1e999999999"}), 9, "value", "budget is “1e999999999”"),
    "no number": (pb_text({"budget": "NaN"}), 9, "value", "“NaN”"),
    "negative budget": (pb_text({"budget": "-1"}), 9, "value", "negative"),
    "long budget": (pb_text({"budget": "9" * 5000}), 9, "value", "no number that can be counted with"),
    "vote type": (pb_text({"vote_type": "magic"}), 10, "value", "vote_type is “magic”"),
    "limit": (pb_text({"max_length": "many"}), 14, "value", "max_length is “many”"),
    "more voters": (pb_text({"num_votes": "4"}), 8, "value", "VOTES has 3; is the file cut off after line 22"),
    "fewer voters": (pb_text({"num_votes": "2"}), 8, "value", "is 2, but VOTES has 3"),
    "number of projects": (pb_text({"num_projects": "3"}), 7, "value", "is 3, but PROJECTS lists 2"),
    "no id column": (pb_text(projects="id;cost\na;60"), 15, "1", "no column is named “project_id”"),
    "no columns": (pb_text().split("project_id")[0], 14, "1", "ends before the column names of PROJECTS"),
    "column twice": (pb_text(projects="project_id;cost;cost\na;60;3"), 15, "3", "a second column is named “cost”"),
    "short row": (pb_text(projects=PROJECTS + "\nc;3"), 18, "votes", "2 cells where 3"),
    "long row": (pb_text(projects=PROJECTS + "\nc;3;1;1"), 18, "4", "4 cells where 3"),
    "id twice": (pb_text(projects=PROJECTS + "\na;3;1"), 18, "project_id", "“a” is listed already on line 16"),
    "no id": (pb_text(projects=PROJECTS + "\n;3;1"), 18, "project_id", "no reference"),
    "comma in an id": (pb_text(projects=PROJECTS + "\nc,d;3;1"), 18, "project_id", "no reference"),
    "no cost": (pb_text(projects=PROJECTS + "\nc;;1"), 18, "cost", "no cost"),
    "cost of nothing": (pb_text(projects=PROJECTS + "\nc;0;1"), 18, "cost", "more than 0"),
    "negative cost": (pb_text(projects=PROJECTS + "\nc;-5;1"), 18, "cost", "more than 0"),
    "infinite cost": (pb_text(projects=PROJECTS + "\nc;inf;1"), 18, "cost", "“inf”"),
    "wrong votes": (pb_text(projects="project_id;cost;votes\na;60;3\nb;50;2"), 17, "votes", "2 votes, but 1 ballots"),
    "no vote column": (pb_text(votes="voter_id;choice\n1;a"), 19, "1", "no column is named “vote”"),
    "unknown id": (pb_text(votes="voter_id;vote\n1;a\n\n2;a,z\n3;a"), 22, "vote", "“z” is not listed"),
    "voter twice": (pb_text(votes="voter_id;vote\n1;a\n2;a,b\n1;a"), 22, "voter_id", "voted already on line 20"),
    "cut off inside a row": (pb_text(votes="voter_id;vote\n1;a\n2"), 21, "vote", "1 cells where 2"),
    "points missing": (pb_text({"vote_type": "cumulative"}), 19, "1", "no column is named “points”"),
    "too few points": (
        pb_text({"vote_type": "cumulative"}, votes="voter_id;vote;points\n1;a;1\n2;a,b;3\n3;a;1"),
        21, "points", "1 numbers of points for 2 projects",
    ),
    "points that are none": (
        pb_text({"vote_type": "cumulative"}, votes="voter_id;vote;points\n1;a;1\n2;a,b;3,x\n3;a;1"),
        21, "points", "“x” is no number",
    ),
    "quote that never closes": (pb_text(votes='voter_id;vote\n1;"a\n' + "2;a\n" * 100_000), 20, "1", "field larger"),
    "old line ends": (pb_text().replace("\n", "\r"), 1, "1", "not a row of cells"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD_FILES)
def test_a_bad_file_is_refused_with_line_and_column(what: str) -> None:
    text, line, column, reason = BAD_FILES[what]
    with pytest.raises(PabulibError, match=re.escape(reason)) as caught:
        read(text)
    assert str(caught.value).startswith("line ")
    assert caught.value.column == column
    assert caught.value.line == line or what == "quote that never closes"


def test_amounts_are_exact_and_never_floored() -> None:
    file = read(pb_text({"budget": "1331751.11"}, projects="project_id;cost;votes\na;0.125;3\nb;50,5;1"))
    assert file.election.minor_units == 1000
    assert (file.election.share, [bid.ask for bid in file.election.bids]) == (1_331_751_110, [125, 50_500])
    assert written(file.election.share, 1000) == "1331751.11"
    assert Decimal.read("400000.0").value == Fraction(400_000)


def test_a_cost_of_999999999_means_withdrawn() -> None:
    file = read(pb_text({"rule": "greedy-no-skip"}, projects="project_id;cost;votes\na;999999999;3\nb;50;1"))
    assert file.rule is not None
    assert count(file.election, file.rule).funded == ("b",)


@pytest.mark.parametrize(("votes", "is_read"), [("3", True), ("4", True), ("5", False)])
def test_a_project_named_twice_may_be_stated_once_or_twice(votes: str, is_read: bool) -> None:
    text = pb_text(projects=f"project_id;cost;votes\na;60;{votes}\nb;50;1", votes="voter_id;vote\n1;a,a\n2;a,b\n3;a")
    if not is_read:
        with pytest.raises(PabulibError, match="states 5 votes, but 3 ballots"):
            read(text)
        return
    file = read(text)
    assert dict(file.election.ballots.choices()) == {("a",): 2, ("a", "b"): 1}
    assert [finding.line for finding in file.findings] == [20]


def test_a_blank_ballot_is_a_voter() -> None:
    assert read(pb_text(votes="voter_id;vote\n1;a\n2;a,b\n3;").replace("a;60;3", "a;60;2")).election.ballots.voters == 3


def ordinal(votes: str, scores: str = "", **meta: str) -> PabulibFile:
    columns = "project_id;cost;score" if scores else "project_id;cost"
    rows = zip(("a", "b"), scores.split(), strict=False) if scores else (("a",), ("b",))
    projects = "\n".join([columns, *(";".join((row[0], "10", *row[1:])) for row in rows)])
    return read(pb_text({"vote_type": "ordinal", **meta}, projects=projects, votes=votes))


def totals(file: PabulibFile) -> dict[str, int]:
    assert file.rule is not None
    return {step.ref: step.total for step in count(file.election, file.rule).steps}


RANKINGS = "voter_id;vote\n1;a\n2;a,b\n3;b,a"


@pytest.mark.parametrize(
    ("scores", "expected"),
    [("", {"a": 8, "b": 5}), ("8 5", {"a": 8, "b": 5}), ("4 3", {"a": 4, "b": 3}), ("5 3", {"a": 5, "b": 3})],
    ids=["no score", "max_length", "own length", "longest list"],
)
def test_places_become_points_as_the_city_counted(scores: str, expected: dict[str, int]) -> None:
    if scores == "4 3":
        expected = {"a": 1 + 2 + 1, "b": 1 + 2}
    file = ordinal(RANKINGS, scores, max_length="3")
    assert totals(file) == expected
    assert not [finding for finding in file.findings if finding.column == "score"]


def test_points_of_a_ranking_are_what_its_places_are_worth() -> None:
    file = ordinal("voter_id;vote;points\n1;a;5\n2;a,b;5,3\n3;b,a;5,3", "13 8", max_length="2")
    assert file.election.ballot_rules.place_points == (5, 3)
    assert totals(file) == {"a": 13, "b": 8}


def test_points_of_a_ranking_may_be_each_voters_own() -> None:
    file = ordinal("voter_id;vote;points\n1;a;5\n2;a,b;4,3\n3;b,a;5,1", "10 8", max_length="2")
    assert file.election.ballots.kind is BallotKind.SCORE
    assert totals(file) == {"a": 10, "b": 8}


def test_a_ranking_may_lack_its_points() -> None:
    file = ordinal("voter_id;vote;points\n1;a;\n2;a,b;5,3\n3;b,a;", "5 3", max_length="2")
    assert file.election.ballots.kind is BallotKind.RANKED
    assert totals(file) == {"a": 5, "b": 3}


def test_scores_that_no_ballots_give_are_counted_and_reported() -> None:
    file = ordinal(RANKINGS, "70 100", max_length="3")
    assert totals(file) == {"b": 100, "a": 70}
    assert [finding.column for finding in file.findings] == ["score"]


def test_parts_of_points_are_counted_exactly() -> None:
    file = read(
        pb_text(
            {"vote_type": "cumulative", "max_sum_points": "1"},
            projects="project_id;cost;score\na;60;2.5\nb;50;0.5",
            votes="voter_id;vote;points\n1;a;1\n2;a,b;0.5,0.5\n3;a;1.0",
        )
    )
    assert totals(file) == {"a": 25, "b": 5}
    assert file.election.ballot_rules.max_sum == 10
    assert [str(finding) for finding in file.findings] == ["points are counted in units of 1/10"]


def test_ballots_beyond_the_limits_are_counted_and_reported() -> None:
    file = read(pb_text({"min_length": "2", "max_length": "2"}, votes=VOTES))
    assert file.election.ballots.voters == 3
    assert [str(finding) for finding in file.findings] == ["2 ballots have fewer projects than min_length, 2"]


def test_what_was_funded_from_the_budget_is_official() -> None:
    projects = "project_id;cost;selected\na;60;1\nb;50;2"
    assert read(pb_text({"rule": "greedy-no-skip"}, projects=projects)).official == frozenset({"a"})
    assert read(pb_text({"rule": "greedy-custom"}, projects=projects)).official == frozenset({"a", "b"})
    assert read(pb_text(projects="project_id;cost;selected\na;60;\nb;50;")).official is None


@pytest.mark.parametrize(
    ("named", "name", "threshold", "top_up"),
    [
        ("greedy", "greedy", 2, None),
        ("greedy-no-skip", "greedy-no-skip", 2, None),
        ("greedy-threshold", "greedy-threshold", 2, None),
        ("greedy-custom", "greedy-top-up", 2, 80),
        ("unknown", "greedy", 0, None),
    ],
)
def test_the_rule_is_the_one_that_the_file_names(named: str, name: str, threshold: int, top_up: int | None) -> None:
    rule = read(pb_text({"rule": named, "min_project_score_threshold": "2"})).rule
    assert rule is not None
    assert (rule.name, rule.threshold, rule.top_up_percent) == (name, threshold, top_up)


def test_a_rule_that_nobody_knows_is_none() -> None:
    assert read(pb_text({"rule": "magic"})).rule is None


@pytest.mark.parametrize("number", ["1,000", "1,000,000", "12,500.50", "1.000.000,00", "1 000", "1\u00a0000", "1'000"])
def test_marks_between_thousands_are_refused_with_the_number(number: str) -> None:
    with pytest.raises(PabulibError) as caught:
        read(pb_text({"budget": number}))
    shown = number.replace("\u00a0", " ")
    said = f"line 9, column value: budget is “{shown}”, which has a mark between its thousands; write it without one"
    assert str(caught.value) == said


def count_it(text: str) -> None:
    file = read(text)
    assert file.rule
    count(file.election, file.rule)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (pb_text({"num_votes": "1,003"}), "line 8, column value: num_votes is “1,003”"),
        (pb_text({"min_length": "1,000"}), "line 14, column value: min_length is “1,000”"),
        (pb_text({"max_sum_cost": "1,000"}), "line 14, column value: max_sum_cost is “1,000”"),
        (
            pb_text({"rule": "greedy-threshold", "min_project_score_threshold": "1,000"}),
            "line 14, column value: min_pro",
        ),
        (pb_text(projects="project_id;cost\na;1,000\nb;50"), "line 16, column cost: “1,000”"),
        (pb_text(projects="project_id;cost;votes\na;60;1,003\nb;50;1"), "line 16, column votes: “1,003”"),
        (pb_text(projects="project_id;cost;score\na;60;1,003\nb;50;1"), "line 16, column score: “1,003”"),
    ],
)
def test_so_are_they_in_every_other_number(text: str, where: str) -> None:
    with pytest.raises(PabulibError, match=r"has a mark between its thousands") as caught:
        count_it(text)
    assert str(caught.value).startswith(where)


def test_a_number_that_could_be_meant_otherwise_is_read_with_a_note() -> None:
    file = read(pb_text({"budget": "100,50"}, projects="project_id;cost\na;60,5\nb;50,25"))
    assert (file.election.share, [bid.ask for bid in file.election.bids]) == (10_050, [6_050, 5_025])
    assert [str(finding) for finding in file.findings] == [
        "line 9, column value: budget is “100,50” and is read as 100.50, with a decimal comma",
        "line 16, column cost: “60,5” is read as 60.5, with a decimal comma",
    ]
    assert [str(finding) for finding in read(pb_text({"budget": "100.000"})).findings] == [
        "line 9, column value: budget is “100.000” and is read as 100, with a decimal point"
    ]


@pytest.mark.parametrize(("limit", "notes"), [("1,000", 1), ("many", 1), ("inf", 0), ("9", 0)])
def test_a_limit_of_points_that_is_no_number_is_said_to_set_none(limit: str, notes: int) -> None:
    meta = {"vote_type": "cumulative", "max_sum_points": limit}
    said = [str(one) for one in read(pb_text(meta, votes="voter_id;vote;points\n1;a;1\n2;a,b;1,1\n3;a;1")).findings]
    assert said == [f"line 14, column value: max_sum_points is “{limit}”, which is no number; it sets no limit"] * notes
