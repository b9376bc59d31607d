"""A later last day for one group: whoever writes from its e-mail address. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from pbvote.call.rounds.models import Extension, Round, RoundState, Share
from pbvote.call.rounds.service import has_begun_to_take_bids, takes_bids
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.people.models import Account


def extend(round_: Round, email: str, until_on: dt.date, reason: str, by: Account) -> Extension:
    """Give whoever writes from this address until the end of this day. An earlier extension of theirs is replaced."""
    extension = Extension(round_id=round_.id, email=email.lower(), until_on=until_on, reason=reason, account=by)
    db.session.add(extension)
    db.session.flush()
    return extension


def extensions_of(round_: Round) -> list[Extension]:
    """The round's extensions, newest first."""
    wanted = sa.select(Extension).where(Extension.round_id == round_.id).order_by(Extension.id.desc())
    return list(db.session.scalars(wanted))


def extended_until(round_: Round, email: str) -> dt.date | None:
    """The last day for bids from this address, where it has one of its own."""
    wanted = sa.select(Extension.until_on).where(Extension.round_id == round_.id, Extension.email == email.lower())
    return db.session.scalar(wanted.order_by(Extension.id.desc()).limit(1))


def shares_for(shares: Sequence[Share], email: str) -> list[Share]:
    """Those of a round's shares that take a bid from this address today.

    They do on their own days and on the address's extension, and never once the first slip is printed.
    """
    closed = [share for share in shares if has_begun_to_take_bids(share) and not takes_bids(share)]
    until = extended_until(closed[0].round, email) if closed and email else None
    is_extended = until is not None and today() <= until
    return [share for share in shares if takes_bids(share) or (is_extended and share in closed)]


def somebody_has_more_time(round_: Round) -> bool:
    """Whether an extension of the round lasts today, so that its form is shown after the close of bids."""
    if round_.state is not RoundState.OPEN or round_.is_imported:
        return False
    wanted = sa.exists().where(Extension.round_id == round_.id, Extension.until_on >= today())
    return bool(db.session.scalar(sa.select(wanted)))
