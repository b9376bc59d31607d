"""What the public form sends: it waits for its contact, who gets a letter with a link. Nothing here commits."""

import datetime as dt
from dataclasses import replace

import sqlalchemy as sa

from pbvote.call.bids import letters
from pbvote.call.bids.models import Bid, CameBy, SentBid
from pbvote.call.bids.new_bid import NewBid
from pbvote.call.rounds.models import Round, Share
from pbvote.code_tags import tag_of
from pbvote.core.clock import now, today
from pbvote.core.codes import new_code, read_code
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.codes import WrongCode

LIFETIME = dt.timedelta(days=7)
KEPT_DAYS = 30
"""How long after a round's close of bids an unconfirmed bid is kept."""


class AlreadyConfirmed(Refusal):
    """The button was pressed before."""

    def __init__(self, bid: Bid) -> None:
        super().__init__(f"You have confirmed this bid. Its number is {bid.reference}. Sign in to follow it.")


class UnknownLink(WrongCode):
    """A link that leads to no bid: mistyped, replaced by a newer letter's, or long out of date."""

    def __init__(self, typed: str = "") -> None:
        super().__init__("This link does not work. Use the link in the newest letter, and check the code.", typed)


class LinkExpired(Refusal):
    """The bid is here, and its letter is old."""

    status = 422

    def __init__(self) -> None:
        super().__init__("This link is out of date. Your bid is still here: have a new letter sent.")


class AddressFixed(Refusal):
    """The address was put right before, or the bid is confirmed."""

    def __init__(self) -> None:
        super().__init__("You can change the e-mail address once, before the bid is confirmed. Write to us instead.")


def send_bid(
    round_: Round,
    new: NewBid,
    *,
    draft_key: str | None = None,
    came_by: CameBy = CameBy.FORM,
    by_id: int | None = None,
    reason: str = "",
    sent_at: dt.datetime | None = None,
) -> SentBid:
    """Keep a bid until its contact confirms it, and write them a letter with a link.

    `by_id` is the organiser who keyed it in, or who let it in after the close and says the `reason`; then `sent_at` is
    when the group pressed Send.
    """
    sent = SentBid(round=round_, new=new, sent_at=sent_at or now(), draft_key=draft_key)
    sent.came_by, sent.by_id, sent.reason = came_by, by_id, reason
    db.session.add(sent)
    _write_letter(sent)
    return sent


def send_letter_again(sent: SentBid) -> None:
    """Write the contact a new letter. The link in the one before it ends."""
    _write_letter(sent)


def change_address(sent: SentBid, email: str) -> None:
    """Put the contact's address right, once. The link that went to the wrong one ends. Raises `AddressFixed`."""
    claim = sa.update(SentBid).where(SentBid.id == sent.id, SentBid.is_readdressed.is_(False))
    if db.session.scalar(claim.values(is_readdressed=True).returning(SentBid.id)) is None:
        raise AddressFixed
    sent.new = replace(sent.new, email=email)
    _write_letter(sent)


def _write_letter(sent: SentBid) -> None:
    code = new_code()
    sent.tag, sent.expires_at = tag_of("sent bid", code), now() + LIFETIME
    db.session.flush()
    letters.ask_to_confirm(sent, code)


def sent_with(round_: Round, typed: str) -> SentBid:
    """The sent bid whose newest letter has this code, the link out of date or not.

    Raises `UnknownLink`, and `AlreadyConfirmed` where the bid stands.
    """
    code = read_code(typed)
    tag = tag_of("sent bid", code) if code else b""
    wanted = sa.select(SentBid).where(SentBid.round_id == round_.id, SentBid.tag == tag)
    sent = db.session.scalar(wanted.where(SentBid.round_id.not_in(_long_closed())))
    if sent is None:
        raise why_unknown(round_, tag, typed)
    return sent


def why_unknown(round_: Round, tag: bytes, typed: str = "") -> Refusal:
    """What to say of a link whose bid does not wait: that it stands, or that nothing is known of it."""
    confirmed = db.session.scalar(sa.select(Bid).where(Bid.round_id == round_.id, Bid.link_tag == tag))
    return AlreadyConfirmed(confirmed) if confirmed else UnknownLink(typed)


def unconfirmed_bids(round_: Round) -> list[SentBid]:
    """The round's bids that wait for their contact's confirmation, oldest first."""
    wanted = sa.select(SentBid).where(SentBid.round_id == round_.id, SentBid.round_id.not_in(_long_closed()))
    return list(db.session.scalars(wanted.order_by(SentBid.id)))


def unconfirmed_before(moment: dt.datetime) -> sa.Select[int]:
    """The round of each bid that was sent before this moment and still waits for its contact."""
    wanted = sa.select(SentBid.round_id.label("round_id")).where(SentBid.sent_at < moment)
    return wanted.where(SentBid.round_id.not_in(_long_closed()))


def forget_unconfirmed() -> int:
    """Delete the bids that nobody confirmed within `KEPT_DAYS` of their round's close of bids; how many they were."""
    gone = sa.delete(SentBid).where(SentBid.round_id.in_(_long_closed())).returning(SentBid.id)
    return len(db.session.scalars(gone).all())


def _long_closed() -> sa.Select[int]:
    """The ids of the rounds whose last day for bids, of all localities, is more than `KEPT_DAYS` ago."""
    closed = sa.func.max(Share.bids_close_on) < today() - dt.timedelta(days=KEPT_DAYS)
    return sa.select(Share.round_id).group_by(Share.round_id).having(closed)
