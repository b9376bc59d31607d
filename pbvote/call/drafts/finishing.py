"""Send a draft, or keep it where it came late. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from pbvote.call.bids import sending
from pbvote.call.bids.changing import change_bid, may_change
from pbvote.call.bids.intake import held_shares, take_by_word
from pbvote.call.bids.models import Bid, SentBid
from pbvote.call.bids.new_bid import NewBid
from pbvote.call.bids.service import has_changed_since
from pbvote.call.drafts.form_pages import pages_of
from pbvote.call.drafts.keeping import forms_of
from pbvote.call.drafts.models import Draft
from pbvote.call.groups.closeness import require_strange
from pbvote.call.rounds.extensions import shares_for
from pbvote.call.rounds.models import Round, RoundState, Share
from pbvote.call.rounds.service import why_no_bids
from pbvote.core.clock import now, today, uk_moment
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account


class NotLate(Refusal):
    """Somebody has let the draft in, or deleted it, meanwhile."""

    def __init__(self) -> None:
        super().__init__("This draft is no longer here. Somebody may have let it in a moment ago.")


class BidChanged(Refusal):
    """The bid has changed since somebody began to change it, so that to send this would undo what they never saw."""

    def __init__(self) -> None:
        super().__init__(
            "This bid was changed after you began. Copy what you want to keep. Then go to My bids, and press the "
            "button there to begin from the bid as it is now."
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft as a whole: the bid that it makes, or what is to be put right, each with its page."""

    new: NewBid | None
    problems: list[tuple[str, str]]


def check(draft: Draft) -> Checked:
    """Read every page of a draft as if it were sent now."""
    problems: list[tuple[str, str]] = []
    parts, names = _not_asked(draft), pages_of(draft.round)
    for page, form in forms_of(draft):
        if draft.typed(page) is None:
            problems.append((page, f"Fill in “{names[page]}”"))
        elif not form.validate():
            problems += [(page, sentence) for sentence, _ in form.listed_errors()]
        else:
            parts |= form.part
    return Checked(None if problems else NewBid(**parts), problems)


def _not_asked(draft: Draft) -> dict[str, Any]:
    """What a bid says of the questions that its form leaves out; a page that asks says otherwise.

    A bid that is changed keeps what it says already, and its contact.
    """
    said = {"contact_name": "", "email": "", "phone": ""}
    if draft.bid is None:
        return {**said, "email": draft.email, "who_benefits": "", "ward_id": None}
    if not draft.round.has_short_form:
        return said
    kept = ("who_benefits", "ward_id", "postcode", "papers")
    return {**said, **{name: getattr(draft.bid, name) for name in kept}}


def closed_shares(draft: Draft, new: NewBid) -> list[Share]:
    """The shares that the bid asks of and that take none now from the address that has to confirm it.

    Whoever began the draft typed another address, perhaps, and that one's longer time is not theirs.
    """
    asked = [share for share in draft.round.shares if share.locality_id in new.asks]
    taking = shares_for(asked, new.email if draft.bid_id is None else draft.email)
    return [share for share in asked if share not in taking]


def why_never(shares: Iterable[Share]) -> str | None:
    """Why nobody can let a bid into these shares any more, or yet; None where an organiser can.

    The first slip ends it, since its back lists the bids; so does the opening, which locks a share as well.
    """
    for share in shares:
        is_private = share.round.state is not RoundState.OPEN or share.round.is_imported
        if is_private or share.is_locked or today() < share.bids_open_on:
            return why_no_bids(share)
    return None


def closed_at(share: Share) -> dt.datetime:
    """The moment after the last day on which a share took bids."""
    return uk_moment(share.bids_close_on + dt.timedelta(days=1), dt.time(0))


