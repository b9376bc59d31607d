"""What is given to somebody of what is held about them: everything of theirs, with other people left out."""

import datetime as dt
import enum
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import sqlalchemy as sa
from flask import current_app, render_template

from pbvote.core.clock import today
from pbvote.core.plain import plain_digits
from pbvote.db import db
from pbvote.filters import day, moment, money
from pbvote.rights.one_person.finding import Trace, TraceTie, table_called
from pbvote.rights.one_person.hiding import SOMEBODY_ELSE, Hiding, names_known
from pbvote.rights.one_person.person import Person
from pbvote.spreadsheets.tables import Column, Kind, Table
from pbvote.spreadsheets.workbooks import as_xlsx

_PLACES: Final = {
    "voluntary_group": "SELECT id, name FROM voluntary_group",
    "locality": "SELECT id, name FROM locality",
    "round": "SELECT id, name FROM round",
    "event": "SELECT id, name FROM event",
    "bid": "SELECT id, title FROM bid",
    "award": "SELECT award.id, bid.title FROM award JOIN bid ON bid.id = award.bid_id",
}
"""What a number of these tables is called, so that an entry says which group or grant it is about."""
_SENTENCE: Final = re.compile(r"[^.!?\n]*[.!?\n]?")
_ENDINGS: Final = ("_pence", "_at", "_on", "_id")
_ALONE: Final = {"at": "When", "pence": "Amount"}
_NO_WORDS: Final = re.compile(r"(^|_)(id|key|digest|hash|prev|seed|slug|version|position|to|step)$")


@dataclass(frozen=True, slots=True)
class KindGiven:
    """One kind of what is held: what it is, what for, how long, who reads it, and each entry as pairs."""

    what: str
    why: str
    until: str
    seen_by: str
    entries: list[list[tuple[str, str]]]


def tell(person: Person, traces: Sequence[Trace]) -> list[KindGiven]:
    """What is given, in the order of the register. Where only a name fits, nothing is: it can be another's."""
    hide = Hiding(names_known(), lambda found: person.is_reached_by(found) or person.is_named_in(found))
    places = _Places()
    told: dict[str, KindGiven] = {}
    for trace in traces:
        if trace.is_sure:
            held = trace.held
            one = told.setdefault(held.table, KindGiven(held.what, held.why, held.until, held.seen_by, []))
            one.entries.append(list(_pairs(trace, person, hide, places)))
    return list(told.values())


def answer_of(person: Person, traces: Sequence[Trace]) -> bytes:
    """The answer to somebody who asks what is held: a page to read, a sheet, and a file for programs, in one zip."""
    told = tell(person, traces)
    shown = {"told": told, "asked_by": person.email or ", ".join(person.names), "on": today()}
    page = render_template("rights/one_person/answer.html", **shown)
    data = {"council": current_app.config["COUNCIL_NAME"], "on": today().isoformat()}
    data |= {"held": [asdict(each) | {"entries": [dict(entry) for entry in each.entries]} for each in told]}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("what-we-hold.html", page)
        archive.writestr("what-we-hold.xlsx", as_xlsx(_table(told)))
        archive.writestr("what-we-hold.json", json.dumps(data, ensure_ascii=False, indent=1))
    return stream.getvalue()


def _table(told: Sequence[KindGiven]) -> Table:
    columns = [Column("What", width=36), Column("Entry", Kind.WHOLE, 8), Column("Part", width=24)]
    columns += [Column("It says", Kind.LONG, 80), Column("Held for", width=40), Column("Kept", width=40)]
    columns += [Column("Who can read it", width=40)]
    rows = [
        (each.what, number, part, words, each.why, each.until, each.seen_by)
        for each in told
        for number, entry in enumerate(each.entries, 1)
        for part, words in entry or [("", "")]
    ]
    return Table("What we hold", columns, rows)


class _Places:
    """What the numbers of groups, grants and events stand for."""

    def __init__(self) -> None:
        self._names: dict[str, dict[int, str]] = {}

    def called(self, column: sa.Column[Any], number: Any) -> str:
        """What the row is called that this column leads to; "" for one that nobody calls anything."""
        table = next((key.column.table.name for key in column.foreign_keys if key.column.table.name in _PLACES), "")
        if table and table not in self._names:
            self._names[table] = {row[0]: row[1] for row in db.session.execute(sa.text(_PLACES[table]))}
        return self._names[table].get(number, "") if table else ""


def _pairs(trace: Trace, person: Person, hide: Hiding, places: _Places) -> Iterator[tuple[str, str]]:
    """The parts of a row that are given, each with its name."""
    held, own = trace.held, set(trace.through)
    for name in trace.through:
        own.update(held.together.get(name, "").split())
    for column in table_called(held.table).columns:
        name, value = column.name, trace.row.get(column.name)
        if value in (None, "", [], {}) or name in held.withheld.split():
            continue
        if column.foreign_keys or column.primary_key:
            if name in trace.through and name != "id":
                yield _label(name), "You"
            elif place := places.called(column, value):
                yield _label(name), place
        elif name in held.columns("names"):
            yield _label(name), str(value) if name in own or person.is_reached_by(value) else SOMEBODY_ELSE
        elif name in held.columns("words", "whose"):
            if said := _said(value, trace.tie, person, hide):
                yield _label(name), said
        elif not _NO_WORDS.search(name) and _is_given(value, trace.tie):
            yield _label(name), _in_words(name, value)


def _is_given(value: Any, tie: TraceTie) -> bool:
    """Whether a part without words is given: all of what is theirs, and of what they did when, and what it was."""
    return tie is TraceTie.THEIRS or (tie is TraceTie.DID and isinstance(value, dt.date | enum.Enum))


def _said(value: Any, tie: TraceTie, person: Person, hide: Hiding) -> str:
    """Their own text, without other people; of anybody else's the sentences that are about them."""
    text = value if isinstance(value, str) else "\n".join(_lines(value))
    if tie is not TraceTie.THEIRS:
        sentences = (found[0] for found in _SENTENCE.finditer(text))
        text = " ".join(each.strip() for each in sentences if person.is_reached_by(each) or person.is_named_in(each))
    return hide(text)


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from (f"{_label(name)}: {line}" for line in _lines(each))
    elif isinstance(value, list):
        for each in value:
            yield from _lines(each)
    elif value not in (None, ""):
        yield str(value)


def _label(name: str) -> str:
    """A column's name as words: ``second_email`` → ``Second email``."""
    if name in _ALONE:
        return _ALONE[name]
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return plain_digits(name.removeprefix("is_")).replace("_", " ").strip().capitalize()


def _in_words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, enum.Enum):
        return str(value.value).replace("_", " ")
    if name.endswith("pence"):
        return money(int(value))
    return value if isinstance(value, str) else ", ".join(_lines(value)) or str(value)
