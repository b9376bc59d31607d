"""What a page shows of what was found: each kind once, with what erasure does to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pbvote.rights.one_person.erasing import is_deleted
from pbvote.rights.one_person.finding import Trace, TraceTie
from pbvote.rights.one_person.person import Person
from pbvote.rights.one_person.register.held import Held

MOST_EXCERPTS = 5
_AROUND = 60
"""Characters of a text beside the name."""


@dataclass(frozen=True, slots=True)
class FoundKind:
    """One kind of what is held about somebody."""

    held: Held
    sure: int
    """Entries that are theirs, that they did, or that hold their address or number."""
    deleted: int
    """How many of these erasure deletes. The others stay and lose the name."""
    named: int
    """Entries where only the name fits."""
    excerpts: list[str]
    """Some of those, around the name."""


def kinds_of(person: Person, traces: Sequence[Trace]) -> list[FoundKind]:
    """The kinds of what was found, in the order of the register."""
    by_table: dict[str, list[Trace]] = {}
    for trace in traces:
        by_table.setdefault(trace.held.table, []).append(trace)
    return [_kind(some, person) for some in by_table.values()]


def _kind(traces: Sequence[Trace], person: Person) -> FoundKind:
    sure = [trace for trace in traces if trace.is_sure]
    named = [trace for trace in traces if trace.tie is TraceTie.NAMED]
    return FoundKind(
        held=traces[0].held,
        sure=len(sure),
        deleted=sum(is_deleted(trace, with_namesakes=False) for trace in sure),
        named=len(named),
        excerpts=[_excerpt(trace, person) for trace in named[:MOST_EXCERPTS]],
    )


def _excerpt(trace: Trace, person: Person) -> str:
    """The text that names them, so that somebody can tell; another of the row where that text lets people in."""
    withheld = trace.held.columns("withheld")
    shown = next(name for name in (*trace.through, *trace.held.columns("words")) if name not in withheld)
    text = " ".join(str(trace.row[shown]).split())
    at = min((place for name in person.names if (place := text.casefold().find(name.casefold())) >= 0), default=0)
    first, last = max(at - _AROUND, 0), at + 2 * _AROUND
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
