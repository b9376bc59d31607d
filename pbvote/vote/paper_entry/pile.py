"""What is in the pile of paper ballots: how many were keyed, which wait, and what one of them says.

Entries have no time and no order. A page lists them by serial, and shows the marks only of those that wait.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa

from pbvote.core.keys import KeyMissing
from pbvote.core.saying import ENGLISH, Speech
from pbvote.db import db
from pbvote.people.service import names_of
from pbvote.tally import Choices, decode_choices, encode_choices
from pbvote.tally.ballots import ballot_of
from pbvote.vote.events.models import Event
from pbvote.vote.poll.models import PaperEntry, SpoiltReason
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.finding import live_slips
from pbvote.vote.slips.keys import key_ring
from pbvote.vote.slips.models import Slip, SlipState

_SERIAL = re.compile(r"S-[0-9]{4,7}")

SAYS: sa.ColumnElement[str] = sa.func.coalesce(PaperEntry.choices, sa.type_coerce(PaperEntry.spoilt, sa.Text))
"""What an entry says, as one text: `OnPaper.text`."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What a paper says: choices, as canonical text, or why it is spoilt. One of the two is None."""

    choices: str | None = None
    spoilt: SpoiltReason | None = None

    @classmethod
    def choosing(cls, paper: Paper, choices: Choices) -> "OnPaper":
        """A paper with these choices, which must be complete under its rules."""
        return cls(choices=encode_choices(paper.rules.kind, choices))

    @property
    def text(self) -> str:
        """The choices or the reason. No choices look like a reason: theirs begin with a bracket."""
        return self.choices if self.choices is not None else str(self.spoilt)

    def marks(self, paper: Paper) -> Mapping[int, int]:
        """What stands beside each bid, by the bid's number: 1 for a cross, the place, or the points."""
        if self.choices is None:
            return {}
        kind = paper.rules.kind
        ballot = ballot_of(kind, decode_choices(kind, self.choices))
        return {paper.references[reference].number: mark for reference, mark in ballot}


@dataclass(frozen=True, slots=True)
class Entry:
    """One keyed paper, with the ids and the names of the people who keyed it and confirmed it."""

    serial: str
    says: OnPaper
    keyed_by: int
    keyed_name: str
    confirmed_by: int | None
    confirmed_name: str


@dataclass(frozen=True, slots=True)
class Pile:
    """How many papers were keyed; how many of these wait to be read back, and how many are spoilt."""

    keyed: int
    waiting: int
    spoilt: int

    @property
    def confirmed(self) -> int:
        """How many were read back by a second person."""
        return self.keyed - self.waiting


def pile_of(event: Event, *, has_void_slips: bool = True) -> Pile:
    """The pile's figures. Papers of void slips stay where they are until the count, and nobody has to do anything.

    A caller who knows that no slip is void says so, and spares a look at the slips.
    """
    columns = (PaperEntry.ballot_tag, PaperEntry.confirmed_by, PaperEntry.spoilt)
    rows = db.session.execute(sa.select(*columns).where(PaperEntry.event_id == event.id)).all()
    # Without papers there is perhaps no key.
    void = _void_tags(event) if rows and has_void_slips else frozenset()
    rows = [row for row in rows if row.ballot_tag not in void]
    waiting, spoilt = sum(row.confirmed_by is None for row in rows), sum(row.spoilt is not None for row in rows)
    return Pile(len(rows), waiting, spoilt)


def spoilt_said(spoilt: int, say: Speech = ENGLISH) -> str:
    """What becomes of so many spoilt papers and of what their slips said on a phone; "" where there are none."""
    if not spoilt:
        return ""
    number = say.ngettext(
        "%(num)s paper is spoilt and does not count.", "%(num)s papers are spoilt and do not count.", spoilt
    )
    return say.together((number, say.gettext("If the slip of a spoilt paper voted on a phone, that vote counts.")))


