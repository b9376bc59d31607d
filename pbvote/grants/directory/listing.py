"""Stand in the directory, say what is shown there, and take any of it back. Nothing here commits."""

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.core.clock import now, today
from pbvote.core.contacts import NO_CONTACTS, names_a_contact
from pbvote.db import db, insert_into
from pbvote.errors import Refusal
from pbvote.files.models import Photo, StoredFile
from pbvote.grants.awards.models import Award
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.themes import Theme
from pbvote.grants.directory.visible import HAVE_ACCEPTED
from pbvote.grants.reports.models import Report
from pbvote.grants.reports.retaining import ended_before
from pbvote.people.models import Account

KEPT_DAYS = 730
"""After the end of its grant a group may stand in the directory for so long: it is still there to be met."""


class NotListable(Refusal):
    """The group has not accepted its offer, or has given it back."""

    def __init__(self) -> None:
        super().__init__("A group stands in the directory once it has accepted its grant.")


class NotListed(Refusal):
    """There is nothing to take down."""

    def __init__(self) -> None:
        super().__init__("This group does not stand in the directory.")


class TakenDownMeanwhile(Refusal):
    """Somebody else of the group took the listing down while this page was open."""

    def __init__(self) -> None:
        super().__init__("Your group was taken out of the directory while this page was open. Look at the page again.")


class StoryNamesContact(Refusal):
    """The report tells how to reach somebody."""

    status = 422

    def __init__(self) -> None:
        super().__init__(f"Your report can’t be your story as it is. {NO_CONTACTS}")


class PhotoReplaced(Refusal):
    """A photo that the group did not send, or has replaced."""

    status = 422

    def __init__(self) -> None:
        super().__init__("This photo is not there any more. Look at the page again.")


@dataclass(frozen=True, slots=True)
class OwnPhoto:
    """A photo of its project that a group has sent."""

    digest: str
    of: str
    text: str


@dataclass(frozen=True, slots=True)
class NewListing:
    """What a group says for the directory."""

    sentence: str
    theme: Theme
    ward_id: int | None
    district: str
    website: str
    photo_digest: str = ""
    photo_text: str = ""
    shows_story: bool = False
    shows_needs: bool = False
    names_mentor: bool = False


@dataclass(frozen=True, slots=True)
class OwnMatter:
    """What a group has sent that it may show: photos of its project, and the words of its report."""

    photos: Sequence[OwnPhoto]
    story: str
    """"" until it was thanked for its report: by then somebody has read it."""

    @classmethod
    def of(cls, award: Award) -> "OwnMatter":
        """In two statements."""
        report = db.session.scalar(
            sa.select(Report).where(Report.award_id == award.id).options(orm.joinedload(Report.photo))
        )
        bid = db.session.scalars(sa.select(Bid).where(Bid.id == award.bid_id).options(_photo_alone())).unique().one()
        photos = [OwnPhoto(bid.photo.digest, "The one in our bid", bid.photo_text)] if bid.photo else []
        if report and report.photo and report.photo.digest not in {photo.digest for photo in photos}:
            photos.append(OwnPhoto(report.photo.digest, "The one in our report", ""))
        return cls(photos, report.happened if report and report.is_answered else "")


def _photo_alone() -> orm.interfaces.LoaderOption:
    """Its photo, and nothing of its budget."""
    return orm.joinedload(Bid.photo)


def own_photo(award: Award, digest: str) -> Photo | None:
    """A photo of its project that the award's group has sent, by its digest."""
    of_bid = sa.select(Bid.photo_id).where(Bid.id == award.bid_id)
    of_report = sa.select(Report.photo_id).where(Report.award_id == award.id)
    large = sa.select(StoredFile.id).where(StoredFile.digest == digest)
    wanted = sa.select(Photo).where(Photo.large_id.in_(large), sa.or_(Photo.id.in_(of_bid), Photo.id.in_(of_report)))
    return db.session.scalars(wanted).unique().first()


def story_digest(words: str) -> str:
    """By which a story is known that a group agreed to show."""
    return sha256(words.encode()).hexdigest()


def listing_of(award: Award) -> Listing | None:
    """How the award's group stands in the directory; None where it does not."""
    return db.session.scalar(sa.select(Listing).where(Listing.award_id == award.id))


