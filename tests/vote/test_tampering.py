"""Every column of everything that is published, changed in turn: `recount.py` says that it does not fit, and what."""

import copy
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from pbvote.core.hashes import canonical
from pbvote.tally import Rule, TieKey
from pbvote.vote.ledger.chain import entry_hash
from tests.bundles import Files, Main, main, run
from tests.factories import SCORE
from tests.finished_polls import bundle_file, finish_poll, recount

DRAWN = (TieKey.CHEAPER, TieKey.VOTES, TieKey.DRAW)
Change = tuple[str, Files]  # what was changed, and the files after it

__all__ = ["main"]  # a fixture

TEXT_FILES = ("check-numbers.txt", "codes.txt", "ballots.tsv", "salt.txt", "seal.txt", "words.txt", "ledger.jsonl")


def other(value: Any) -> Any:
    """Something else of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case None:
            return 1
        case str() if re.fullmatch(r"[0-9a-f]{16,}", value):
            return ("1" if value[0] == "0" else "0") + value[1:]
        case str():
            return f"{value}x"
        case list():
            return [*value, "B-09"]
        case _:
            return {**value, "x": 1}


def changed_values(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The value with each of its parts changed in turn, whole lists and objects too: where, and the whole after it."""
    yield path, other(value)
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        for where, changed in changed_values(part, f"{path}.{key}"):
            whole = copy.copy(value)
            whole[key] = changed
            yield where, whole
    for key in list(value) if isinstance(value, dict) else ():
        yield f"{path} without {key}", {name: part for name, part in value.items() if name != key}


def json_changes(files: Files) -> Iterator[Change]:
    """Every field of every JSON file. The margin is taken as it stands, and README.txt says so."""
    for name in files:
        if name.endswith(".json"):
            for where, changed in changed_values(json.loads(files[name])):
                if "margin" not in where:
                    yield f"{name} {where}", files | {name: canonical(changed)}


