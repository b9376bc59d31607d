"""Rounds for programs: their money, days and rules, from the day on which a round is open to the public."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import sqlalchemy as sa
from msgspec import Meta
from sqlalchemy import orm

from pbvote.addresses import event_page
from pbvote.call.rounds.models import Round, RoundState, Share
from pbvote.data_addresses import round_page
from pbvote.db import db
from pbvote.public_account.api.collections import SLUG_PART, Asked, Collection, Moment, of_slug
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import events_of


@dataclass(frozen=True, slots=True)
class DayRow:
    """A locality’s decision day."""

    id: Annotated[str, Meta(description="What the event is called in addresses; its result has the same id.")]
    name: Annotated[str, Meta(description="What it is called.")]
    place: Annotated[str, Meta(description="Where it is.")]
    starts_at: Annotated[Moment, Meta(description="When it begins.")]
    ends_at: Annotated[Moment, Meta(description="When it ends.")]
    page: Annotated[str, Meta(description="The page for people.")]

    @classmethod
    def of(cls, event: Event) -> "DayRow":
        """The day of this event."""
        return cls(event.slug, event.name, event.place, event.starts_at, event.ends_at, event_page(event.slug))


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A locality’s part of a round’s pot, and its rules."""

    locality: Annotated[str, Meta(description="The locality, as addresses call it.")]
    locality_name: Annotated[str, Meta(description="The same by its name.")]
    share_pence: Annotated[int, Meta(description="What it gives away, in pence.")]
    cap_pence: Annotated[int, Meta(description="The most that one bid may ask of it, in pence.")]
    bids_open_on: Annotated[dt.date, Meta(description="The first day on which bids are taken.")]
    bids_close_on: Annotated[dt.date, Meta(description="The last day on which bids are taken.")]
    minimum_age: Annotated[int, Meta(description="How old a voter must be; 0 where anybody may vote.")]
    who_may_vote: Annotated[str, Meta(description="Who may vote, in words.")]
    format: Annotated[
        str,
        Meta(description="How it is decided: “pitches”, “stalls”, “days” of voting, or “members” who choose."),
    ]
    ballot: Annotated[str, Meta(description="The kind of ballot, like “score” or “approval”.")]
    count_rule: Annotated[str, Meta(description="How votes become awards, by its name in Pabulib, like “greedy”.")]
    event: Annotated[DayRow | None, Meta(description="Its decision day; null until its page is public.")]

    @classmethod
    def of(cls, share: Share, event: Event | None) -> "ShareRow":
        """This share, with the event whose page is public, if it is."""
        return cls(
            locality=share.locality.slug,
            locality_name=share.locality.name,
            share_pence=share.share_pence,
            cap_pence=share.cap_pence,
            bids_open_on=share.bids_open_on,
            bids_close_on=share.bids_close_on,
            minimum_age=share.minimum_age,
            who_may_vote=share.who_may_vote,
            format=share.format.value,
            ballot=share.ballot_rules.kind.value,
            count_rule=share.rule_kind.name,
            event=DayRow.of(event) if event else None,
        )


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round: one year’s grants."""

    id: Annotated[str, Meta(description="What the round is called in addresses.")]
    name: Annotated[str, Meta(description="What it is called.")]
    page: Annotated[str, Meta(description="The page for people.")]
    currency: Annotated[str, Meta(description="GBP, the pound.")]
    pot_pence: Annotated[int, Meta(description="What all its localities give away, in pence.")]
    bid_cap_pence: Annotated[
        int | None, Meta(description="The most that one bid may ask of all localities, in pence; null without one.")
    ]
    shares: Annotated[list[ShareRow], Meta(description="Each locality’s part, by the locality’s name.")]
    changed_at: Annotated[Moment, Meta(description="When something of this row last changed.")]

    @classmethod
    def of(cls, round_: Round, events: Mapping[int, Event]) -> "RoundRow":
        """This round, with the events whose pages are public, by their shares."""
        shares = sorted(round_.shares, key=lambda share: share.locality.name)
        return cls(
            id=round_.slug,
            name=round_.name,
            page=round_page(round_.slug),
            currency=round_.currency,
            pot_pence=round_.pot_pence,
            bid_cap_pence=round_.bid_cap_pence,
            shares=[ShareRow.of(share, events.get(share.id)) for share in shares],
            changed_at=max(_changes(round_, events.values())),
        )


def _changes(round_: Round, events: Iterable[Event]) -> list[dt.datetime]:
    of_shares = {share.id: share.changed_at for share in round_.shares}
    of_events = [event.changed_at for event in events if event.share_id in of_shares]
    return [round_.changed_at, *of_shares.values(), *of_events]


def _find(asked: Asked) -> Sequence[RoundRow]:
    """In three statements."""
    wanted: sa.Select[Any] = sa.select(Round).where(Round.state == RoundState.OPEN, Round.is_imported.is_(False))
    if asked.since:
        of_share = sa.exists().where(Share.round_id == Round.id, Share.changed_at >= asked.since)
        has_page = sa.and_(Event.published_at.is_not(None), Event.changed_at >= asked.since)
        of_event = sa.exists().where(Share.round_id == Round.id, Event.share_id == Share.id, has_page)
        wanted = wanted.where(sa.or_(Round.changed_at >= asked.since, of_share, of_event))
    shares = orm.selectinload(Round.shares).joinedload(Share.locality, innerjoin=True)
    found = db.session.scalars(asked.narrow(wanted, [Round.slug], of_slug).options(shares)).all()
    planned = events_of([share for round_ in found for share in round_.shares]) if found else {}
    public = {share_id: event for share_id, event in planned.items() if event.has_page}
    return [RoundRow.of(round_, public) for round_ in found]


ROUNDS = Collection(
    name="rounds",
    row=RoundRow,
    sentence="Each year’s grants: the pot, each locality’s share of it, its days and its rules.",
    ids=SLUG_PART,
    example="grants-2027",
    find=_find,
)
