"""Turn a published outcome into awards, and move them on. Nothing here commits."""

import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.letters import tell_group
from pbvote.call.bids.models import Bid
from pbvote.call.bids.progress import Standing, Station, told_by
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Share
from pbvote.core.clock import UK, today
from pbvote.core.money import format_money
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.grants.awards.models import Award, AwardHistory, AwardState
from pbvote.grants.awards.split import is_funded_elsewhere, other_parts
from pbvote.localities.models import Locality
from pbvote.people.models import Account
from pbvote.tally import Outcome
from pbvote.vote.count.outcome import TAKEN_OUT, outcome_of
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event


class NotPublished(Refusal):
    """Awards follow the published outcome."""

    def __init__(self) -> None:
        super().__init__("Publish the result first. Awards are made of it.")


class AlreadyAwarded(Refusal):
    """The event's awards were made before."""

    def __init__(self) -> None:
        super().__init__("The awards of this event are made already.")


class DecidedBeforeTheEvent(Refusal):
    """The council decides after the residents' advice."""

    def __init__(self, event: Event) -> None:
        super().__init__(f"{event.name} began on {day(event.starts_at)}. Enter that day or a later one.")


class AwardMoved(Refusal):
    """The award is no longer where this step starts from."""

    def __init__(self) -> None:
        super().__init__("Somebody has moved this award on meanwhile. Look at it again.")


def _whole() -> sa.Select[Award]:
    """Awards with their bids and groups, and where the money is from, in two statements."""
    share = orm.joinedload(Award.event, innerjoin=True).joinedload(Event.share, innerjoin=True)
    return sa.select(Award).options(
        orm.joinedload(Award.bid, innerjoin=True).joinedload(Bid.group),
        share.joinedload(Share.round, innerjoin=True),
        share.joinedload(Share.locality, innerjoin=True),
    )


def awards_of(event: Event) -> list[Award]:
    """The event's awards, in the order in which the bids were funded."""
    return list(db.session.scalars(_whole().where(Award.event_id == event.id).order_by(Award.id)))


def award_of(award_id: int) -> Award | None:
    """The award with this id."""
    return db.session.scalar(_whole().where(Award.id == award_id))


def award_of_contact(award_id: int, account: Account) -> Award | None:
    """The award with this id, where it is for a group that this account speaks for."""
    return db.session.scalar(_whole().where(Award.id == award_id, _is_of(account)))


def awards_of_contact(account: Account) -> list[Award]:
    """The awards of the groups that this account speaks for, newest first."""
    return list(db.session.scalars(_whole().where(_is_of(account)).order_by(Award.id.desc())))


def _is_of(account: Account) -> sa.ColumnElement[bool]:
    """Whether an award is for a group that this account speaks for."""
    mine = sa.select(Bid.id).join(Bid.group).join(Group.contacts).where(GroupContact.account_id == account.id)
    return Award.bid_id.in_(mine)


def standing_awards(
    localities: set[int] | frozenset[int] | None = None, *, of: sa.Select[int] | None = None
) -> list[Award]:
    """Every award that was not declined, by locality and group.

    Of these localities only, where given; of the awards whose numbers `of` selects, where given.
    """
    wanted = _whole().join(Award.event).join(Event.share).join(Share.locality).join(Award.bid)
    wanted = wanted.outerjoin(Bid.group)
    wanted = wanted.where(Award.state != AwardState.DECLINED).order_by(Locality.name, Group.name, Bid.title)
    if localities is not None:
        wanted = wanted.where(Share.locality_id.in_(localities))
    if of is not None:
        wanted = wanted.where(Award.id.in_(of))
    return list(db.session.scalars(wanted))


def require_awardable(event: Event) -> Outcome:
    """The outcome that awards are to be made of, held until the commit. Raises `NotPublished` and `AlreadyAwarded`."""
    hold(event)
    outcome = outcome_of(event)
    if not event.is_public or outcome is None:
        raise NotPublished
    if awards_of(event):
        raise AlreadyAwarded
    return outcome


