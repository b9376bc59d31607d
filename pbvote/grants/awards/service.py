"""Read awards, and move them on. Nothing here commits."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.call.bids.progress import Standing, Station, told_by
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import EventFormat, Round, Share
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.filters import hour
from pbvote.grants.awards.models import (
    CALL_BACK_FOR,
    Award,
    AwardDecision,
    AwardHistory,
    AwardLetter,
    AwardState,
    Told,
)
from pbvote.localities.models import Locality
from pbvote.people.models import Account
from pbvote.vote.events.models import Event


class NotTold(Refusal):
    """The group of the award does not know of it yet."""

    def __init__(self, award: Award) -> None:
        super().__init__(f"The group hears of this award at {hour(award.told_at)}. Wait until then.")


class AnswersItself(Refusal):
    """The group has an e-mail address, and so a page of its own."""

    def __init__(self) -> None:
        super().__init__("This group answers on its own page. Nobody else answers for it.")


class AwardMoved(Refusal):
    """The award is no longer where this step starts from."""

    def __init__(self) -> None:
        super().__init__("Somebody has moved this award on meanwhile. Look at it again.")


class PaymentFirst(Refusal):
    """Money was planned or paid, so the award is not simply handed back."""

    def __init__(self) -> None:
        super().__init__("A payment is planned or made for this award. It has to be stopped first.")


def _whole() -> sa.Select[Award]:
    """Awards with their decisions, bids and groups, and where the money is from, in one statement."""
    share = orm.joinedload(Award.event, innerjoin=True).joinedload(Event.share, innerjoin=True)
    bid = orm.joinedload(Award.bid, innerjoin=True)
    return sa.select(Award).options(
        orm.joinedload(Award.decision, innerjoin=True),
        bid.lazyload(Bid.asks),
        bid.joinedload(Bid.group),
        share.joinedload(Share.round, innerjoin=True),
        share.joinedload(Share.locality, innerjoin=True),
    )


def _listed() -> Iterator[orm.interfaces.ORMOption]:
    """The same for long lists, from tables that a statement joins: one statement, and nothing that no list shows.

    A list of 400 awards would read the rules of each event's ballot 400 times.
    """
    event, bid = orm.contains_eager(Award.event), orm.contains_eager(Award.bid)
    share = event.contains_eager(Event.share)
    round_ = share.contains_eager(Share.round)
    yield orm.contains_eager(Award.decision)
    yield from (event.defer(Event.day), share.contains_eager(Share.locality))
    yield from (share.defer(Share.ballot_rules), share.defer(Share.count_rule))
    yield from (round_.defer(Round.questions), round_.defer(Round.grant_rules))
    yield from (bid.contains_eager(Bid.group), bid.lazyload(Bid.asks))
    yield from (bid.defer(Bid.papers), bid.defer(Bid.answers))


def awards_of(event: Event) -> list[Award]:
    """The event's awards, in the order in which the bids were funded."""
    return list(db.session.scalars(_whole().where(Award.event_id == event.id).order_by(Award.id)))


def award_of(award_id: int) -> Award | None:
    """The award with this id."""
    return db.session.scalar(_whole().where(Award.id == award_id))


def award_of_contact(award_id: int, account: Account) -> Award | None:
    """The award with this id, where it is for a group that this account speaks for, and that knows of it."""
    return db.session.scalar(_whole().where(Award.id == award_id, _is_of(account)))


def awards_of_contact(account: Account) -> list[Award]:
    """The awards of the groups that this account speaks for, as far as they know of them, newest first."""
    return list(db.session.scalars(_whole().where(_is_of(account)).order_by(Award.id.desc())))


def without_email(awards: Iterable[Award]) -> frozenset[int]:
    """The ids of the awards whose groups have no e-mail address, so that the desk notes their answers."""
    has_contact = sa.exists().where(GroupContact.group_id == Bid.group_id)
    wanted = sa.select(Award.id).join(Award.bid).where(Award.id.in_([award.id for award in awards]), ~has_contact)
    return frozenset(db.session.scalars(wanted))


def _is_of(account: Account) -> sa.ColumnElement[bool]:
    """Whether an award is for a group that this account speaks for, and the group was told."""
    mine = sa.select(Bid.id).join(Bid.group).join(Group.contacts).where(GroupContact.account_id == account.id)
    return sa.and_(Award.bid_id.in_(mine), Award.told_at <= now())


def standing_awards(
    localities: set[int] | frozenset[int] | None = None, *, of: sa.Select[int] | None = None
) -> list[Award]:
    """Every award that stands, by locality and group, to be read: to move one on, read it again with `award_of`.

    Of these localities only, where given; of the awards whose numbers `of` selects, where given.
    """
    wanted = sa.select(Award).join(Award.event).join(Event.share).join(Share.locality).join(Share.round)
    wanted = wanted.join(Award.decision).join(Award.bid).outerjoin(Bid.group).options(*_listed())
    wanted = wanted.where(Award.is_standing).order_by(Locality.name, Group.name, Bid.title)
    if localities is not None:
        wanted = wanted.where(Share.locality_id.in_(localities))
    if of is not None:
        wanted = wanted.where(Award.id.in_(of))
    return list(db.session.scalars(wanted))


def require_answered_for(award: Award) -> None:
    """Raise `AnswersItself` unless the desk notes what this group says, which has no e-mail address."""
    if award.id not in without_email([award]):
        raise AnswersItself


def decline_for(award: Award, by: Account) -> None:
    """Note that a group without an e-mail address said no. Raises `AnswersItself`, `AwardMoved` and `NotTold`."""
    require_answered_for(award)
    (give_back if award.state in HAVE_SAID_YES else decline_offer)(award, by)


