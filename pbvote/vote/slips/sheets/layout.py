"""What fits on a back: the paper ballot with titles and in each of its languages where there is room, else plainer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from pbvote.core.money import format_money
from pbvote.printing.document import Document
from pbvote.printing.words import paragraph_height, sentences_height
from pbvote.tally import BallotKind
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.sheets.asking import asked_in_others, instruction
from pbvote.vote.slips.sheets.grid import Grid, Sizes, grid_for, points_to_cross

_STEP: Final = 0.5  # points: by how much titles shrink until they fit


@dataclass(frozen=True)
class Room:
    """Where a paper ballot goes, in mm, and its letters in points."""

    left: float
    top: float
    width: float
    bottom: float
    instruction: float  # points
    others: float  # points: the instruction in the other languages
    boxes: Sizes


@dataclass(frozen=True)
class Layout:
    """A paper ballot that fits its room."""

    instruction: str
    others: Mapping[str, str]
    """The instruction by language; nothing where there is no room for it."""
    others_top: float
    grid: Grid
    grid_top: float
    titles: Sequence[str]
    """The bids' titles in order; nothing where there is no room for them."""
    title_size: float  # points: the same for each, so that none stands out


def layout_for(pdf: Document, paper: Paper, room: Room, languages: Sequence[str]) -> Layout | None:
    """The fullest ballot that fits; None without bids, or where even boxes by number would be too small."""
    return next(_fitting(pdf, paper, room, languages), None) if paper.lines else None


def _fitting(pdf: Document, paper: Paper, room: Room, languages: Sequence[str]) -> Iterator[Layout]:
    """The ballots that fit, the best first.

    Boxes for each mark come before titles, titles before languages: the phone has the other two. None of these makes
    boxes smaller than is comfortable, and a title that would have to be cut off is not printed, nor are the others.
    """
    scale = points_to_cross(paper.rules)
    every_title, every_language = _titles(paper), asked_in_others(paper, languages)
    for points, has_titles, has_others in product((scale, ()) if scale else ((),), (True, False), (True, False)):
        words, others = instruction(paper, points), every_language if has_others else {}
        others_top = room.top + paragraph_height(pdf, "latin-bold", room.instruction, words, room.width)
        top = others_top + sentences_height(pdf, others, room.others, room.width) + room.instruction * 0.15
        least = room.boxes.comfortable if has_titles or has_others else room.boxes.least
        number = len(paper.lines)
        grid = grid_for(number, points, room.width, room.bottom - top, room.boxes, least=least, has_titles=has_titles)
        if grid is None:
            continue
        titles = every_title if has_titles else ()
        size = _title_size(pdf, grid, titles, room.boxes)
        if size or not titles:
            yield Layout(words, others, others_top, grid, top, titles, size)


def _titles(paper: Paper) -> list[str]:
    """The bids' titles. Where voters add amounts up, they need those too."""
    if paper.rules.kind is not BallotKind.KNAPSACK:
        return [line.title for line in paper.lines]
    return [f"{line.title}, {format_money(line.ask_pence, paper.currency)}" for line in paper.lines]


def _title_size(pdf: Document, grid: Grid, titles: Sequence[str], sizes: Sizes) -> float:
    """The largest letters, in points, in which every title fits beside its boxes; 0 where even small ones do not."""
    size = sizes.title
    while size >= sizes.least_title:
        heights = (paragraph_height(pdf, "latin", size, title, grid.title_width) for title in titles)
        if max(heights, default=0) <= grid.row_height - sizes.gap:
            return size
        size -= _STEP
    return 0