def make_awards(event: Event, decided_on: dt.date, reason: str, by: Account) -> list[Award]:
    """Offer every funded bid its money, by the council's decision after the vote.

    Where the rule offers what is left to the next bid, that group is offered a part of what it asked for.
    A bid that asks of several localities gets its offers, one from each, with the awards of the last that funds it.
    Raises `NotPublished`, `DecidedBeforeTheEvent`, and `AlreadyAwarded` where it was done before.
    """
    outcome = require_awardable(event)
    if decided_on < min(event.starts_at.astimezone(UK).date(), today()):  # one may be held before its day
        raise DecidedBeforeTheEvent(event)
    bids = {slot.bid.reference: slot.bid for slot in event.running_order}
    funded = [bids[ref] for ref in outcome.funded if bids[ref].state not in TAKEN_OUT]
    whole = [bid for bid in funded if is_funded_elsewhere(bid, event)]
    parts = [(event, bid) for bid in whole] + [(other, bid) for bid in whole for other in _waited(bid, event)]
    amounts = [(of, bid, bid.ask_of(of.share.locality_id)) for of, bid in parts]
    amounts += [(event, bid, pence) for bid, pence in _part_funded(outcome, bids)]
    awards = [
        Award(
            event=of,
            bid=bid,
            award_pence=pence,
            decided_on=decided_on,
            reason=reason,
            history=[AwardHistory(state=AwardState.OFFERED, account_id=by.id)],
        )
        for of, bid, pence in amounts
    ]
    db.session.add_all(awards)
    db.session.flush()
    for award in awards:
        _offer(award)
    return awards


def _part_funded(outcome: Outcome, bids: Mapping[str, Bid]) -> list[tuple[Bid, int]]:
    """The bid to which the rule offers what is left, with that sum in pence: the first that was not taken out."""
    offered = [(bids[offer.ref], offer.amount) for offer in outcome.offers]
    return [(bid, pence) for bid, pence in offered if bid.state not in TAKEN_OUT][:1]


def _waited(bid: Bid, event: Event) -> list[Event]:
    """The other events that made their awards while this bid still waited for `event`."""
    others = [part.event for part in other_parts(bid, event) if part.event]
    return [other for other in others if (made := awards_of(other)) and bid not in [award.bid for award in made]]


def _offer(award: Award) -> None:
    amount = format_money(award.award_pence, award.event.share.round.currency)
    place = award.event.share.locality.name
    sentence = f"Residents of {place} have chosen “{award.bid.title}”, and the council offers you {amount}."
    if award.award_pence < (ask := award.bid.ask_of(award.event.share.locality_id)):
        asked = format_money(ask, award.event.share.round.currency)
        sentence = f"“{award.bid.title}” asked for {asked}. The council offers you what is left in {place}: {amount}."
    tell_group(award.bid, f"Your grant: {amount}", f"{sentence} Sign in to accept the offer or to decline it.")


def accept_offer(award: Award, by: Account) -> None:
    """The group takes the offer. Raises `AwardMoved`."""
    _move(award, AwardState.OFFERED, AwardState.ACCEPTED, by)


def decline_offer(award: Award, by: Account) -> None:
    """The group does not take the offer. Raises `AwardMoved`."""
    _move(award, AwardState.OFFERED, AwardState.DECLINED, by)


def sign_agreement(award: Award, by: Account) -> None:
    """The agreement is signed by both sides. Raises `AwardMoved`."""
    _move(award, AwardState.ACCEPTED, AwardState.SIGNED, by)


def _move(award: Award, start: AwardState, end: AwardState, by: Account) -> None:
    claim = sa.update(Award).where(Award.id == award.id, Award.state == start).values(state=end)
    if db.session.scalar(claim.returning(Award.id)) is None:
        raise AwardMoved
    db.session.refresh(award)
    award.history.append(AwardHistory(state=end, account_id=by.id))
    db.session.flush()


_STANDINGS = {
    AwardState.OFFERED: Standing(Station.OFFER, "Residents chose it. Accept or decline the offer under My grants."),
    AwardState.ACCEPTED: Standing(Station.OFFER, "You accepted the offer. The council sends you the agreement."),
    AwardState.DECLINED: Standing(Station.OFFER, "You declined the offer.", is_over=True),
    AwardState.SIGNED: Standing(Station.OFFER, "The agreement is signed. The money comes next."),
}


@told_by
def _standings(bids: Sequence[Bid]) -> dict[int, Standing]:
    """What the council has offered for these bids; of several offers the first made."""
    wanted = sa.select(Award.bid_id, Award.state).where(Award.bid_id.in_([bid.id for bid in bids]))
    return {bid_id: _STANDINGS[state] for bid_id, state in db.session.execute(wanted.order_by(Award.id.desc()))}