def _void_tags(event: Event) -> frozenset[bytes]:
    """The ballot tags of void slips; none on a host without the key, which can do nothing about papers anyway."""
    wanted = sa.select(Slip.code_tag).where(Slip.event_id == event.id, Slip.state == SlipState.VOID)
    code_tags = db.session.scalars(wanted).all()
    try:
        key = key_ring().read(event.slug) if code_tags else None
    except KeyMissing:
        key = None
    return frozenset(key.ballot_tag(tag) for tag in code_tags) if key else frozenset()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paper under a label. Only somebody with the event's key can tell which paper that is and what it says."""

    label: str
    ballot_tag: bytes
    confirmed_by: int | None


def labelled(event: Event) -> list[Labelled]:
    """The event's papers with their labels. One that is keyed again and says something else has another label."""
    wanted = sa.select(PaperEntry.ballot_tag, SAYS.label("says"), PaperEntry.confirmed_by)
    rows = db.session.execute(wanted.where(PaperEntry.event_id == event.id))
    return [
        Labelled(sha256(row.ballot_tag + row.says.encode()).hexdigest()[:16], row.ballot_tag, row.confirmed_by)
        for row in rows
    ]


def paper_labelled(event: Event, label: str) -> Labelled | None:
    """The event's paper with this label; none once it was taken out, or was keyed again and says something else."""
    return next((paper for paper in labelled(event) if paper.label == label), None)


def paper_numbered(event: Event, serial: str) -> Labelled | None:
    """The paper of the live slip with this serial, with its label. Raises `KeyMissing`."""
    tag = tag_of(event, serial)
    return next((paper for paper in labelled(event) if paper.ballot_tag == tag), None)


def serials_by_label(event: Event) -> dict[str, str]:
    """The serials of the live slips that have papers, by the papers' labels. Raises `KeyMissing`."""
    papers = labelled(event)
    serials = serials_by_tag(event) if papers else {}
    return {paper.label: serials[paper.ballot_tag] for paper in papers if paper.ballot_tag in serials}


def tag_of(event: Event, serial: str) -> bytes | None:
    """The ballot tag of the live slip with this serial, exactly as it is printed. Raises `KeyMissing`."""
    if not _SERIAL.fullmatch(serial):
        return None
    wanted = sa.select(Slip.code_tag).where(Slip.event_id == event.id, Slip.state == SlipState.LIVE)
    code_tag = db.session.scalar(wanted.where(Slip.serial == serial))
    return key_ring().read(event.slug).ballot_tag(code_tag) if code_tag else None


def serials_by_tag(event: Event) -> dict[bytes, str]:
    """The serial of every live slip by its ballot tag, in the order of the serials. Raises `KeyMissing`."""
    return {slip.ballot_tag: slip.serial for slip in live_slips(event)}


def waiting_entries(event: Event) -> list[Entry]:
    """The papers that wait for a second person, by serial."""
    wanted = sa.select(PaperEntry).where(PaperEntry.event_id == event.id, PaperEntry.confirmed_by.is_(None))
    rows = {row.ballot_tag: row for row in db.session.scalars(wanted)}
    if not rows:  # and so perhaps no key
        return []
    serials = serials_by_tag(event)
    return _entries([(serial, rows[tag]) for tag, serial in serials.items() if tag in rows])


def entry_numbered(event: Event, serial: str) -> Entry | None:
    """The keyed paper of the slip with this serial."""
    tag = tag_of(event, serial)
    row = db.session.get(PaperEntry, (event.id, tag), populate_existing=True) if tag else None
    return next(iter(_entries([(serial, row)])), None) if row else None


def _entries(rows: Sequence[tuple[str, PaperEntry]]) -> list[Entry]:
    names = names_of(_people(row for _, row in rows))
    return [
        Entry(
            serial=serial,
            says=OnPaper(row.choices, row.spoilt),
            keyed_by=row.keyed_by,
            keyed_name=names[row.keyed_by],
            confirmed_by=row.confirmed_by,
            confirmed_name=names[row.confirmed_by] if row.confirmed_by else "",
        )
        for serial, row in rows
    ]


def _people(rows: Iterable[PaperEntry]) -> set[int]:
    return {who for row in rows for who in (row.keyed_by, row.confirmed_by) if who}
