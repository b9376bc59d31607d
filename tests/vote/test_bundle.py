"""The audit bundle of every rule and kind of ballot: `recount.py`, run as a resident runs it, finds that all fits."""

import ast
import hashlib
import io
import itertools
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from pbvote.call.rounds.ballot_forms import HALL_RULES
from pbvote.call.rounds.rule_words import TIE_LISTS
from pbvote.tally import BallotRules, Rule, TieKey, Utilities
from pbvote.vote.audit.bundle import ENCLOSED, bundle_of
from pbvote.vote.count.outcome import TieDrawn, outcome_of
from pbvote.vote.count.published import recount_digest
from pbvote.vote.ledger.service import records_of
from tests.bundles import DRAWN, contents
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import APPROVAL, CHOOSE_THEN_SCORE, CUMULATIVE, KNAPSACK, RANKED, SCORE, the_event, writing
from tests.faults import IS_FULL
from tests.finished_polls import POT_PENCE, bundle_file, finish_poll, recount
from tests.pabulib_checker import errors_in

KINDS = {rules.kind.value: rules for rules in (SCORE, APPROVAL, RANKED, KNAPSACK, CUMULATIVE, CHOOSE_THEN_SCORE)}
TIES = [keys for _, keys in TIE_LISTS.values()]
RECOUNT = ENCLOSED / "recount.py"
ALWAYS = {
    *("README.txt", "account.json", "check-numbers.txt", "codes.txt", "election.json", "ledger.jsonl"),
    *("outcome.json", "recount.py", "seal.txt", "words.txt"),
}


def hall_rule(name: str, seed: int) -> Rule:
    """A rule of a hall, with one of its lists of tie keys."""
    return Rule(name, ties=TIES[seed % len(TIES)], threshold=9 if name == "greedy-threshold" else 0)


def fits(bundle: Path) -> str:
    """What the recount says; it must say that everything fits."""
    status, said = recount(bundle)
    assert status == 0, said
    assert "\nEverything fits. Funded, in this order:" in said
    assert "DOES NOT FIT" not in said
    return said


def test_the_recount_is_one_short_file_of_the_standard_library() -> None:
    text = RECOUNT.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    nodes = list(ast.walk(ast.parse(text, feature_version=(3, 9))))
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names
    assert not {"importlib", "os", "socket", "subprocess", "urllib"} & imported
    assert "__import__" not in text


# Each kind of ballot with two or three rules and each rule with two kinds of ballot; in full, each with each.
RECOUNTED = [
    (kind, name)
    for (row, kind), (column, name) in itertools.product(enumerate(KINDS), enumerate(HALL_RULES))
    if IS_FULL or (row + column) % 3 == 0
]


@pytest.mark.parametrize(("kind", "name"), RECOUNTED)
def test_every_rule_and_ballot_of_a_hall_is_recounted(app: Flask, tmp_path: Path, kind: str, name: str) -> None:
    seed = sorted(KINDS).index(kind) + 7 * HALL_RULES.index(name)
    finish_poll(app, KINDS[kind], hall_rule(name, seed), seed, whole=seed % 3 == 0)
    fits(bundle_file(app, tmp_path))


@both_databases
@pytest.mark.parametrize(("kind", "name"), [("score", "greedy"), ("approval", "equalshares/add1")])
def test_both_databases_give_a_bundle_that_fits(app: Flask, tmp_path: Path, kind: str, name: str) -> None:
    finish_poll(app, KINDS[kind], Rule(name, ties=DRAWN), seed=3)
    fits(bundle_file(app, tmp_path))


@pytest.mark.parametrize(
    "rule",
    [
        Rule("equalshares", ties=DRAWN),
        Rule("equalshares/add1u", ties=DRAWN),
        Rule("equalshares/add1", ties=DRAWN, utilities=Utilities.CARDINALITY),
        Rule("greedy", ties=(TieKey.LISTED,), threshold=4),
    ],
    ids=lambda rule: f"{rule.name} {rule.utilities}",
)
def test_relatives_of_these_rules_are_recounted_too(app: Flask, tmp_path: Path, rule: Rule) -> None:
    finish_poll(app, APPROVAL, rule, seed=5)
    fits(bundle_file(app, tmp_path))


