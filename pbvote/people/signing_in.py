"""Sessions: who the current account is, and what protects the forms."""

from hashlib import sha256

import sqlalchemy as sa
from flask import Flask, current_app, g, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, login_user
from flask_wtf import CSRFProtect

from pbvote.core.clock import now
from pbvote.db import db, insert_if_absent
from pbvote.people.models import Account, EndedSession

csrf = CSRFProtect()
limiter = Limiter(get_remote_address)
_logins = LoginManager()


@_logins.user_loader
def _account_of_session(session_id: str) -> Account | None:
    """The account of a session that lives, or None where no database answers.

    A session ends when its account is suspended or gets another session key, when somebody signs out of it, and half a
    day after it began: what was used all the time would otherwise outlive the note that it has ended.
    """
    account_id, key, began, _ = (session_id.split(".") + [""] * 4)[:4]
    if g.get("database_is_down") or not (account_id.isdecimal() and began.isdecimal()):
        return None
    if now().timestamp() - int(began) >= current_app.permanent_session_lifetime.total_seconds():
        return None
    has_ended = sa.exists().where(EndedSession.tag == _session_tag(session_id))
    wanted = sa.select(Account).where(Account.id == int(account_id), Account.session_key == key, ~has_ended)
    return db.session.scalar(wanted.where(Account.is_disabled.is_(False)))


def _session_tag(session_id: str) -> bytes:
    return sha256(session_id.encode()).digest()


def end_session() -> None:
    """Note that this browser's session has ended, so that a copy of its cookie is worthless. Does not commit."""
    if session_id := session.get("_user_id"):
        db.session.execute(insert_if_absent(EndedSession, {"tag": _session_tag(session_id), "ended_at": now()}))
    too_old = now() - current_app.permanent_session_lifetime
    db.session.execute(sa.delete(EndedSession).where(EndedSession.ended_at < too_old))


def begin_session(account: Account) -> None:
    """Sign the account in, in a session that holds nothing of the one before."""
    session.clear()
    session.permanent = True
    login_user(account)


def init_signing_in(app: Flask) -> None:
    """Sessions, tokens for forms, and limits on guessing."""
    csrf.init_app(app)
    limiter.init_app(app)
    # Its context processor would read the session on every page, the voter's too; navigation.py offers `current_user`.
    _logins.init_app(app, add_context_processor=False)
    # The protection by network address would sign a phone out on its way from the car park into the hall.
    _logins.session_protection = None
