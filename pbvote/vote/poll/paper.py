"""The ballot paper of an event: its rules, its bids in order, and the hash that a cast must name.

All of it is plain values. So a paper can be kept for as long as its poll is open, by every thread at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from pbvote.call.bids.models import STANDING, Ask, Bid, BidState, Wording
from pbvote.call.groups.models import Group
from pbvote.config import LANGUAGES
from pbvote.core.hashes import digest
from pbvote.db import db
from pbvote.files.models import Photo, StoredFile
from pbvote.tally import BallotRules
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.events.photos import shows_photos
from pbvote.voters_path import DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class Words:
    """What a page in one language says of a bid: in that language where somebody entered it, else in English."""

    title: str
    summary: str
    title_is_english: bool = False
    """Whether the title stands in English on a page in another language, and is to be marked as such."""
    summary_is_english: bool = False
    photo_text: str = ""
    """What the bid's photo shows, for those who can't see it; "" without a photo."""
    photo_is_english: bool = False

    @property
    def is_partly_english(self) -> bool:
        """Whether something of it stands in English on a page in another language."""
        return self.title_is_english or self.summary_is_english or self.photo_is_english


@dataclass(frozen=True, slots=True)
class LinePhoto:
    """A bid's photo: its digest, the shape of the larger picture in pixels, and whose it is."""

    digest: str
    width: int
    height: int
    bid_id: int


@dataclass(frozen=True, slots=True)
class Line:
    """One bid on the paper. `number` is what the hall says; `reference` is what a ballot holds."""

    number: int
    reference: str
    title: str
    summary: str
    group: str
    """Who asks; "" where an imported election names nobody."""
    ask_pence: int
    wordings: Mapping[str, Words] = field(default_factory=dict, hash=False)
    """Title and summary by each language of the voter's path."""
    photo: LinePhoto | None = None

    def words(self, language: str) -> Words:
        """Title and summary for a page in this language."""
        return self.wordings[language]


Entered = Mapping[str, tuple[str, str, str]]
"""Title, summary and what the photo shows, by language; "" for what nobody has entered."""


def words_of(title: str, summary: str, entered: Entered, photo_text: str = "") -> dict[str, Words]:
    """A bid's words for a page in each language; `entered` holds those that others gave it."""
    words = {DEFAULT_LANGUAGE: Words(title, summary, photo_text=photo_text)}
    for language in LANGUAGES:
        if language != DEFAULT_LANGUAGE:
            words[language] = words_in(title, summary, photo_text, entered.get(language, ("", "", "")))
    return words


def words_in(title: str, summary: str, photo_text: str, own: tuple[str, str, str]) -> Words:
    """The words that somebody entered in a language, and each that is missing in English."""
    own_title, own_summary, own_photo = own
    return Words(
        own_title or title,
        own_summary or summary,
        not own_title,
        not own_summary,
        own_photo or photo_text,
        photo_is_english=bool(photo_text) and not own_photo,
    )


@dataclass(frozen=True)
class Paper:
    """What a voter fills in."""

    event_slug: str
    currency: str
    rules: BallotRules
    lines: tuple[Line, ...]
    definition: str
    """A hash over all that the voter's choices refer to and all that the count will do with them.

    A cast names the one it was made for, so that choices never land on another paper. Withdrawals are not in it: they
    are applied at the count. Nor are words and photos.
    """

    @classmethod
    def of(cls, event: Event, *, looks_ahead: bool = False) -> "Paper":
        """The event's paper as it stands now: the event, its share and its round, and two statements more.

        `looks_ahead` is for the desk: the paper has the photos that everybody will see once voting opens.
        """
        share = event.share
        rules = share.ballot_rules.within(share.share_pence)
        lines = _lines_of(event, share.locality_id, shows=looks_ahead or shows_photos(event))
        return cls(event.slug, share.round.currency, rules, lines, digest(_defined(event, rules, lines)))

    @cached_property
    def references(self) -> Mapping[str, Line]:
        """The lines by reference."""
        return {line.reference: line for line in self.lines}

    @cached_property
    def asks(self) -> Mapping[str, int]:
        """What each bid asks of this share, in pence by reference."""
        return {line.reference: line.ask_pence for line in self.lines}


def _defined(event: Event, rules: BallotRules, lines: tuple[Line, ...]) -> dict[str, Any]:
    return {
        "event": event.slug,
        "share": event.share.share_pence,
        "ballot": rules.to_dict(),
        "rule": event.share.count_rule.to_dict(),
        "bids": [[line.number, line.reference, line.ask_pence] for line in lines],
    }


def _lines_of(event: Event, locality_id: int, *, shows: bool) -> tuple[Line, ...]:
    """The bids in the running order, in two statements however many there are."""
    in_order = sa.select(Slot.bid_id).where(Slot.event_id == event.id)
    wanted = _bids(locality_id, (BidState.SHORTLISTED,) if shows else ()).add_columns(Slot.number)
    wanted = wanted.join(Slot, Slot.bid_id == Bid.id).where(Slot.event_id == event.id).order_by(Slot.number)
    entered = _entered(in_order)
    return tuple(_line(row, row.number, entered) for row in db.session.execute(wanted))


def lines_ahead(bid_ids: sa.Select[int], locality_id: int) -> tuple[Line, ...]:
    """These bids as a ballot would have them, numbered as they came and with their photos; in two statements, too."""
    wanted = _bids(locality_id, STANDING).where(Bid.id.in_(bid_ids)).order_by(Bid.id)
    entered = _entered(bid_ids)
    return tuple(_line(row, number, entered) for number, row in enumerate(db.session.execute(wanted), 1))


def _entered(bid_ids: sa.Select[int]) -> dict[int, dict[str, tuple[str, str, str]]]:
    """What was entered of these bids in other languages."""
    found: dict[int, dict[str, tuple[str, str, str]]] = {}
    worded = sa.select(Wording.bid_id, Wording.language, Wording.title, Wording.summary, Wording.photo_text)
    for row in db.session.execute(worded.where(Wording.bid_id.in_(bid_ids))):
        found.setdefault(row.bid_id, {})[row.language] = (row.title, row.summary, row.photo_text)
    return found


def _bids(locality_id: int, with_photo: Sequence[BidState]) -> sa.Select[Any]:
    """What a line says, for bids with a photo where they are in one of these states."""
    return (
        sa.select(Bid.id, Bid.reference, Bid.title, Bid.summary, Group.name, Ask.ask_pence)
        .add_columns(StoredFile.digest, Photo.width, Photo.height, Bid.photo_text)
        .outerjoin(Photo, sa.and_(Photo.id == Bid.photo_id, Bid.state.in_(with_photo)))
        .outerjoin(StoredFile, StoredFile.id == Photo.large_id)
        .outerjoin(Group, Group.id == Bid.group_id)
        .outerjoin(Ask, sa.and_(Ask.bid_id == Bid.id, Ask.locality_id == locality_id))
    )


def _line(row: Any, number: int, entered: Mapping[int, Entered]) -> Line:
    return Line(
        number=number,
        reference=row.reference,
        title=row.title,
        summary=row.summary,
        group=row.name or "",
        ask_pence=row.ask_pence or 0,
        wordings=words_of(row.title, row.summary, entered.get(row.id, {}), row.photo_text if row.digest else ""),
        photo=LinePhoto(row.digest, row.width, row.height, row.id) if row.digest else None,
    )