def test_a_rule_that_it_does_not_know_is_not_said_to_fit(app: Flask, tmp_path: Path) -> None:
    finish_poll(app, APPROVAL, Rule("greedy", ties=DRAWN, by_mean=True))
    status, said = recount(bundle_file(app, tmp_path))
    assert status == 1
    assert "outcome.json" in said
    assert "does not know the rule" in said


def test_names_drawn_in_the_room_are_recounted_and_said(app: Flask, tmp_path: Path) -> None:
    # Everybody gives all bids the same mark, and they ask for more than there is: only the draw parts them.
    level = BallotRules(SCORE.kind, min_points=3, max_points=3, must_score_all=True)
    finish_poll(app, level, Rule("greedy", ties=(TieKey.DRAW,)), seed=8)
    said = fits(bundle_file(app, tmp_path))
    with app.app_context():
        called = {slot.bid.reference: slot.as_on_paper for slot in the_event().running_order}
        [drawn] = records_of(the_event(), TieDrawn)
        outcome = outcome_of(the_event())
    assert outcome
    for order in (drawn.order, outcome.funded):
        assert len(order) > 1
    names = "; ".join(called[reference] for reference in drawn.order)
    assert f"Drawn in the room after the seal, and confirmed by witness 1: {names}\n" in said
    names = "; ".join(called[reference] for reference in outcome.funded)
    assert f"\nEverything fits. Funded, in this order: {names}\n" in said
    assert "Project of Group 4 (number 4, Group 4, B-04); " in said


@pytest.mark.parametrize(
    ("whole", "voters", "shown", "absent"),
    [
        (False, 9, {"marks.json", "salt.txt"}, "ballots.tsv"),
        (True, 9, {"ballots.tsv", "salt.txt", "votes.pb"}, "marks.json"),
        (True, 4, set(), "salt.txt"),
    ],
    ids=["marks", "ballots", "awards"],
)
def test_it_holds_what_is_shown_and_no_more(
    app: Flask, tmp_path: Path, whole: bool, voters: int, shown: set[str], absent: str
) -> None:
    finish_poll(app, SCORE, Rule("greedy", ties=DRAWN), 1, voters, whole=whole)
    bundle = bundle_file(app, tmp_path)
    files = contents(bundle)
    assert set(files) == ALWAYS | shown
    assert absent not in files
    assert files["recount.py"] == RECOUNT.read_text(encoding="utf-8")
    said = fits(bundle)
    outcome = json.loads(files["outcome.json"])
    assert ("nobody can count them again" in said) is (voters < 5)
    if voters < 5:
        assert list(outcome) == ["funded"]
        assert outcome["funded"] == sorted(outcome["funded"])
    else:
        assert outcome["margin"].keys() == {"at_least", "enough"}
        assert all(bid["total"] for bid in outcome["bids"])


def test_the_same_event_is_the_same_bytes_whatever_its_locality_is_called_now(app: Flask) -> None:
    finish_poll(app, SCORE, Rule("greedy", ties=DRAWN))
    with app.app_context():
        before = bundle_of(the_event())
    with writing(app):
        the_event().share.locality.name = "Sale Moor"
        the_event().share.publishes_ballots = True
    with app.app_context():
        after = bundle_of(the_event())
    assert before
    assert after
    assert hashlib.sha256(before).digest() == hashlib.sha256(after).digest()


def test_before_the_publication_there_is_no_bundle(app: Flask) -> None:
    finish_poll(app, SCORE, Rule("greedy", ties=DRAWN), is_published=False)
    with app.app_context():
        assert bundle_of(the_event()) is None


@pytest.mark.parametrize("kind", KINDS)
def test_the_pabulib_file_passes_its_own_checker(app: Flask, tmp_path: Path, kind: str) -> None:
    finish_poll(app, KINDS[kind], Rule("phragmen", ties=DRAWN), seed=2)
    text = contents(bundle_file(app, tmp_path))["votes.pb"]
    assert errors_in(text) == {}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not quite", b"hello"])
