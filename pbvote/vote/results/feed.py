"""Published results, the newest first, as an Atom feed."""

import datetime as dt
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.addresses import result_page
from pbvote.call.rounds.models import Round, Share
from pbvote.core.money import format_money
from pbvote.data_addresses import open_data_page, results_feed
from pbvote.db import db
from pbvote.feeds import FeedEntry, atom_feed
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.poll.states import IS_PUBLIC
from pbvote.vote.results.service import ResultPublished
from pbvote.vote.results.view import OutcomeShown, outcomes_shown

NEWEST: Final = 50


def published_results() -> sa.Select[*tuple[Any, ...]]:
    """The statement for the events of our own whose results are public, each with the moment of its publication."""
    is_told = sa.and_(LedgerEntry.event_id == Event.id, LedgerEntry.type == ResultPublished.type)
    share = orm.contains_eager(Event.share)
    whole = (share.contains_eager(Share.round).lazyload("*"), share.joinedload(Share.locality, innerjoin=True))
    wanted = sa.select(Event, LedgerEntry.at).join(Event.share).join(Share.round).join(LedgerEntry, is_told)
    return wanted.where(Event.poll.in_(IS_PUBLIC), Round.is_imported.is_(False)).options(*whole)


def results_atom() -> bytes:
    """An entry for each result. Its id is its address, and a published result stays as it is. In three statements."""
    wanted = published_results().order_by(LedgerEntry.at.desc(), Event.id.desc()).limit(NEWEST)
    found = db.session.execute(wanted).all()
    shown = outcomes_shown([event for event, _ in found])
    entries = [_entry(shown[event.id], at) for event, at in found if event.id in shown]
    return atom_feed("Results", "What residents decided", open_data_page(), results_feed(), entries)


def _entry(shown: OutcomeShown, at: dt.datetime) -> FeedEntry:
    share = shown.event.share
    spent, whole = (format_money(pence, share.round.currency) for pence in (shown.spent, share.share_pence))
    number, of = len(shown.funded), len(shown.steps)
    words = f"{number} of {of} {'bid' if of == 1 else 'bids'} funded, with {spent} of {whole}. {_chosen_by(shown)}"
    link = result_page(shown.event.slug)
    return FeedEntry(link, link, f"{shown.event.name}: the result, {share.locality.name}", words, at, at)


def _chosen_by(shown: OutcomeShown) -> str:
    number = f"{shown.voters:,}"
    if shown.event.is_chosen_by_members:
        return f"{number} {'member' if shown.voters == 1 else 'members'} of the partnership chose."
    return f"{number} {'resident' if shown.voters == 1 else 'residents'} voted."
