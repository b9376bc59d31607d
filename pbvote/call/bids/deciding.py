"""Decide about bids, and word them. Nothing here commits."""

from collections.abc import Sequence

import sqlalchemy as sa

from pbvote.call.bids.intake import held_shares, standing_bid
from pbvote.call.bids.letters import say_shortlisted, tell_group
from pbvote.call.bids.models import STANDING, Bid, BidHistory, BidState, Wording
from pbvote.call.rounds.models import Share
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account


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
        super().__init__("Voting has opened, so the bids on the ballot and their words can’t change.")


class AlreadyCounted(Refusal):
    """The votes are counted, so the bid stays as the count met it."""

    def __init__(self) -> None:
        super().__init__("The votes on this bid are counted, so it can’t be taken out any more.")


def why_not_shortlist(shares: Sequence[Share]) -> Refusal | None:
    """Why a bid that asks of these shares can't go to the vote any more, if so.

    What a locality took out of its count stays out.
    """
    if all(share.has_opened for share in shares):
        return VotingHasOpened()
    return why_not_take_out(shares)


def why_not_take_out(shares: Sequence[Share]) -> Refusal | None:
    """Why a bid that asks of these shares can't be taken out any more, if so."""
    return AlreadyCounted() if any(share.is_counted for share in shares) else None


def decide(bid: Bid, to: BidState, by: Account, reason: str = "") -> BidState:
    """Move a bid to the shortlist, or refuse it, and write no letter; returns where it was.

    A bid that is received or refused can be shortlisted, one that stands can be refused. On a ballot that was opened a
    refused bid stays, and gets no money. Raises `AnotherStands`, `VotingHasOpened`, `AlreadyCounted`, `MovedMeanwhile`.
    """
    shares, before = _held_shares(bid), bid.state
    is_for = to is BidState.SHORTLISTED
    if refusal := why_not_shortlist(shares) if is_for else why_not_take_out(shares):
        raise refusal
    if before not in ((BidState.RECEIVED, BidState.REFUSED) if is_for else STANDING):
        raise MovedMeanwhile
    if to in STANDING:
        require_no_other(bid)
    _move(bid, to, by, (before,), reason)
    return before


def take_back(bid: Bid, to: BidState, by: Account, decided: BidState, reason: str) -> None:
    """Return a bid to where it was before a decision whose letter has not left.

    Raises `AnotherStands`, `VotingHasOpened` once its poll has opened, and `MovedMeanwhile`.
    """
    if any(share.has_opened for share in _held_shares(bid)):
        raise VotingHasOpened
    if to in STANDING:
        require_no_other(bid)
    _move(bid, to, by, (decided,), reason)


def shortlist_bid(bid: Bid, by: Account) -> None:
    """Let a received or refused bid go to the vote, and tell its group at once. Raises as `decide` does."""
    decide(bid, BidState.SHORTLISTED, by)
    say_shortlisted(bid)


def withdraw_bid(bid: Bid, by: Account, reason: str = "") -> None:
    """Take a bid out at its group's wish. Raises `AlreadyCounted` and `MovedMeanwhile`.

    On a ballot that was opened it stays, and gets no money.
    """
    if refusal := why_not_take_out(_held_shares(bid)):
        raise refusal
    _move(bid, BidState.WITHDRAWN, by, STANDING, reason)
    tell_group(bid, f"Your bid {bid.reference}", f"Your bid “{bid.title}” is withdrawn, as you asked.")


def _held_shares(bid: Bid) -> list[Share]:
    """The shares that the bid asks of, held until the commit."""
    return held_shares(bid.round_id, [ask.locality_id for ask in bid.asks])


def shares_of(bid: Bid) -> list[Share]:
    """The shares that the bid asks of, as they are now; nothing is held."""
    wanted = sa.select(Share).where(Share.round_id == bid.round_id)
    return list(db.session.scalars(wanted.where(Share.locality_id.in_([ask.locality_id for ask in bid.asks]))))


def require_no_other(bid: Bid) -> None:
    """Raise `AnotherStands` where the group has another bid in the round that stands."""
    standing = standing_bid(bid.round, bid.group) if bid.group else None
    if standing and standing is not bid:
        raise AnotherStands(standing.reference)


def _move(bid: Bid, to: BidState, by: Account, expected: tuple[BidState, ...], reason: str = "") -> None:
    """Move a bid on, from one of the expected states or not at all."""
    claim = sa.update(Bid).where(Bid.id == bid.id, Bid.state.in_(expected)).values(state=to)
    if db.session.scalar(claim.returning(Bid.id)) is None:
        raise MovedMeanwhile
    db.session.refresh(bid)
    bid.history.append(BidHistory(state=to, account_id=by.id, reason=reason))
    db.session.flush()


def word_bid(bid: Bid, language: str, title: str, summary: str, photo_text: str | None = None) -> None:
    """Give a bid its title and summary in another language, and where it is given what its photo shows.

    Raises `VotingHasOpened`.
    """
    if any(share.has_opened for share in _held_shares(bid)):
        raise VotingHasOpened
    wording = bid.wording(language)
    if wording is None:
        bid.wordings.append(Wording(language=language, title=title, summary=summary, photo_text=photo_text or ""))
    else:
        wording.title, wording.summary = title, summary
        wording.photo_text = wording.photo_text if photo_text is None else photo_text
    db.session.flush()
