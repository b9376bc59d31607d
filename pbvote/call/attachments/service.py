"""Put a photo and documents beside a bid, until voting opens. Nothing here commits."""

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.attachments.models import BidDocument
from pbvote.call.bids.intake import held_shares
from pbvote.call.bids.models import Bid, Wording
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Share
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.files.documents import NewDocument
from pbvote.files.models import StoredFile
from pbvote.files.pictures import NewPhoto
from pbvote.files.service import forget_file, forget_photo, keep_document, keep_photo
from pbvote.people.models import Account

MOST_DOCUMENTS = 10


class FilesFixed(Refusal):
    """What residents vote on stays as they saw it."""

    def __init__(self) -> None:
        super().__init__("Voting has opened, so the photo and the documents of this bid stay as they are.")


class BidNotStanding(Refusal):
    """A bid that goes to no vote needs nothing more."""

    def __init__(self) -> None:
        super().__init__("This bid was refused or withdrawn, so its photo and documents stay as they are.")


class TooManyDocuments(Refusal):
    """Nobody reads more."""

    def __init__(self) -> None:
        super().__init__(f"A bid can have {MOST_DOCUMENTS} documents. Remove one first.")


def bid_with_photo(bid_id: int) -> Bid | None:
    """Any bid with its photo."""
    return db.session.scalar(_with_photo().where(Bid.id == bid_id))


def own_bid_with_photo(bid_id: int, contact: Account) -> Bid | None:
    """A bid of a group that this account speaks for."""
    is_own = Bid.group.has(Group.contacts.any(GroupContact.account_id == contact.id))
    return db.session.scalar(_with_photo().where(Bid.id == bid_id, is_own))


def _with_photo() -> sa.Select[Bid]:
    return sa.select(Bid).options(orm.joinedload(Bid.photo), orm.joinedload(Bid.round, innerjoin=True))


def documents_of(bid: Bid) -> list[StoredFile]:
    """The bid's documents in the order in which they came."""
    wanted = sa.select(StoredFile).join(BidDocument, BidDocument.file_id == StoredFile.id)
    return list(db.session.scalars(wanted.where(BidDocument.bid_id == bid.id).order_by(StoredFile.id)))


def document_of(bid: Bid, file_id: int) -> StoredFile | None:
    """One document of this bid."""
    found = db.session.get(BidDocument, (bid.id, file_id))
    return found.file if found else None


def why_fixed(bid: Bid) -> Refusal | None:
    """Why its photo and documents can't change any more, as far as anybody knows without the lock."""
    asked = [ask.locality_id for ask in bid.asks]
    has_opened = sa.exists().where(Share.round_id == bid.round_id, Share.locality_id.in_(asked), Share.has_opened)
    if not bid.is_standing:
        return BidNotStanding()
    return FilesFixed() if db.session.scalar(sa.select(has_opened)) else None


def require_changeable(bid: Bid) -> None:
    """Raise what `why_fixed` says, before a form is looked at. Each change asks again, under the lock."""
    if refusal := why_fixed(bid):
        raise refusal


def set_photo(bid: Bid, new: NewPhoto | None, text: str, by: Account | None) -> None:
    """Give the bid its photo and what it shows; without a new photo, other words for the one that it has.

    The photo before it goes, and so does what was entered in other languages of what it showed. Raises `FilesFixed`,
    `BidNotStanding`.
    """
    _hold(bid)
    before = bid.photo
    if new or text != bid.photo_text:
        _forget_other_words(bid)
    if new:
        bid.photo = keep_photo(new, by.id if by else None)
    if bid.photo:
        bid.photo_text = text
    db.session.flush()
    if new and before:
        forget_photo(before)


def remove_photo(bid: Bid) -> None:
    """Take the bid's photo away, where it has one. Raises `FilesFixed`, `BidNotStanding`."""
    _hold(bid)
    if before := bid.photo:
        _forget_other_words(bid)
        bid.photo, bid.photo_text = None, ""
        db.session.flush()
        forget_photo(before)


def _forget_other_words(bid: Bid) -> None:
    """What the photo shows in other languages: it was said of another photo, or of other words."""
    db.session.execute(sa.update(Wording).where(Wording.bid_id == bid.id).values(photo_text=""))


def add_document(bid: Bid, new: NewDocument, by: Account) -> StoredFile:
    """Put a document beside the bid. Raises `FilesFixed`, `BidNotStanding`, `TooManyDocuments`."""
    _hold(bid)
    if len(documents_of(bid)) >= MOST_DOCUMENTS:
        raise TooManyDocuments
    stored = keep_document(new, by.id)
    db.session.add(BidDocument(bid_id=bid.id, file=stored))
    db.session.flush()
    return stored


def remove_document(bid: Bid, file_id: int) -> None:
    """Take a document away, where it is still there. Raises `FilesFixed`, `BidNotStanding`."""
    _hold(bid)
    if document := db.session.get(BidDocument, (bid.id, file_id)):
        stored = document.file
        db.session.delete(document)
        db.session.flush()
        forget_file(stored)


def _hold(bid: Bid) -> None:
    """Keep others from changing these files, or opening a poll, until the commit; then read the bid again."""
    shares = held_shares(bid.round_id, [ask.locality_id for ask in bid.asks])
    if any(share.has_opened for share in shares):
        raise FilesFixed
    db.session.scalars(_with_photo().where(Bid.id == bid.id).execution_options(populate_existing=True)).one()
    if not bid.is_standing:
        raise BidNotStanding
