"""Take bids in, decide about them, and word them. Nothing here commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from pbvote.access import Role
from pbvote.bids.models import Ask, Bid, BidHistory, BidState, BudgetLine, Group, GroupContact, Wording
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.mail.service import write_letter
from pbvote.people import service as people
from pbvote.people.models import Account, LinkPurpose
from pbvote.rounds.models import Round, Share


class NotTakingBids(Refusal):
    """Nobody can bid in this round today."""

    status = 422

    def __init__(self) -> None:
        super().__init__("This round is not taking bids today.")


class AlreadyBid(Refusal):
    """One bid for a group in a round."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"Your group has already bid in this round: {reference}. Ask us if you want to change it.")


class AnotherStands(Refusal):
    """The group bid again after a refusal."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"This group has another bid in this round, {reference}. Refuse or withdraw that one first.")


class MovedMeanwhile(Refusal):
    """The bid is no longer where this decision starts from."""

    def __init__(self) -> None:
        super().__init__("Somebody has decided about this bid meanwhile. Look at it again.")


class VotingHasOpened(Refusal):
    """What is on the ballot stays as it is."""

    def __init__(self) -> None:
        super().__init__("Voting has opened, so the bids on the ballot and their words can't change.")


class AlreadyCounted(Refusal):
    """The votes are counted, so the bid stays as the count met it."""

    def __init__(self) -> None:
        super().__init__("The votes on this bid are counted, so it can't be taken out any more.")


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
    group = _group_of(contact, new)
    standing = _standing_bid(round_, group)
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
    _tell(
        contact, f"We have your bid {bid.reference}", f"We have your bid “{bid.title}”. Its number is {bid.reference}."
    )
    return bid


def _standing_bid(round_: Round, group: Group) -> Bid | None:
    """The group's bid that is neither refused nor withdrawn: there is one at most."""
    wanted = sa.select(Bid).where(Bid.round_id == round_.id, Bid.group_id == group.id)
    return db.session.scalar(wanted.where(Bid.state.in_([BidState.RECEIVED, BidState.SHORTLISTED])))


def _group_of(contact: Account, new: NewBid) -> Group:
    """The contact's group of this name, or a new one.

    A name that somebody else's group has makes a group of its own: knowing a name must not open that group's papers.
    The desk sees namesakes.
    """
    # Nobody gives a colleague a role by typing their address: to an account with other duties an organiser adds it.
    if contact.roles <= {Role.GROUP_CONTACT}:
        people.grant_role(contact, Role.GROUP_CONTACT)
    mine = db.session.scalars(sa.select(GroupContact).where(GroupContact.account_id == contact.id))
    spoken_for = next((mine for mine in mine if is_same_name(mine.group.name, new.group_name)), None)
    if spoken_for is None:
        spoken_for = GroupContact(account=contact, group=Group(name=new.group_name))
        db.session.add(spoken_for)
    spoken_for.phone = new.phone or spoken_for.phone
    spoken_for.group.registered_number = new.registered_number or spoken_for.group.registered_number
    db.session.flush()
    return spoken_for.group


def is_same_name(name: str, other: str) -> bool:
    """Whether people would take the names for one: case and spaces don't count. SQLite's own lower() stops at z."""
    return " ".join(name.split()).casefold() == " ".join(other.split()).casefold()


def _next_reference(round_: Round) -> str:
    count = db.session.scalar(sa.select(sa.func.count()).select_from(Bid).where(Bid.round_id == round_.id)) or 0
    return f"B-{count + 1:02d}"


def _tell(contact: Account, subject: str, sentence: str) -> None:
    """Write to a contact; who has no password gets a link that signs in."""
    home = current_app.config["BASE_URL"]
    if contact.roles == {Role.GROUP_CONTACT}:
        how = f"You need no password. Ask for a link that signs you in at {home}/sign-in/by-mail whenever you want"
        opening = f"{sentence}\n\n{how}, or use this one. It works once, within an hour:"
        people.mail_link(contact, LinkPurpose.SIGN_IN, subject, opening)
    else:
        write_letter(contact.email, subject, f"Dear {contact.name},\n\n{sentence}\n\nSign in: {home}/sign-in\n")


def bids_of(round_: Round, locality_id: int | None = None, state: BidState | None = None) -> list[Bid]:
    """The round's bids by reference, of one locality or in one state where asked."""
    wanted = sa.select(Bid).where(Bid.round_id == round_.id).order_by(Bid.id)
    if locality_id is not None:
        wanted = wanted.where(Bid.asks.any(Ask.locality_id == locality_id))
    if state is not None:
        wanted = wanted.where(Bid.state == state)
    return list(db.session.scalars(wanted))


