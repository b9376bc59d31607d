"""Where somebody stays signed in: on their own phone, for a month. Nothing here commits."""

from collections.abc import Sequence

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.people.models import Account, EndedSession, KeptSession
from pbvote.sessions import LONG

_BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "an Android phone"),
    ("Windows", "a Windows computer"),
    ("Macintosh", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "a Linux computer"),
)


class NotForThisAccount(Refusal):
    """Somebody who may do more than look after bids and funded groups."""

    def __init__(self) -> None:
        super().__init__("Because of what you may do here, you sign in each day.")


def device_of(user_agent: str) -> str:
    """What a browser says it is, in words: ``Firefox on an Android phone``. Nothing in it marks one phone."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "A browser")
    machine = next((name for mark, name in _MACHINES if mark in user_agent), "")
    return f"{browser} on {machine}" if machine else browser


def keep_phone(account: Account, tag: bytes, device: str) -> None:
    """Let the session with this tag stay. Raises `NotForThisAccount`."""
    if not account.signs_in_by_link:
        raise NotForThisAccount
    values = {"tag": tag, "account_id": account.id, "device": device, "began_at": now(), "expires_at": now() + LONG}
    db.session.execute(insert_if_absent(KeptSession, values))
    db.session.execute(sa.delete(KeptSession).where(KeptSession.expires_at < now()))


def phones_of(account: Account) -> Sequence[KeptSession]:
    """Where the account stays signed in, the newest first."""
    wanted = sa.select(KeptSession).where(KeptSession.account_id == account.id, KeptSession.expires_at > now())
    return db.session.scalars(wanted.order_by(KeptSession.id.desc())).all()


def forget_phone(account: Account, phone_id: int) -> None:
    """End a session that stayed, also before its first half day is over; nothing where it has ended already."""
    gone = sa.delete(KeptSession).where(KeptSession.id == phone_id, KeptSession.account_id == account.id)
    tag = db.session.scalar(gone.returning(KeptSession.tag))
    if tag is not None:
        db.session.execute(insert_if_absent(EndedSession, {"tag": tag, "ended_at": now()}))