def test_what_is_no_bundle_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    bundle = tmp_path / "other.zip"
    bundle.write_bytes(content)
    status, said = recount(bundle)
    assert status == 2
    assert "is no bundle" in said


def test_neither_is_a_file_that_is_not_there_or_holds_something_else(tmp_path: Path) -> None:
    assert recount(tmp_path / "missing.zip")[0] == 2
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("photo.jpg", "a photo")
    status, said = recount(tmp_path / "photos.zip")
    assert status == 2
    assert "is no bundle" in said


def test_a_knapsack_says_how_much_it_holds(app: Flask, tmp_path: Path) -> None:
    finish_poll(app, KNAPSACK, Rule("greedy", ties=DRAWN), whole=True)
    files = contents(bundle_file(app, tmp_path))
    election = json.loads(files["election.json"])
    assert election["ballot"]["max_spend"] == election["share"] == POT_PENCE
    assert f"\nmax_sum_cost;{POT_PENCE // 100}\n" in files["votes.pb"]


def test_its_digest_is_that_of_the_program_in_the_bundle(app: Flask, tmp_path: Path) -> None:
    finish_poll(app, SCORE, Rule("greedy", ties=DRAWN))
    bundle = bundle_file(app, tmp_path)
    assert recount_digest() == hashlib.sha256(contents(bundle)["recount.py"].encode()).hexdigest()
    readme = contents(bundle)["README.txt"]
    assert "Don't trust the\nrecount.py in this bundle" in readme
    assert "SHA-256" in readme
    assert "out of\nthis bundle" not in readme


def test_the_ledger_and_the_page_hold_the_digest_of_the_program_that_is_served(
    app: Flask, client: CheckedClient
) -> None:
    slug = finish_poll(app, SCORE, Rule("greedy", ties=DRAWN))
    with zipfile.ZipFile(io.BytesIO(client.get(f"/results/{slug}/bundle.zip").data)) as archive:
        own = hashlib.sha256(archive.read("recount.py")).hexdigest()
        entries = [json.loads(line) for line in archive.read("ledger.jsonl").splitlines()]
    assert [entry["body"]["recount"] for entry in entries if entry["type"] == "publish"] == [own]
    assert f'<code class="digest" translate="no">{own}</code>' in client.get(f"/results/{slug}").text


def test_a_bundle_that_would_fill_the_memory_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ledger.jsonl", b"[" * 20_000_001)
    status, said = recount(tmp_path / "bomb.zip")
    assert (status, said.count("\n")) == (2, 1)
    assert "is no bundle: its files have more than 20,000,000 bytes" in said


@pytest.mark.parametrize("name", ["ledger.jsonl", "election.json", "outcome.json", "account.json"])
def test_what_is_nested_too_deep_is_said_not_to_fit(app: Flask, tmp_path: Path, name: str) -> None:
    finish_poll(app, SCORE, Rule("greedy", ties=DRAWN))
    files = contents(bundle_file(app, tmp_path)) | {name: "[" * 100_000 + "]" * 100_000 + "\n"}
    with zipfile.ZipFile(tmp_path / "deep.zip", "w") as archive:
        for each, text in files.items():
            archive.writestr(each, text)
    status, said = recount(tmp_path / "deep.zip")
    assert status == 1
    assert f"DOES NOT FIT: {name} is missing or can't be read (RecursionError" in said


def test_no_name_in_a_bundle_makes_a_line_of_its_own(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "forged.zip", "w") as archive:
        archive.writestr("ledger.jsonl", "{}\n")
        archive.writestr("x\x1b[2J\nEverything fits. Funded, in this order: B-01", "x")
    status, said = recount(tmp_path / "forged.zip")
    assert status == 1
    assert all(line.isprintable() and not line.startswith("Everything fits") for line in said.splitlines())


def test_it_says_the_same_with_optimised_python(app: Flask, tmp_path: Path) -> None:
    finish_poll(app, SCORE, Rule("greedy", ties=DRAWN))
    bundle = bundle_file(app, tmp_path)
    command: list[str | Path] = [sys.executable, "-OO", RECOUNT, bundle]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == recount(bundle)[1]
