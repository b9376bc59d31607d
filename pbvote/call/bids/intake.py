"""Take bids in, once their contact has confirmed them. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa

from pbvote.call.bids import letters
from pbvote.call.bids.models import STANDING, Ask, Bid, BidHistory, BidState, BudgetLine, CameBy, SentBid
from pbvote.call.bids.new_bid import NewBid
from pbvote.call.bids.sending import LinkExpired, UnknownLink, why_unknown
from pbvote.call.groups.models import Group
from pbvote.call.groups.service import add_contact, group_by_post, group_of
from pbvote.call.rounds.models import Round, Share
from pbvote.core.clock import UK, now, today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.filters import moment
from pbvote.localities.models import Ward
from pbvote.people.models import Account
from pbvote.people.service import account_with_email, add_account

WAYS = {
    CameBy.FORM: "By the form",
    CameBy.TELEPHONE: "By telephone",
    CameBy.PAPER: "On paper",
    CameBy.SPREADSHEET: "From a spreadsheet",
}


class NotTakingBids(Refusal):
    """Nobody can bid in this round today."""

    status = 422

    def __init__(self) -> None:
        super().__init__("This round is not taking bids today.")


class AlreadyBid(Refusal):
    """One bid for a group in a round."""

    def __init__(self, standing: Bid) -> None:
        super().__init__(
            f"Your group has one bid in this round already: {standing.reference}, “{standing.title}”. That one stands, "
            "and this one does not. Write to us if you want this one instead."
        )


class VotingHasBegun(Refusal):
    """A poll that the bid would have been in opened before its contact confirmed it."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(f"Voting has opened in {' and '.join(names)}, so this bid can’t go to the vote any more.")


def confirm_bid(sent: SentBid) -> Bid:
    """Let a sent bid stand: its contact has opened the letter's link and pressed the button.

    What counts is the day on which it was sent, so it stands after the close of bids too. Raises `LinkExpired`,
    `VotingHasBegun`, `AlreadyConfirmed`, `UnknownLink`, and `AlreadyBid` where another bid of the group stands.
    """
    new, round_, tag, sent_at = sent.new, sent.round, sent.tag, sent.sent_at
    came_by, by_id, reason = sent.came_by, sent.by_id, sent.reason
    if sent.expires_at <= now():
        raise LinkExpired
    shares = held_shares(round_.id, new.asks)
    if opened := [share.locality.name for share in shares if share.has_opened]:
        raise VotingHasBegun(opened)
    reference = take_reference(round_)  # holds the round's row: bids of a round become so one by one
    claim = sa.delete(SentBid).where(SentBid.id == sent.id, SentBid.tag == tag)
    if db.session.scalar(claim.returning(SentBid.id)) is None:
        raise why_unknown(round_, tag)
    contact = _contact_of(new)
    group = group_of(contact, new.group_name, new.registered_number, new.phone, new.kind, new.money_holder)
    group.say_it = new.say_it or group.say_it
    add_contact(group, new.second_name, new.second_email, new.second_phone)
    if standing := standing_bid(round_, group):
        raise AlreadyBid(standing)
    bid = _bid_of(new, round_, reference, group)
    bid.sent_at, bid.link_tag, bid.came_by = sent_at, tag, came_by
    bid.keyed_by_id = None if came_by is CameBy.FORM else by_id
    if reason:
        bid.history.append(BidHistory(state=BidState.RECEIVED, account_id=by_id, reason=f"Let in late. {reason}"))
    how = f"Sent on {moment(sent_at)}." if reason else _how_it_came(sent_at, shares)
    bid.history.append(BidHistory(state=BidState.RECEIVED, account=contact, reason=how))
    db.session.add(bid)
    db.session.flush()
    letters.say_received(bid, contact)
    return bid


def take_by_word(round_: Round, new: NewBid, came_by: CameBy, by: Account) -> Bid:
    """Let a bid of a group without an e-mail address stand by the word of the organiser who keyed it in.

    Raises `VotingHasBegun`. The letter is printed and posted: `letters.received_words` has its text.
    """
    if opened := [share.locality.name for share in held_shares(round_.id, new.asks) if share.has_opened]:
        raise VotingHasBegun(opened)
    contact = ", ".join(filter(None, (new.contact_name, new.phone)))
    group = group_by_post(new.group_name, new.registered_number, new.kind, new.money_holder, contact)
    group.say_it = new.say_it
    add_contact(group, new.second_name, new.second_email, new.second_phone)
    bid = _bid_of(new, round_, take_reference(round_), group)
    bid.sent_at, bid.came_by, bid.keyed_by_id = now(), came_by, by.id
    reason = f"{WAYS[came_by]}, read back to {new.contact_name}."
    bid.history.append(BidHistory(state=BidState.RECEIVED, account_id=by.id, reason=reason))
    db.session.add(bid)
    db.session.flush()
    return bid


def _contact_of(new: NewBid) -> Account:
    """The account of the address that was proven. Raises `UnknownLink` where it is suspended."""
    contact = account_with_email(new.email) or add_account(new.contact_name, new.email)
    if contact.is_disabled:
        raise UnknownLink
    return contact


def _bid_of(new: NewBid, round_: Round, reference: str, group: Group) -> Bid:
    return Bid(
        round=round_,
        reference=reference,
        group=group,
        title=new.title,
        summary=new.summary,
        who_benefits=new.who_benefits,
        postcode=new.postcode,
        works_with_people_at_risk=new.works_with_people_at_risk,
        papers=new.papers,
        answers=dict(new.answers),
        ward=db.session.get(Ward, new.ward_id) if new.ward_id else None,  # which may have gone from the council's map
        asks=[Ask(locality_id=locality_id, ask_pence=pence) for locality_id, pence in new.asks.items()],
        lines=[BudgetLine(position=at, what=what, line_pence=pence) for at, (what, pence) in enumerate(new.lines, 1)],
    )


def _how_it_came(sent_at: dt.datetime, shares: Iterable[Share]) -> str:
    """When the form came in; and after the close of bids, that it was in time."""
    if any(share.bids_close_on < sent_at.astimezone(UK).date() for share in shares):
        return f"Sent on {moment(sent_at)}, after the close of bids: this group has more time."
    is_late = any(share.bids_close_on < today() for share in shares)
    ending = ", in time. Its contact confirmed it after the close of bids." if is_late else "."
    return f"Sent on {moment(sent_at)}{ending}"


def held_shares(round_id: int, locality_ids: Iterable[int]) -> list[Share]:
    """These localities' shares, held until the commit: a poll that opens or is counted waits, or has been."""
    wanted = sa.select(Share).where(Share.round_id == round_id, Share.locality_id.in_(list(locality_ids)))
    held = wanted.order_by(Share.id).with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(held))


def take_reference(round_: Round) -> str:
    """The round's next number that no bid has. It is never given again, whatever is deleted or imported."""
    claim = sa.update(Round).where(Round.id == round_.id).values(next_reference=Round.next_reference + 1)
    while True:
        number = db.session.scalars(claim.returning(Round.next_reference)).one() - 1
        reference = f"B-{number:02d}"
        if not db.session.scalar(sa.select(sa.exists().where(Bid.round_id == round_.id, Bid.reference == reference))):
            return reference


def standing_bid(round_: Round, group: Group) -> Bid | None:
    """The group's bid that is neither refused nor withdrawn: there is one at most."""
    wanted = sa.select(Bid).where(Bid.round_id == round_.id, Bid.group_id == group.id)
    return db.session.scalar(wanted.where(Bid.state.in_(STANDING)))
