"""Change a bid at its group's wish, until the close. Nothing here commits."""

import sqlalchemy as sa

from pbvote.call.bids import letters
from pbvote.call.bids.intake import held_shares
from pbvote.call.bids.models import Ask, Bid, BidHistory, BidState, BudgetLine
from pbvote.call.bids.new_bid import NewBid
from pbvote.call.groups.service import add_contact, settle_group
from pbvote.call.rounds.extensions import shares_for
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.localities.models import Ward
from pbvote.people.models import Account


class Unchangeable(Refusal):
    """Bids have closed, or organisers have checked this one."""

    def __init__(self) -> None:
        super().__init__("This bid can’t be changed any more: bids have closed, or we have checked it. Write to us.")


def may_change(bid: Bid, by: Account) -> bool:
    """Whether this contact can change the bid now: nobody has checked it, and what it asks of takes bids."""
    asked = {ask.locality_id for ask in bid.asks}
    shares = [share for share in bid.round.shares if share.locality_id in asked]
    return bid.state is BidState.RECEIVED and shares_for(shares, by.email) == shares


def may_withdraw(bid: Bid) -> bool:
    """Whether its group can take the bid out: it is on its way, and no locality has counted it."""
    asked = {ask.locality_id for ask in bid.asks}
    return bid.is_standing and not any(share.is_counted for share in bid.round.shares if share.locality_id in asked)


def change_bid(bid: Bid, new: NewBid, by: Account) -> Bid:
    """Give a bid other answers. Raises `Unchangeable`; the organisers see who changed it and when."""
    shares = held_shares(bid.round_id, {*new.asks, *(ask.locality_id for ask in bid.asks)})
    if shares_for(shares, by.email) != shares:
        raise Unchangeable
    values = {
        "title": new.title,
        "summary": new.summary,
        "who_benefits": new.who_benefits,
        "ward_id": new.ward_id if new.ward_id and db.session.get(Ward, new.ward_id) else None,
        "postcode": new.postcode,
        "works_with_people_at_risk": new.works_with_people_at_risk,
        "papers": new.papers,
        "answers": dict(new.answers),
    }
    claim = sa.update(Bid).where(Bid.id == bid.id, Bid.state == BidState.RECEIVED).values(**values)
    if db.session.scalar(claim.returning(Bid.id)) is None:
        raise Unchangeable
    db.session.refresh(bid)
    bid.asks.clear()
    bid.lines.clear()
    db.session.flush()  # the old amounts go before the new ones come: they have the same keys
    bid.asks.extend(Ask(locality_id=locality_id, ask_pence=pence) for locality_id, pence in new.asks.items())
    lines = enumerate(new.lines, 1)
    bid.lines.extend(BudgetLine(position=at, what=what, line_pence=pence) for at, (what, pence) in lines)
    if bid.group:
        settle_group(bid.group, new.group_name, new.registered_number, new.kind, new.money_holder)
        bid.group.say_it = new.say_it or bid.group.say_it  # the short form does not ask for it
        add_contact(bid.group, new.second_name, new.second_email, new.second_phone)
    bid.history.append(BidHistory(state=BidState.RECEIVED, account_id=by.id, reason="The group changed its answers."))
    db.session.flush()
    letters.say_changed(bid, by)
    return bid
