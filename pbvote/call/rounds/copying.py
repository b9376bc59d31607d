"""Begin a round as a copy of an earlier one. Nothing here commits."""

import datetime as dt
import re

from pbvote.call.rounds.models import Round, Share
from pbvote.core.clock import today
from pbvote.db import db, free_slug

_COPIED = (
    "locality",
    "share_pence",
    "cap_pence",
    "minimum_age",
    "who_may_vote",
    "format",
    "pitch_minutes",
    "quorum",
    "ballot_rules",
    "publishes_ballots",
    "count_rule",
)
"""What a new share takes from an old one as it was; its dates move."""


def years_on(source: Round) -> int:
    """By how many years its dates move: one, or so many that the last of them lie in this year."""
    newest = max((share.bids_open_on.year for share in source.shares), default=today().year)
    return max(1, today().year - newest)


def later(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; 28 February for a 29th that is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def name_of_copy(source: Round) -> str:
    """The old name with the new year in it."""
    years = years_on(source)
    moved = re.sub(r"\b(19|20)\d\d\b", lambda year: str(int(year[0]) + years), source.name)
    return moved if moved != source.name else f"{source.name} {today().year}"


def copy_round(source: Round, name: str) -> Round:
    """A round in draft with the same pot, shares, limits and rules, and every date moved on by whole years."""
    years = years_on(source)
    copy = Round(
        slug=free_slug(name, Round.slug),
        name=name.strip(),
        currency=source.currency,
        pot_pence=source.pot_pence,
        bid_cap_pence=source.bid_cap_pence,
        budget_from_pence=source.budget_from_pence,
        questions=source.questions,
        has_short_form=source.has_short_form,
        grant_rules=source.grant_rules.moved(lambda day: later(day, years)),
    )
    db.session.add(copy)
    copy.shares = [_copied(share, years) for share in source.shares]
    db.session.flush()
    return copy


def _copied(share: Share, years: int) -> Share:
    dates = {name: later(getattr(share, name), years) for name in ("bids_open_on", "bids_close_on")}
    return Share(**{name: getattr(share, name) for name in _COPIED}, **dates)