def listed_since(awards: Sequence[Award]) -> Mapping[int, dt.date]:
    """Since when each of these awards' groups stands in the directory; those that do not are left out."""
    wanted = sa.select(Listing.award_id, Listing.agreed_on).where(Listing.award_id.in_([each.id for each in awards]))
    return dict(db.session.execute(wanted).all())


def require_listed(award: Award) -> Listing:
    """How the award's group stands in the directory. Raises `NotListed`."""
    found = listing_of(award)
    if found is None:
        raise NotListed
    return found


def require_listable(award: Award) -> None:
    """Raise `NotListable` unless the group has accepted its grant."""
    if award.state not in HAVE_ACCEPTED:
        raise NotListable


def stand(award: Award, new: NewListing, matter: OwnMatter, by: Account, *, was_listed: bool) -> None:
    """Show this in the directory from now on. What was agreed before keeps its day.

    `was_listed` is what the page showed that this was sent from.
    Raises `NotListable`, `TakenDownMeanwhile`, `PhotoReplaced` and `StoryNamesContact`.
    """
    require_listable(award)
    if new.photo_digest and new.photo_digest not in {photo.digest for photo in matter.photos}:
        raise PhotoReplaced
    if new.shows_story and names_a_contact(matter.story):
        raise StoryNamesContact
    before = _held(award)
    if was_listed and before is None:
        raise TakenDownMeanwhile
    said = _as_row(new, matter, before) | {"agreed_by_id": by.id}
    first = insert_into(Listing).values(award_id=award.id, agreed_on=today(), **said)
    db.session.execute(first.on_conflict_do_update(index_elements=["award_id"], set_=said))
    db.session.expire_all()


def _held(award: Award) -> Listing | None:
    held = sa.select(Listing).where(Listing.award_id == award.id).with_for_update()
    return db.session.scalar(held.execution_options(populate_existing=True))


def _as_row(new: NewListing, matter: OwnMatter, before: Listing | None) -> dict[str, Any]:
    """The row's values. A word that was given before, for the same thing, keeps its day."""
    story = story_digest(matter.story) if new.shows_story and matter.story else ""
    same_photo = before and before.photo_digest == new.photo_digest
    same_story = before and before.story_digest == story
    return {
        "sentence": new.sentence,
        "theme": new.theme,
        "ward_id": new.ward_id,
        "district": new.district,
        "website": new.website,
        "photo_digest": new.photo_digest,
        "photo_text": new.photo_text,
        "photo_agreed_on": _day(bool(new.photo_digest), before.photo_agreed_on if before and same_photo else None),
        "story_digest": story,
        "story_agreed_on": _day(bool(story), before.story_agreed_on if before and same_story else None),
        "needs_agreed_on": _day(new.shows_needs, before.needs_agreed_on if before else None),
        "mentor_agreed_on": _day(new.names_mentor, before.mentor_agreed_on if before else None),
    }


def _day(is_agreed: bool, before: Any) -> Any:
    return (before or today()) if is_agreed else None


class Consent(enum.StrEnum):
    """What a group may take back by itself."""

    ALL = "all"
    PHOTO = "photo"
    STORY = "story"
    NEEDS = "needs"
    MENTOR = "mentor"


_NOTHING: dict[Consent, dict[str, Any]] = {
    Consent.PHOTO: {"photo_digest": "", "photo_text": "", "photo_agreed_on": None},
    Consent.STORY: {"story_digest": "", "story_agreed_on": None},
    Consent.NEEDS: {"needs_agreed_on": None},
    Consent.MENTOR: {"mentor_agreed_on": None},
}


def take_back(award: Award, part: Consent) -> None:
    """Show this no longer. Pressed again, nothing changes."""
    this = Listing.award_id == award.id
    if part is Consent.ALL:
        db.session.execute(sa.delete(Listing).where(this))
    else:
        db.session.execute(sa.update(Listing).where(this).values(**_NOTHING[part]))
    db.session.expire_all()


def forget_listings() -> int:
    """Delete the listings of awards that ended `KEPT_DAYS` ago, and of those given back; how many they were."""
    ended = ended_before(now() - dt.timedelta(days=KEPT_DAYS))
    given_back = sa.select(Award.id).where(~Award.is_standing)
    gone = sa.delete(Listing).where(sa.or_(Listing.award_id.in_(ended), Listing.award_id.in_(given_back)))
    return len(db.session.scalars(gone.returning(Listing.award_id)).all())
