"""A ledger that was made up again, hashes, seal and all, so that only what it tells can give it away.

Against such a forger the photo of the seal is the proof: `recount.py` names what makes no sense, and prints the words.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from pbvote.core.hashes import canonical
from pbvote.core.words import words_of
from pbvote.tally import BallotRules, Rule, TieKey
from pbvote.vote.ledger.chain import FIRST, entry_hash
from tests.bundles import DRAWN, Files, Main, contents, main, run
from tests.factories import APPROVAL, SCORE
from tests.finished_polls import bundle_file, finish_poll

Entries = list[dict[str, Any]]
Forgery = Callable[[Entries], object]

__all__ = ["main"]


def forged(files: Files, forgery: Forgery) -> Files:
    """The files with a changed ledger, every hash after the change made to fit, and its own seal."""
    entries: Entries = [json.loads(line) for line in files["ledger.jsonl"].splitlines()]
    forgery(entries)
    before = FIRST
    for number, entry in enumerate(entries, 1):
        entry |= {"seq": number, "prev": before}
        before = entry["hash"] = entry_hash(entry)
    [seal] = [entry["hash"] for entry in entries if entry["type"] == "seal"]
    return files | {
        "ledger.jsonl": "".join(f"{canonical(entry)}\n" for entry in entries),
        "seal.txt": f"{seal}\n{' '.join(words_of(seal))}\n",
    }


def one(entries: Entries, kind: str) -> dict[str, Any]:
    """The first entry of a kind."""
    return next(entry for entry in entries if entry["type"] == kind)


def body(kind: str, **changes: object) -> Forgery:
    """A forgery of the first entry of a kind: other words in its body."""
    return lambda entries: one(entries, kind)["body"].update(changes)


def voided(**changes: object) -> Forgery:
    """A forgery of the void that took a ballot out."""

    def change(entries: Entries) -> None:
        [found] = [entry for entry in entries if entry["type"] == "void" and entry["body"]["ballots"]]
        found["body"].update(changes)

    return change


def moved(kind: str, place: int) -> Forgery:
    """A forgery that moves the first entry of a kind elsewhere."""

    def move(entries: Entries) -> None:
        entry = one(entries, kind)
        entries.remove(entry)
        entries.insert(place, entry)

    return move


FORGERIES: dict[str, tuple[Forgery, str]] = {
    "counted alone": (
        lambda entries: body("count", second=f"account {one(entries, 'count')['actor']}")(entries),
        "(count) was confirmed by no second person",
    ),
    "counted by nobody else": (body("count", second=""), "no second person"),
    "a witness without a card": (body("count", second="witness 7"), "no second person"),
    "the witness's card was taken back": (
        lambda entries: entries.insert(
            entries.index(one(entries, "count")),
            {**one(entries, "witness"), "body": {"witness": 1, "is_cancelled": True}},
        ),
        "no second person",
    ),
    "reopened alone": (body("reopen", second=""), "(reopen) was confirmed by no second person"),
    "replaced alone": (body("replace", second=""), "(replace) was confirmed by no second person"),
    "a ballot voided alone": (voided(second=""), "(void) was confirmed by no second person"),
    "a box that was not empty": (body("open", ballots=3), "the box was not empty"),
    "opened twice": (
        lambda entries: entries.insert(entries.index(one(entries, "open")), dict(one(entries, "open"))),
        "can't happen while the poll is open",
    ),
    "counted before the close": (moved("count", 6), "can't happen while the poll is"),
    "another election": (body("open", definition="0" * 64), "other rules or bids"),
    "another kind of act": (lambda entries: one(entries, "replace").update(type="gift"), "(gift) can't happen"),
    "more slips printed": (body("print", slips=99), "printed other slips"),
    "others in the envelope": (body("envelope", slips=99), "opened 99 slips"),
    "another slip made void": (voided(serial="S-0030"), "slip S-0030 is live; by the ledger it is void"),
    "a loss left out": (lambda entries: entries.remove(one(entries, "replace")), "replaced is 1, and should be 0"),
    "more ballots than check numbers": (body("count", ballots=10), "check-numbers.txt does not hold 10"),
    "more shown than fixed": (body("publish", shown="marks"), "shows another part of the ballots"),
    "never published": (lambda entries: entries.pop(), "not published"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_ledger_that_makes_no_sense_is_named(app: Flask, tmp_path: Path, main: Main, name: str) -> None:
    finish_poll(app, APPROVAL, Rule("greedy", ties=DRAWN), 8, whole=True)
    files = contents(bundle_file(app, tmp_path))
    forgery, words = FORGERIES[name]
    assert forged(files, lambda _: None) == files
    status, said = run(main, forged(files, forgery), tmp_path)
    assert status == 1
    assert "Fits: ledger.jsonl: each entry holds the digest of the one before" in said
    assert any(words in line for line in said.splitlines() if line.startswith("DOES NOT FIT")), said


def test_bids_whose_draw_is_missing_are_named_as_the_hall_knows_them(app: Flask, tmp_path: Path, main: Main) -> None:
    level = BallotRules(SCORE.kind, min_points=3, max_points=3, must_score_all=True)
    finish_poll(app, level, Rule("greedy", ties=(TieKey.DRAW,)), seed=8)
    files = contents(bundle_file(app, tmp_path))
    undrawn = forged(files, lambda entries: entries.remove(one(entries, "draw")))
    status, said = run(main, undrawn, tmp_path)
    assert status == 1
    assert "the ledger holds no draw between these level bids: " in said
    assert "Project of Group 4 (number 4, Group 4, B-04); " in said


def _unbalanced(text: str) -> str:
    account = json.loads(text)
    return canonical(account | {"door_count": account["door_count"] + 5, "reason": ""})


def _overfull(text: str) -> str:
    first, *rest = text.splitlines()
    return "\n".join(['["B-01","B-02","B-03"]\t' + first.split("\t")[1], *rest, ""])


FILES: dict[str, tuple[Callable[[str], str], str]] = {
    "account.json": (_unbalanced, "things do not balance"),
    "ballots.tsv": (_overfull, 'this is no complete ballot: ["B-01","B-02","B-03"]'),
    "check-numbers.txt": (lambda text: "".join(f"{n}\n" for n in reversed(text.split())), "numbers in order"),
    "codes.txt": (lambda text: "".join(f"{line}\n" for line in reversed(text.splitlines())), "not sorted"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_makes_no_sense_is_named_though_its_digest_fits(
    app: Flask, tmp_path: Path, main: Main, name: str
) -> None:
    finish_poll(app, APPROVAL, Rule("greedy", ties=DRAWN), 8, whole=True)
    files = contents(bundle_file(app, tmp_path))
    change, words = FILES[name]
    text = change(files[name])
    key = name.split(".")[0].replace("-", "_")
    salted = f"{files['salt.txt']}{text}" if name == "ballots.tsv" else text

    def refit(entries: Entries) -> None:
        one(entries, "count")["body"]["digests"][key] = sha256(salted.encode()).hexdigest()

    status, said = run(main, forged(files | {name: text}, refit), tmp_path)
    assert status == 1
    assert "another digest" not in said
    assert any(name in line and words in line for line in said.splitlines() if line.startswith("DOES NOT FIT")), said


def test_whoever_makes_everything_up_has_another_seal(app: Flask, tmp_path: Path, main: Main) -> None:
    finish_poll(app, APPROVAL, Rule("greedy", ties=DRAWN), 8, whole=True)
    files = contents(bundle_file(app, tmp_path))
    changed = forged(files, lambda entries: one(entries, "close").update(at="2014-07-12T12:00:00+00:00"))
    status, said = run(main, changed, tmp_path)
    assert status == 0
    words = files["seal.txt"].split()[1:]
    assert " ".join(words) not in said
    assert f"to compare with a photo of it: {' '.join(changed['seal.txt'].split()[1:])}" in said