def require_told(award: Award) -> None:
    """Raise `NotTold` while its letter can be called back: nothing is to hang on an award that may go."""
    if not award.is_told:
        raise NotTold(award)


def accept_offer(award: Award, by: Account, *, waits_for_second: bool = False) -> None:
    """The group takes the offer; a second person of it may be still to confirm. Raises `AwardMoved` and `NotTold`.

    What it accepts is kept by `pbvote.grants.promises.accepting`, which calls this.
    """
    require_told(award)
    _move(award, {AwardState.OFFERED}, AwardState.WAITS_FOR_SECOND if waits_for_second else AwardState.ACCEPTED, by)


def confirm_offer(award: Award, by: Account | None) -> None:
    """The second person of the group has confirmed, who may have no account. Raises `AwardMoved`."""
    _move(award, {AwardState.WAITS_FOR_SECOND}, AwardState.ACCEPTED, by)


def decline_offer(award: Award, by: Account) -> None:
    """The group does not take the offer: its money is back in the share. Raises `AwardMoved` and `NotTold`."""
    require_told(award)
    _move(award, {AwardState.OFFERED}, AwardState.DECLINED, by)


def require_accepted(award: Award) -> None:
    """Raise `AwardMoved` unless the group has said yes, and `PaymentFirst` where money is planned or paid."""
    if award.state not in HAVE_SAID_YES:
        raise AwardMoved
    if award.has_payments:
        raise PaymentFirst


def give_back(award: Award, by: Account, words: str = "") -> None:
    """The group said yes and can't do it after all, for the reason that it gives, if any.

    Raises `AwardMoved` and `PaymentFirst`.
    """
    _move(award, HAVE_SAID_YES, AwardState.DECLINED, by, words)


def sign_agreement(award: Award, by: Account) -> None:
    """The agreement is signed by both sides. Raises `AwardMoved`."""
    _move(award, {AwardState.ACCEPTED}, AwardState.SIGNED, by)


HAVE_SAID_YES = frozenset({AwardState.WAITS_FOR_SECOND, AwardState.ACCEPTED, AwardState.SIGNED})
"""The states in which somebody of the group has said yes."""


def _move(award: Award, starts: AbstractSet[AwardState], end: AwardState, by: Account | None, words: str = "") -> None:
    claim = sa.update(Award).where(Award.id == award.id, Award.state.in_(starts)).values(state=end)
    if end is AwardState.DECLINED:
        claim = claim.where(~Award.has_payments)
    is_moved = db.session.scalar(claim.returning(Award.id)) is not None
    db.session.refresh(award)
    if not is_moved:
        raise PaymentFirst if end is AwardState.DECLINED and award.has_payments else AwardMoved
    award.history.append(AwardHistory(state=end, account_id=by.id if by else None, words=words))
    db.session.flush()


_OFFERS = {
    AwardState.OFFERED: Standing(Station.OFFER, "You have an offer. Accept or decline it under My grants."),
    AwardState.WAITS_FOR_SECOND: Standing(
        Station.OFFER, "One of you accepted the offer. A second person is still to confirm it."
    ),
    AwardState.ACCEPTED: Standing(Station.OFFER, "You accepted the offer. The council sends you the agreement."),
    AwardState.DECLINED: Standing(Station.OFFER, "You declined the offer.", is_over=True),
    AwardState.SIGNED: Standing(Station.OFFER, "The agreement is signed. The money comes next."),
    AwardState.CLOSED: Standing(Station.FINISHED, "The project is finished, and the grant is closed. Thank you."),
}
_NOT_CHOSEN = Standing(Station.VOTE, "Residents did not choose it this time.", is_over=True)
_NOT_BY_MEMBERS = Standing(Station.VOTE, "The members did not choose it this time.", is_over=True)
_NOT_ELSEWHERE = Standing(
    Station.VOTE, "One locality chose it and another did not. It needed every one of them.", is_over=True
)
_WAITS = Standing(Station.VOTE, "One locality chose it. It waits for the result of another.")


@told_by
def _offered(bids: Sequence[Bid]) -> dict[int, Standing]:
    """What the council has offered for these bids; of several offers the first made."""
    wanted = sa.select(Award.bid_id, Award.state).where(Award.bid_id.in_([bid.id for bid in bids]))
    wanted = wanted.where(Award.told_at <= now()).order_by(Award.id.desc())
    return {bid_id: _OFFERS[state] for bid_id, state in db.session.execute(wanted)}


@told_by
def _not_offered(bids: Sequence[Bid]) -> dict[int, Standing]:
    """What groups without an offer were told; of a split bid's letters, one that ends its way."""
    wanted = sa.select(AwardLetter.bid_id, AwardLetter.told, Share.format).join(AwardLetter.decision)
    wanted = wanted.join(AwardDecision.event).join(Event.share)
    wanted = wanted.where(
        AwardLetter.bid_id.in_([bid.id for bid in bids]),
        AwardDecision.called_back_at.is_(None),
        AwardDecision.sent_at <= now() - CALL_BACK_FOR,
    )
    found: dict[int, Standing] = {}
    for bid_id, told, format_ in db.session.execute(wanted.order_by(AwardDecision.id)):
        standing = _standing(told, format_)
        if standing and not (bid_id in found and found[bid_id].is_over):
            found[bid_id] = standing
    return found


def _standing(told: Told, format_: EventFormat) -> Standing | None:
    if told is Told.LOST:
        return _NOT_BY_MEMBERS if format_ is EventFormat.MEMBERS else _NOT_CHOSEN
    return {Told.NOT_ELSEWHERE: _NOT_ELSEWHERE, Told.WAITS: _WAITS}.get(told)
