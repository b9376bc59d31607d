"""Take bids in. Nothing here commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from pbvote.access import Role
from pbvote.call.bids.models import Ask, Bid, BidHistory, BidState, BudgetLine
from pbvote.call.groups.models import Group
from pbvote.call.groups.service import group_of
from pbvote.call.rounds.models import Round
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.mail.service import write_letter
from pbvote.people import service as people
from pbvote.people.links import mail_link
from pbvote.people.models import Account, LinkPurpose


class NotTakingBids(Refusal):
    """Nobody can bid in this round today."""

    status = 422

    def __init__(self) -> None:
        super().__init__("This round is not taking bids today.")


class AlreadyBid(Refusal):
    """One bid for a group in a round."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"Your group has already bid in this round: {reference}. Ask us if you want to change it.")


@dataclass(frozen=True, slots=True)
class NewBid:
    """A bid as it was typed. Amounts are pence; `asks` goes by locality id."""

    group_name: str
    registered_number: str
    contact_name: str
    email: str
    phone: str
    title: str
    summary: str
    who_benefits: str
    ward_id: int | None
    asks: Mapping[int, int]
    lines: Sequence[tuple[str, int]]


def submit_bid(round_: Round, new: NewBid) -> Bid:
    """Receive a bid, and write its contact a letter. Raises `AlreadyBid`."""
    # References count up within the round: one submission at a time.
    db.session.execute(sa.select(Round.id).where(Round.id == round_.id).with_for_update())
    contact = people.account_with_email(new.email) or people.add_account(new.contact_name, new.email)
    group = group_of(contact, new.group_name, new.registered_number, new.phone)
    standing = standing_bid(round_, group)
    if standing:
        raise AlreadyBid(standing.reference)
    bid = Bid(
        round=round_,
        reference=_next_reference(round_),
        group=group,
        title=new.title,
        summary=new.summary,
        who_benefits=new.who_benefits,
        ward_id=new.ward_id,
        asks=[Ask(locality_id=locality_id, ask_pence=pence) for locality_id, pence in new.asks.items()],
        lines=[BudgetLine(position=at, what=what, line_pence=pence) for at, (what, pence) in enumerate(new.lines, 1)],
        history=[BidHistory(state=BidState.RECEIVED)],
    )
    db.session.add(bid)
    db.session.flush()
    tell(
        contact, f"We have your bid {bid.reference}", f"We have your bid “{bid.title}”. Its number is {bid.reference}."
    )
    return bid


def standing_bid(round_: Round, group: Group) -> Bid | None:
    """The group's bid that is neither refused nor withdrawn: there is one at most."""
    wanted = sa.select(Bid).where(Bid.round_id == round_.id, Bid.group_id == group.id)
    return db.session.scalar(wanted.where(Bid.state.in_([BidState.RECEIVED, BidState.SHORTLISTED])))


def _next_reference(round_: Round) -> str:
    count = db.session.scalar(sa.select(sa.func.count()).select_from(Bid).where(Bid.round_id == round_.id)) or 0
    return f"B-{count + 1:02d}"


def tell(contact: Account, subject: str, sentence: str) -> None:
    """Write to a contact; who has no password gets a link that signs in."""
    home = current_app.config["BASE_URL"]
    if contact.roles == {Role.GROUP_CONTACT}:
        how = f"You need no password. Ask for a link that signs you in at {home}/sign-in/by-mail whenever you want"
        opening = f"{sentence}\n\n{how}, or use this one. It works once, within an hour:"
        mail_link(contact, LinkPurpose.SIGN_IN, subject, opening)
    else:
        write_letter(contact.email, subject, f"Dear {contact.name},\n\n{sentence}\n\nSign in: {home}/sign-in\n")