def how_late(draft: Draft, shares: Iterable[Share]) -> str:
    """``4 minutes``, ``2 hours``, ``3 days``: how long after the close it was as it is, never less than it is."""
    at = draft.late_since or now()
    minutes = max((int((at - closed_at(share)).total_seconds()) // 60 + 1 for share in shares), default=1)
    for size, word in ((24 * 60, "day"), (60, "hour")):
        if minutes >= 2 * size:
            return f"{-(-minutes // size)} {word}s"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def keep_late(draft: Draft) -> None:
    """Note when it was sent, the first time."""
    claim = sa.update(Draft).where(Draft.id == draft.id, Draft.late_at.is_(None)).values(late_at=now())
    db.session.execute(claim)
    db.session.refresh(draft)


@dataclass(frozen=True, slots=True)
class Late:
    """A draft that came after the close, the bid that it makes, and how late it was in words."""

    draft: Draft
    new: NewBid
    how_late: str
    never: str | None
    """Why nobody can let it in any more."""


def late_drafts(round_: Round) -> list[Late]:
    """The drafts that came after the close, oldest first."""
    wanted = sa.select(Draft).where(Draft.round_id == round_.id, Draft.late_at.is_not(None)).order_by(Draft.late_at)
    return [late for draft in db.session.scalars(wanted) if (late := _late(draft))]


def late_draft(draft_id: int) -> Late | None:
    """One of them."""
    draft = db.session.get(Draft, draft_id)
    return _late(draft) if draft and draft.late_at else None


def _late(draft: Draft) -> Late | None:
    """None where somebody goes on writing, and the draft is not whole just now."""
    new = check(draft).new
    if new is None:
        return None
    closed = closed_shares(draft, new)
    return Late(draft, new, how_late(draft, closed), why_never(closed))


def send_draft(draft: Draft, new: NewBid) -> SentBid:
    """Send a draft: its contact gets the letter that asks whether the bid is theirs.

    Of two who send at once one does, and the other is given what was sent. Raises `NotLate` where it was deleted.
    """
    came_by, by_id, key = draft.came_by, draft.keyed_by_id, draft.key
    try:
        _take(draft)
    except NotLate:
        if sent := sent_from(key):
            return sent
        raise
    return sending.send_bid(draft.round, new, draft_key=key, came_by=came_by, by_id=by_id)


def require_time(late: Late) -> None:
    """Raise a refusal where slips of a locality that the draft asks are printed: nobody can let it in any more."""
    if (never := why_never(held_shares(late.draft.round_id, late.new.asks))) is not None:
        raise Refusal(f"{never}.")


def let_in(late: Late, by: Account, reason: str) -> SentBid:
    """Send a late draft all the same. Raises `NotLate`, `NotImpartial`, and as `require_time`."""
    require_time(late)
    require_strange(late.new.email, by)
    draft, new = late.draft, late.new
    late_since, key = draft.late_since, _take(draft)
    return sending.send_bid(draft.round, new, draft_key=key, by_id=by.id, reason=reason, sent_at=late_since)


def stand_by_word(draft: Draft, new: NewBid, by: Account) -> Bid:
    """Let a bid stand that an organiser keyed in for a group without an e-mail address."""
    came_by = draft.came_by
    _take(draft)
    return take_by_word(draft.round, new, came_by, by)


def apply_change(draft: Draft, new: NewBid, by: Account) -> Bid:
    """Change the bid that the draft was made from. Raises `BidChanged` where the bid has changed since."""
    bid = draft.bid
    if bid is None:
        raise NotLate
    if may_change(bid, by) and has_changed_since(bid, draft.begun_at):
        raise BidChanged
    _take(draft)
    return change_bid(bid, new, by)


def _take(draft: Draft) -> str:
    """Delete the draft, so that it becomes a bid once; its key. Raises `NotLate` where somebody was first."""
    key: str | None = db.session.scalar(sa.delete(Draft).where(Draft.id == draft.id).returning(Draft.key))
    if key is None:
        raise NotLate
    return key


def sent_from(key: str) -> SentBid | None:
    """What was sent from the draft with this key."""
    return db.session.scalar(sa.select(SentBid).where(SentBid.draft_key == key))
