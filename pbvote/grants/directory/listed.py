"""The groups that stand in a directory: read once, then searched, filtered and sorted. Nothing here writes."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from pbvote.call.bids.models import CALLED, Bid
from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import Round, Share
from pbvote.core.searching import folded, holds_words
from pbvote.db import db
from pbvote.files.models import Photo, StoredFile
from pbvote.grants.awards.models import Award
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.needs import needs_of
from pbvote.grants.directory.themes import Theme
from pbvote.grants.directory.visible import is_public, may_be_listed
from pbvote.grants.reports.models import Report
from pbvote.grants.visits.models import NEEDS
from pbvote.localities.models import Locality, Ward
from pbvote.vote.events.models import Event


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """A photo that a group agreed to show. Its size is that of the larger one, in pixels."""

    width: int
    height: int
    text: str


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """A group as the directory shows it: what it agreed to, and what is public anyway."""

    award_id: int
    called: str
    project: str
    award_pence: int
    currency: str
    round: str
    sentence: str
    theme: Theme
    ward_id: int | None
    ward: str
    """"" where it works in more than one."""
    district: str
    website: str
    photo: ShownPhoto | None
    needs: Sequence[str]
    """Keys of `NEEDS`; none where the group shows none."""
    agreed_on: dt.date

    @property
    def needs_in_words(self) -> list[str]:
        """What it could use, as a page names it."""
        return [NEEDS[key] for key in self.needs]


def photo_agreed() -> sa.ColumnElement[bool]:
    """Whether a photo is the one that a group agreed to show: of its bid or its report, and still the same."""
    large = sa.select(StoredFile.id).where(StoredFile.digest == Listing.photo_digest)
    of_project = sa.or_(Photo.id == Bid.photo_id, Photo.id == Report.photo_id)
    return sa.and_(of_project, Photo.large_id.in_(large))


def _listings() -> sa.Select[*tuple[Any, ...]]:
    wanted = sa.select(
        Listing,
        Award.award_pence,
        Group.name,
        Bid.title,
        Ward.name.label("ward"),
        Round.name.label("round"),
        Round.currency,
        Photo.width,
        Photo.height,
    )
    wanted = wanted.join(Award, Award.id == Listing.award_id).join(Bid, Bid.id == Award.bid_id)
    wanted = wanted.join(Group, Group.id == Bid.group_id).join(Event, Event.id == Award.event_id)
    wanted = wanted.join(Share, Share.id == Event.share_id).join(Round, Round.id == Share.round_id)
    wanted = wanted.outerjoin(Ward, Ward.id == Listing.ward_id).outerjoin(Report, Report.award_id == Award.id)
    return wanted.outerjoin(Photo, photo_agreed()).where(may_be_listed()).order_by(Group.name, Award.id)


def listed_in(locality: Locality) -> list[ListedGroup]:
    """Everybody who stands in a locality's directory, by name, in two statements."""
    rows = db.session.execute(_listings().where(Share.locality_id == locality.id)).all()
    showing = [row.Listing.award_id for row in rows if row.Listing.needs_agreed_on]
    needs = needs_of(showing) if showing else {}
    return list({row.Listing.award_id: _listed(row, needs) for row in rows}.values())


def _listed(row: sa.Row[*tuple[Any, ...]], needs: Mapping[int, Sequence[str]]) -> ListedGroup:
    listing: Listing = row.Listing
    return ListedGroup(
        award_id=listing.award_id,
        called=row.name,
        project=row.title,
        award_pence=row.award_pence,
        currency=row.currency,
        round=row.round,
        sentence=listing.sentence,
        theme=listing.theme,
        ward_id=listing.ward_id,
        ward=row.ward or "",
        district=listing.district,
        website=listing.website,
        photo=ShownPhoto(row.width, row.height, listing.photo_text) if row.width else None,
        needs=needs.get(listing.award_id, ()),
        agreed_on=listing.agreed_on,
    )


@dataclass(frozen=True, slots=True)
class Funded:
    """A group that got a grant and does not stand in the directory: what is public without its word."""

    award_id: int
    called: str
    project: str
    award_pence: int
    currency: str
    round: str


def funded_without_listing(locality: Locality) -> list[Funded]:
    """The other funded groups of a locality, by name, in one statement."""
    wanted = sa.select(Award.id, CALLED, Bid.title, Award.award_pence, Round.currency, Round.name)
    wanted = wanted.join(Bid, Bid.id == Award.bid_id).outerjoin(Group, Group.id == Bid.group_id)
    wanted = wanted.join(Event, Event.id == Award.event_id).join(Share, Share.id == Event.share_id)
    wanted = wanted.join(Round, Round.id == Share.round_id).outerjoin(Listing, Listing.award_id == Award.id)
    is_listed = sa.and_(Listing.award_id.is_not(None), may_be_listed())
    wanted = wanted.where(Share.locality_id == locality.id, is_public(), ~is_listed).order_by(CALLED, Award.id)
    return [Funded(*row) for row in db.session.execute(wanted)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in a directory; "" and None for anything."""

    words: str = ""
    theme: Theme | None = None
    ward_id: int | None = None
    district: str = ""
    need: str = ""
    order: str = "name"

    def found_among(self, groups: Iterable[ListedGroup]) -> list[ListedGroup]:
        """Those that it is about, in its order."""
        return sorted(filter(self._is_meant, groups), key=ORDERS[self.order][1])

    def _is_meant(self, group: ListedGroup) -> bool:
        texts = (group.called, group.project, group.sentence, group.theme.words, group.ward, *group.needs_in_words)
        return (
            (not self.words or holds_words(texts, self.words))
            and self.theme in {None, group.theme}
            and self.ward_id in {None, group.ward_id}
            and self.district in {"", group.district}
            and (not self.need or self.need in group.needs)
        )

    @property
    def is_any(self) -> bool:
        """Whether it leaves nobody out."""
        return not (self.words or self.theme or self.ward_id or self.district or self.need)


Key = Callable[[ListedGroup], Any]
ORDERS: Mapping[str, tuple[str, Key]] = {
    "name": ("Name", lambda group: (folded(group.called), group.award_id)),
    "newest": ("Newest first", lambda group: (-group.agreed_on.toordinal(), folded(group.called))),
    "amount": ("Largest grant first", lambda group: (-group.award_pence, folded(group.called))),
    "ward": ("Ward", lambda group: (not group.ward, folded(group.ward), folded(group.called))),
}


@dataclass(frozen=True, slots=True)
class WardTile:
    """A ward in the picture: its groups, and how many of them are among what was looked for."""

    ward_id: int
    name: str
    found: int
    others: int

    @property
    def groups(self) -> int:
        """How many stand in the directory."""
        return self.found + self.others


def tiles_of(locality: Locality, groups: Sequence[ListedGroup], found: Sequence[ListedGroup]) -> list[WardTile]:
    """Every ward of the locality, by name, with or without a group."""
    return [
        WardTile(ward.id, ward.name, met := _number_in(ward, found), _number_in(ward, groups) - met)
        for ward in locality.wards
    ]


def _number_in(ward: Ward, groups: Iterable[ListedGroup]) -> int:
    return sum(group.ward_id == ward.id for group in groups)
