"""Every place that tells a figure of the public account, asked in one go: pages, files, feeds of data, and the API."""

import csv
import io
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedparser
import openpyxl
from flask import Flask

from pbvote.core.clock import today
from pbvote.public_account.figures.definitions import PublicFigure
from tests.checked_client import CheckedClient
from tests.pages import client_of, sheet, text_of
from tests.paper import text_of as paper_text
from tests.paper import words_on
from tests.public_account.reading_api import read

ROUND = "grants-2014"
_ROW = r"Locality {name} Voted "
_MONEY = r"£([\d,]+(?:\.\d\d)?)"
_F = PublicFigure
_SENTENCES: Mapping[str, Mapping[PublicFigure, str]] = {
    f"/money/{ROUND}/{{slug}}": {
        _F.AWARDED: rf"{_MONEY} for \d+ grants?, out of",
        _F.GROUPS: r"for (\d+) grants?, out of",
        _F.SHARE: rf"out of {_MONEY}\.",
        _F.VOTED: r"(\d+) residents? voted",
        _F.PAID: rf"{_MONEY} of it is paid",
        _F.RETURNED: rf"Groups sent {_MONEY} back",
        _F.LEFT: rf"{_MONEY} of the share is not awarded",
        _F.DECLINED: rf"Groups declined {_MONEY} that they were offered",
    },
    f"/money/{ROUND}": {
        _F.VOTED: rf"{_ROW}(\d+) Asked",
        _F.ASKED: rf"{_ROW}\d+ Asked {_MONEY}",
        _F.AWARDED: rf"{_ROW}[^L]* Awarded {_MONEY}",
        _F.PAID: rf"{_ROW}[^L]* Paid {_MONEY}",
        _F.RETURNED: rf"{_ROW}[^L]* Sent back {_MONEY}",
        _F.SHARE: rf" {{name}} £[\d,.]+ of {_MONEY}, ",
        _F.GROUPS: r" {name} £[\d,.]+ of £[\d,.]+, (\d+) grants?",
    },
    "/localities/{slug}": {
        _F.AWARDED: rf"{_MONEY} for \d+ groups? Grants",
        _F.GROUPS: r"£[\d,.]+ for (\d+) groups? Grants",
        _F.LEFT: rf"{_MONEY} is not awarded",
        _F.SHARE: rf"Results Grants 2014 .{{0,40}}, {_MONEY}",
    },
    "/results/{slug}": {
        _F.SHARE: rf"How {_MONEY} is shared out",
        _F.VOTED: r"(\d+) ballots were counted",
    },
}
"""What each page says of a locality, in which words."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one place says of one figure of a locality; amounts in pence."""

    locality: str
    figure: PublicFigure
    value: int
    place: str


