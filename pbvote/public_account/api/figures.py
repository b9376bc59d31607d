"""The figures of the public account for programs: each with its sentence, worked out where the pages work it out."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from pbvote.core.clock import today, uk_moment
from pbvote.core.spans import Span
from pbvote.partnership.counting import partnership_counts
from pbvote.public_account.api.collections import SIZE, SLUG_PART, Asked, Collection, Moment
from pbvote.public_account.figures.definitions import PartnershipFigure, PublicFigure
from pbvote.public_account.figures.shares import share_figures


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of one place, as at a day."""

    id: Annotated[str, Meta(description="Whose figure it is, and its name, with full stops between them.")]
    name: Annotated[str, Meta(description="What the figure is called in its id.")]
    words: Annotated[str, Meta(description="What pages call it.")]
    meaning: Annotated[str, Meta(description="What it means, in a sentence or two.")]
    round: Annotated[str | None, Meta(description="The id of the round; null for what a partnership did.")]
    locality: Annotated[str, Meta(description="The locality, as addresses call it.")]
    locality_name: Annotated[str, Meta(description="The same by its name.")]
    from_on: Annotated[dt.date | None, Meta(description="The first day of what is counted; null for all of a round.")]
    as_at: Annotated[dt.date, Meta(description="The day as at which it is worked out: today.")]
    pence: Annotated[int | None, Meta(description="An amount, in pence; null for a count.")]
    count: Annotated[int | None, Meta(description="A count; null for an amount.")]
    changed_at: Annotated[Moment, Meta(description="The first moment of that day: each day has its own figures.")]


def _of_rounds(day: dt.date, read_at: dt.datetime) -> Iterator[FigureRow]:
    for each in share_figures(day):
        round_, locality = each.share.round.slug, each.share.locality
        for figure in PublicFigure:
            value = each.figures[figure]
            amount, count = (value, None) if figure.is_money else (None, value)
            said = (figure.value, figure.words, figure.sentence, round_, locality.slug, locality.name, None, day)
            yield FigureRow(f"round.{round_}.{locality.slug}.{figure}", *said, amount, count, read_at)


def _of_partnerships(day: dt.date, read_at: dt.datetime) -> Iterator[FigureRow]:
    year = Span.year_to(day)
    for locality, counts in partnership_counts(year):
        for figure in PartnershipFigure:
            said = (figure.value, figure.words, figure.sentence, None, locality.slug, locality.name, year.first, day)
            yield FigureRow(f"partnership.{locality.slug}.{figure}", *said, None, figure.of(counts), read_at)


def _find(asked: Asked) -> Sequence[FigureRow]:
    """In three statements: they are few, whatever the rounds."""
    day = today()
    read_at = uk_moment(day, dt.time())
    if asked.since and asked.since > read_at:
        return []
    rows = sorted((*_of_rounds(day, read_at), *_of_partnerships(day, read_at)), key=lambda row: row.id)
    return [row for row in rows if asked.only in {"", row.id} and row.id > asked.after][: SIZE + 1]


FIGURES = Collection(
    name="figures",
    row=FigureRow,
    sentence="Each figure of the public account with its meaning: of each share, and of each partnership’s last year.",
    ids=rf"round\.{SLUG_PART}\.{SLUG_PART}\.[a-z_]{{1,40}}|partnership\.{SLUG_PART}\.[a-z_]{{1,40}}",
    example="round.grants-2027.sale.awarded",
    find=_find,
)