def line_changes(files: Files) -> Iterator[Change]:
    """Every column of the first, a middle and the last line of every list; lines taken out, doubled and swapped."""
    for name in TEXT_FILES:
        lines = files.get(name, "").splitlines()
        for number in sorted({0, len(lines) // 2, len(lines) - 1}) if lines else ():
            cells = re.split(r"([ \t])", lines[number]) if name != "ledger.jsonl" else [lines[number]]
            for column in range(0, len(cells), 2):
                altered = [*cells[:column], _other_cell(cells[column]), *cells[column + 1 :]]
                yield _with(
                    files, name, [*lines[:number], "".join(altered), *lines[number + 1 :]], f"{number}:{column}"
                )
            yield _with(files, name, lines[:number] + lines[number + 1 :], f"without {number}")
            yield _with(files, name, [*lines[: number + 1], *lines[number:]], f"{number} twice")
        if len(lines) > 1:
            yield _with(files, name, [lines[1], lines[0], *lines[2:]], "swapped")


def _other_cell(cell: str) -> str:
    return str(int(cell) + 1) if cell.isdigit() else cell[:-1] + ("0" if cell[-1:] != "0" else "1")


def _with(files: Files, name: str, lines: list[str], what: str) -> Change:
    return f"{name} {what}", files | {name: "".join(f"{line}\n" for line in lines)}


def ledger_changes(files: Files) -> Iterator[Change]:
    """Every field of every entry as it stands, and with its own hash made to fit again."""
    entries = [json.loads(line) for line in files["ledger.jsonl"].splitlines()]
    for number, entry in enumerate(entries):
        for where, changed in changed_values(entry):
            lines = [canonical(each) for each in (*entries[:number], changed, *entries[number + 1 :])]
            yield _with(files, "ledger.jsonl", lines, f"entry {number + 1}{where}")
            # Nothing follows the publication's own line, and people compare the digest of the program that it names.
            is_checked = entry["type"] != "publish" or where == ".body.shown"
            if where.startswith(".body") and set(changed) == set(entry) and is_checked:
                changed = changed | {"hash": entry_hash(changed)}
                lines = [canonical(each) for each in (*entries[:number], changed, *entries[number + 1 :])]
                yield _with(files, "ledger.jsonl", lines, f"entry {number + 1}{where}, hashed again")


def file_changes(files: Files) -> Iterator[Change]:
    """Each file taken out, and one put in; the votes of the Pabulib file."""
    for name in sorted(files):
        yield f"{name} taken out", {other: text for other, text in files.items() if other != name}
    yield "extra.txt put in", files | {"extra.txt": "hello"}
    if "votes.pb" in files:
        head, votes = files["votes.pb"].split("VOTES\n")
        header, first, *rest = votes.splitlines()
        yield _with(files, "votes.pb", [*f"{head}VOTES".splitlines(), header, *rest], "without a vote")
        cells = first.split(";")
        cells[2] = ",".join(str(int(points) % 5 + 1) for points in cells[2].split(","))
        yield _with(files, "votes.pb", [*f"{head}VOTES".splitlines(), header, ";".join(cells), *rest], "other points")
        yield from pabulib_changes(files)


def pabulib_changes(files: Files) -> Iterator[Change]:
    """The Pabulib file with other money, another outcome, or another form."""
    text = files["votes.pb"]
    head, votes = text.split("VOTES\n")
    *_, last = head.splitlines()
    ref, cost, *cells = last.split(";")
    changes = {
        "budget": text.replace("\nbudget;500\n", "\nbudget;501\n"),
        "budget twice": text.replace("\nbudget;500\n", "\nbudget;500\nbudget;501\n"),
        "num_votes": text.replace("\nnum_votes;", "\nnum_votes;1"),
        "currency": text.replace("\ncurrency;GBP\n", "\ncurrency;EUR\n"),
        "cost": text.replace(last, ";".join([ref, f"{cost}1", *cells])),
        "cost in another form": text.replace(last, ";".join([ref, f"{cost}.0", *cells])),
        "selected": text.replace(last, ";".join([ref, cost, *cells[:-1], str(1 - int(cells[-1]))])),
        "bid twice": text.replace(last, f"{last}\n{last}"),
        "bid taken out": text.replace(f"{last}\n", ""),
        "no choices": f"{head}VOTES\nvoter_id;vote;points\n",
        "no columns": f"{head}VOTES\nvoter_id\n" + "".join(f"{row[0]}\n" for row in votes.splitlines()[1:]),
        "false first VOTES": f"{head}VOTES\nvoter_id;vote;points\n1;B-01;5\nVOTES\n{votes}",
        "something before": f"note\n{text}",
        "a vote more": f"{text}99;B-01;5\n",
        "CRLF": text.replace("\n", "\r\n"),
        "cut off": text[:-1],
    }
    yield from ((f"votes.pb {what}", files | {"votes.pb": changed}) for what, changed in changes.items())


def form_changes(files: Files) -> Iterator[Change]:
    """Every JSON file in another form that says the same."""
    for name in files:
        if name.endswith(".json"):
            yield f"{name} spread out", files | {name: json.dumps(json.loads(files[name]), indent=1)}
            yield f"{name} with a line end", files | {name: files[name] + "\n"}


def is_named(what: str, status: int, said: str) -> bool:
    """Whether the recount says that something does not fit, and names the file that was changed."""
    name = what.split(" ")[0]
    if what == "ledger.jsonl taken out":
        return status == 2 and name in said
    return status == 1 and any(name in line for line in said.splitlines() if line.startswith("DOES NOT FIT"))


@pytest.mark.parametrize(("whole", "voters"), [(True, 9), (False, 9), (True, 4)], ids=["ballots", "marks", "awards"])
@pytest.mark.parametrize("changes", [json_changes, line_changes, ledger_changes, file_changes, form_changes])
def test_every_change_is_named(
    app: Flask,
    tmp_path: Path,
    main: Main,
    changes: Callable[[Files], Iterator[Change]],
    whole: bool,
    voters: int,
) -> None:
    finish_poll(app, SCORE, Rule("greedy", ties=DRAWN), 8, voters, whole=whole)
    with zipfile.ZipFile(bundle_file(app, tmp_path)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert run(main, files, tmp_path)[0] == 0
    made = dict(changes(files))
    assert all(changed != files for changed in made.values())
    missed = [what for what, changed in made.items() if not is_named(what, *run(main, changed, tmp_path))]
    assert not missed
    assert len(made) >= {"file_changes": 11, "line_changes": 30, "form_changes": 6}.get(
        changes.__name__, 50 if voters > 4 else 30
    )


def test_a_file_that_stands_twice_is_named(app: Flask, tmp_path: Path) -> None:
    finish_poll(app, SCORE, Rule("greedy", ties=DRAWN))
    bundle = bundle_file(app, tmp_path)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(bundle, "a") as archive:
        archive.writestr("seal.txt", archive.read("seal.txt"))
    status, said = recount(bundle)
    assert status == 1
    assert "DOES NOT FIT: seal.txt" in said