def told_everywhere(app: Flask, folder: Path, slugs: tuple[str, ...]) -> dict[str, dict[PublicFigure, int]]:
    """The value of each figure of these localities, which is the same in every place that tells it.

    The round is the one that tests have. `folder` takes the folder of `pbvote open-data`.
    """
    anybody = client_of(app)
    found: dict[tuple[str, PublicFigure], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for told in (
        *_by_the_api(anybody, slugs),
        *_in_the_files(anybody, slugs),
        *_in_the_folder(app, folder, slugs),
        *_from_grants(anybody, slugs),
        *_in_the_feed(anybody, slugs),
        *_on_the_poster(anybody, folder, slugs),
        *(told for slug in slugs for told in _on_the_pages(anybody, slug)),
    ):
        found[told.locality, told.figure][told.value].append(told.place)
    differing = {told: dict(values) for told, values in found.items() if len(values) > 1}
    assert not differing, differing
    return {slug: {figure: next(iter(found[slug, figure])) for figure in PublicFigure} for slug in slugs}


def _by_the_api(anybody: CheckedClient, slugs: tuple[str, ...]) -> Iterator[Told]:
    rows = {row["id"]: row for row in read(anybody, "figures")}
    for slug in slugs:
        for figure in PublicFigure:
            row = rows[f"round.{ROUND}.{slug}.{figure}"]
            yield Told(slug, figure, row["pence"] if figure.is_money else row["count"], "the API’s figures")
    for result in read(anybody, "results"):
        if result["id"] in slugs:
            yield Told(result["id"], PublicFigure.VOTED, result["voters"], "the API’s results")
            yield Told(result["id"], PublicFigure.BIDS, len(result["bids"]), "the API’s results")


def _in_the_files(anybody: CheckedClient, slugs: tuple[str, ...]) -> Iterator[Told]:
    address = f"/money/{ROUND}/figures"
    book = openpyxl.load_workbook(io.BytesIO(anybody.get(f"{address}.xlsx").data), read_only=True)
    head, *rows = [[("" if cell is None else str(cell)) for cell in row] for row in book.worksheets[0].values]
    tables = {"CSV": sheet(anybody, f"{address}.csv"), "XLSX": [dict(zip(head, row, strict=True)) for row in rows]}
    for kind, table in tables.items():
        by_locality = {row["Locality"].lower(): row for row in table}
        for slug in slugs:
            for figure in PublicFigure:
                name = f"{figure.words} (GBP)" if figure.is_money else figure.words
                yield Told(slug, figure, _number(by_locality[slug][name], figure), f"the figures’ {kind}")


def _number(said: str, figure: PublicFigure) -> int:
    return round(float(said) * 100) if figure.is_money else int(float(said))


def _in_the_folder(app: Flask, folder: Path, slugs: tuple[str, ...]) -> Iterator[Told]:
    said = app.test_cli_runner().invoke(args=["open-data", str(folder)])
    assert said.exit_code == 0, said.output
    made = folder / f"open-{today()}"
    with closing(sqlite3.connect(made / "pbvote-open.sqlite")) as database:
        rows = database.execute("SELECT id, pence, count FROM figures")
        stored = {row_id: (pence, count) for row_id, pence, count in rows}
    with (made / "figures.csv").open(encoding="utf-8-sig", newline="") as lines:
        written = {row["id"]: row for row in csv.DictReader(lines)}
    for slug in slugs:
        for figure in PublicFigure:
            row_id = f"round.{ROUND}.{slug}.{figure}"
            pence, count = stored[row_id]
            yield Told(slug, figure, pence if figure.is_money else count, "SQLite in the folder")
            name = "pence" if figure.is_money else "count"
            yield Told(slug, figure, int(written[row_id][name]), "CSV in the folder")


def _from_grants(anybody: CheckedClient, slugs: tuple[str, ...]) -> Iterator[Told]:
    """What the rows of each list of grants come to."""
    lists: dict[str, list[tuple[str, int]]] = {
        "the API’s awards": [(row["locality"], row["awarded_pence"]) for row in read(anybody, "awards")],
        "360Giving": [
            (_locality_of(grant), round(grant["amountAwarded"] * 100))
            for grant in json.loads(anybody.get("/open/360giving.json").data)["grants"]
        ],
        "the register": [
            (row["Locality"].lower(), round(float(row["Amount (GBP)"]) * 100))
            for row in sheet(anybody, "/register/all/grants.csv")
        ],
    }
    rows = sheet(anybody, f"/money/{ROUND}/grants.csv")
    lists["the round’s grants"] = [(row["Locality"].lower(), round(float(row["Awarded (GBP)"]) * 100)) for row in rows]
    for place, grants in lists.items():
        for slug in slugs:
            amounts = [pence for where, pence in grants if where == slug]
            yield Told(slug, PublicFigure.GROUPS, len(amounts), place)
            yield Told(slug, PublicFigure.AWARDED, sum(amounts), place)
    for figure in (PublicFigure.PAID, PublicFigure.RETURNED):
        sums: dict[str, int] = defaultdict(int)
        for row in rows:
            sums[row["Locality"].lower()] += round(float(row[f"{figure.words} (GBP)"]) * 100)
        yield from (Told(slug, figure, sums[slug], "the round’s grants") for slug in slugs)


def _in_the_feed(anybody: CheckedClient, slugs: tuple[str, ...]) -> Iterator[Told]:
    said = {
        PublicFigure.BIDS: r"of (\d+) bids funded",
        PublicFigure.SHARE: rf"with £[\d,.]+ of {_MONEY}\. ",
        PublicFigure.VOTED: r"(\d+) residents voted",
    }
    entries = {
        entry.link.rsplit("/", 1)[1]: entry for entry in feedparser.parse(anybody.get("/results.atom").data).entries
    }
    for slug in slugs:
        for figure, pattern in said.items():
            yield Told(slug, figure, _said(pattern, entries[slug].summary, figure), "/results.atom")


def _on_the_poster(anybody: CheckedClient, folder: Path, slugs: tuple[str, ...]) -> Iterator[Told]:
    pages = words_on(anybody.get(f"/money/{ROUND}/poster.pdf").data, folder)
    for slug in slugs:
        name = slug.capitalize()
        # The amount and the name stand on one line: which of them is read first says nothing.
        words = re.sub(rf"(£[\d,.]+) {name}\b", rf"{name} \1", " ".join(map(paper_text, pages)))
        said = {
            PublicFigure.AWARDED: rf"{name} {_MONEY} \d+ grants?",
            PublicFigure.GROUPS: rf"{name} £[\d,.]+ (\d+) grants?",
            PublicFigure.VOTED: rf"{name} £[\d,.]+ \d+ grants?\. (\d+) residents voted",
        }
        for figure, pattern in said.items():
            yield Told(slug, figure, _said(pattern, words, figure), "the poster")


def _locality_of(grant: dict[str, Any]) -> str:
    return next(str(each["code"]) for each in grant["classifications"] if each["vocabulary"] == "Locality")


def _on_the_pages(anybody: CheckedClient, slug: str) -> Iterator[Told]:
    """What the sentences of each page say. One that is left out says nought."""
    name = slug.capitalize()
    for address, sentences in _SENTENCES.items():
        place = address.format(slug=slug)
        page = text_of(anybody.get(place))
        for figure, pattern in sentences.items():
            yield Told(slug, figure, _said(pattern.replace("{name}", name), page, figure), place)


def _said(pattern: str, page: str, figure: PublicFigure) -> int:
    found = set(re.findall(pattern, page))
    assert len(found) <= 1, f"{figure} in {page}"
    return _number(next(iter(found), "0").replace(",", ""), figure)