def shortlisted_bids(round_: Round, locality: Locality) -> list[Bid]:
    """The bids that residents of the locality may vote on."""
    return bids_of(round_, locality.id, BidState.SHORTLISTED)


def is_reference(round_: Round, reference: str) -> bool:
    """Whether a bid of the round has this reference."""
    wanted = sa.select(sa.exists().where(Bid.round_id == round_.id, Bid.reference == reference))
    return db.session.scalar(wanted) or False


def bids_of_contact(account: Account) -> list[Bid]:
    """The bids of the groups that this account speaks for, newest first."""
    mine = sa.select(Bid).join(Bid.group).join(Group.contacts).where(GroupContact.account_id == account.id)
    return list(db.session.scalars(mine.order_by(Bid.id.desc())))


def namesakes(bid: Bid) -> list[Bid]:
    """Other bids of the round whose group has the same name or the same registered number."""
    mine = bid.group
    if mine is None:
        return []
    number = mine.registered_number
    return [
        other
        for other in bids_of(bid.round)
        if other is not bid
        and other.group
        and (is_same_name(other.group.name, mine.name) or (number and other.group.registered_number == number))
    ]


def shortlist_bid(bid: Bid, by: Account) -> None:
    """Let a received or refused bid go to the vote.

    Raises `AnotherStands`, `VotingHasOpened`, `MovedMeanwhile`, and `AlreadyCounted` where a locality has counted it:
    what was taken out of that count stays out.
    """
    shares = _held_shares(bid)
    if all(share.has_opened for share in shares):
        raise VotingHasOpened
    if any(share.is_counted for share in shares):
        raise AlreadyCounted
    standing = _standing_bid(bid.round, bid.group) if bid.group else None
    if standing and standing is not bid:
        raise AnotherStands(standing.reference)
    _move(bid, BidState.SHORTLISTED, by, (BidState.RECEIVED, BidState.REFUSED))
    tell_group(bid, f"Your bid {bid.reference} goes to the vote", f"Your bid “{bid.title}” is on the ballot.")


def refuse_bid(bid: Bid, by: Account, reason: str) -> None:
    """Refuse a received or shortlisted bid; the group reads the reason. Raises `AlreadyCounted`.

    On a ballot that was opened it stays, and gets no money.
    """
    _require_uncounted(bid)
    _move(bid, BidState.REFUSED, by, (BidState.RECEIVED, BidState.SHORTLISTED), reason)
    tell_group(bid, f"Your bid {bid.reference}", f"Your bid “{bid.title}” can't go to the vote. {reason}")


def withdraw_bid(bid: Bid, by: Account) -> None:
    """Take a bid out at its group's wish. Raises `AlreadyCounted`.

    On a ballot that was opened it stays, and gets no money.
    """
    _require_uncounted(bid)
    _move(bid, BidState.WITHDRAWN, by, (BidState.RECEIVED, BidState.SHORTLISTED))
    tell_group(bid, f"Your bid {bid.reference}", f"Your bid “{bid.title}” is withdrawn, as you asked.")


def _held_shares(bid: Bid) -> list[Share]:
    """The shares that the bid asks of, held until the commit: a poll that opens or is counted waits, or has been."""
    wanted = sa.select(Share).where(
        Share.round_id == bid.round_id, Share.locality_id.in_([ask.locality_id for ask in bid.asks])
    )
    return list(db.session.scalars(wanted.with_for_update().execution_options(populate_existing=True)))


def _require_uncounted(bid: Bid) -> None:
    if any(share.is_counted for share in _held_shares(bid)):
        raise AlreadyCounted


def _move(bid: Bid, to: BidState, by: Account, expected: tuple[BidState, ...], reason: str = "") -> None:
    """Move a bid on, from one of the expected states or not at all."""
    claim = sa.update(Bid).where(Bid.id == bid.id, Bid.state.in_(expected)).values(state=to)
    if db.session.scalar(claim.returning(Bid.id)) is None:
        raise MovedMeanwhile
    db.session.refresh(bid)
    bid.history.append(BidHistory(state=to, account_id=by.id, reason=reason))
    db.session.flush()


def tell_group(bid: Bid, subject: str, sentence: str) -> None:
    """Write to everybody who speaks for the bid's group."""
    if bid.group:
        for contact in bid.group.contacts:
            _tell(contact.account, subject, sentence)


def word_bid(bid: Bid, language: str, title: str, summary: str) -> None:
    """Give a bid its title and summary in another language. Raises `VotingHasOpened`."""
    if any(share.has_opened for share in _held_shares(bid)):
        raise VotingHasOpened
    wording = bid.wording(language)
    if wording is None:
        bid.wordings.append(Wording(language=language, title=title, summary=summary))
    else:
        wording.title, wording.summary = title, summary
    db.session.flush()
