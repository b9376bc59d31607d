"""Translations that are pasted, many at once: a line for each bid, as a spreadsheet copies its cells."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from pbvote.call.bids.models import PHOTO_TEXT_LENGTH
from pbvote.core.plain import is_seen, plain_digits, plain_line
from pbvote.vote.programme.entries import Listed

LONGEST_TITLE = 80
MOST_WORDS = 80
HEADINGS = frozenset({"number", "no", "no.", "bid", "reference"})
"""What the first cell of a line says that is no bid's."""


class UnreadableLines(ValueError):
    """Lines that can't be taken in; `sentences` say which and why, in the order of the lines."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(sentences[0])
        self.sentences = list(sentences)


@dataclass(frozen=True)
class Pasted:
    """A bid's words in another language."""

    entry: Listed
    title: str
    summary: str
    photo_text: str | None
    """What its photo shows; None where the line does not say."""


def read_pasted(text: str, entries: Sequence[Listed]) -> list[Pasted]:
    """What was pasted: number or reference, title, summary and, for a bid with a photo, what it shows, between tabs.

    Raises `UnreadableLines`.

    All of it or nothing: who pastes sixty lines wants to know that sixty were taken in.
    """
    found: list[Pasted] = []
    wrong: list[str] = []
    by_name = {name: entry for entry in entries for name in (str(entry.number), entry.bid.reference.casefold())}
    for line, cells in _rows(text):
        try:
            pasted = _read(cells, by_name)
        except ValueError as why:
            wrong.append(f"Line {line}: {why}")
            continue
        if any(other.entry is pasted.entry for other in found):
            wrong.append(f"Line {line}: bid {pasted.entry.number} is there twice")
        found.append(pasted)
    if not found and not wrong:
        wrong.append("There is no line for a bid")
    if wrong:
        raise UnreadableLines(wrong)
    return found


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that say something, by their number in the box. A cell in quotes may hold line ends."""
    rows = csv.reader(StringIO(text), delimiter="\t")
    try:
        for cells in rows:
            cleaned = [plain_line(cell).strip() for cell in cells]
            if any(map(is_seen, cleaned)) and cleaned[0].casefold() not in HEADINGS:
                yield rows.line_num, cleaned
    except csv.Error:
        raise UnreadableLines([f"Line {rows.line_num + 1} is too long, or a quotation mark is not closed"]) from None


def _read(cells: Sequence[str], by_name: dict[str, Listed]) -> Pasted:
    """One line. Raises `ValueError` with what is wrong with it."""
    name, *words = cells
    entry = by_name.get(plain_digits(name).strip().casefold())
    if entry is None:
        raise ValueError(f"no bid has the number “{name[:20]}”")
    while len(words) > 2 and not words[-1]:  # what a spreadsheet copies of empty cells
        words.pop()
    if not 2 <= len(words) <= 3:
        raise ValueError("it needs a number, a title and a summary, with a tab between them")
    title, summary, *others = words
    if not is_seen(title) or not is_seen(summary):
        raise ValueError("the title or the summary is empty")
    if len(title) > LONGEST_TITLE:
        raise ValueError(f"the title has {len(title)} characters, and {LONGEST_TITLE} fit")
    if len(summary.split()) > MOST_WORDS:
        raise ValueError(f"the summary has {len(summary.split())} words, and {MOST_WORDS} fit")
    if others and not entry.bid.photo_text:
        raise ValueError("there is something after the summary, and this bid has no photo to describe")
    if others and len(others[0]) > PHOTO_TEXT_LENGTH:
        raise ValueError(f"the photo’s words have {len(others[0])} characters, and {PHOTO_TEXT_LENGTH} fit")
    return Pasted(entry, title, summary, others[0] if others else None)


def lines_to_translate(entries: Sequence[Listed]) -> str:
    """These bids' English, to be sent to a translator and pasted back: the same lines as `read_pasted` takes."""
    out = StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for entry in entries:
        words = filter(None, (entry.bid.title, entry.bid.summary, entry.bid.photo_text))
        writer.writerow([entry.number, *map(plain_line, words)])
    return out.getvalue()
