"""Sessions: who the current account is, where a request comes from, and what protects the forms."""

import secrets
from hashlib import sha256

import sqlalchemy as sa
from flask import Flask, Response, after_this_request, current_app, g, request, session
from flask_login import LoginManager, login_user
from flask_wtf import CSRFProtect
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import orm

from pbvote.core.clock import now
from pbvote.core.patience import network_of
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.people.models import Account, EndedSession, KeptSession
from pbvote.people.phones import device_of, keep_phone
from pbvote.people.tries import Origin, TooManyTries
from pbvote.sessions import LONG, STAYS

YEAR = 365 * 24 * 3600
DEVICE = "known-browser"
MOST_OWNERS = 8

csrf = CSRFProtect()
"""Asks every form for its token. Whoever takes none says so beside its door, or above the one view, and why."""
_logins = LoginManager()


@_logins.user_loader
def _account_of_session(session_id: str) -> Account | None:
    """The account of a session that lives, or None where no database answers.

    A session ends when its account is suspended or gets another session key, when somebody signs out of it, and half a
    day after it began: what was used all the time would otherwise outlive the note that it has ended. One that stays on
    its owner's phone ends when its row goes, or is out of date.
    """
    account_id, key, began, _ = (session_id.split(".") + [""] * 4)[:4]
    if g.get("database_is_down") or not (account_id.isdecimal() and began.isdecimal()):
        return None
    age = now().timestamp() - int(began)
    if age >= LONG.total_seconds():
        return None
    has_ended = sa.exists().where(EndedSession.tag == _session_tag(session_id))
    lives = sa.and_(Account.session_key == key, Account.is_disabled.is_(False), ~has_ended)
    if age >= current_app.permanent_session_lifetime.total_seconds():
        stays = sa.and_(KeptSession.tag == _session_tag(session_id), KeptSession.expires_at > now())
        lives = sa.and_(lives, sa.exists().where(stays))
    # With its roles, which every page asks for, in the same statement.
    wanted = sa.select(Account).where(Account.id == int(account_id), lives).options(orm.joinedload(Account.grants))
    return db.session.scalars(wanted).unique().one_or_none()


def _session_tag(session_id: str) -> bytes:
    return sha256(session_id.encode()).digest()


def end_session() -> None:
    """Note that this browser's session has ended, so that a copy of its cookie is worthless. Does not commit."""
    if session_id := session.get("_user_id"):
        db.session.execute(sa.delete(KeptSession).where(KeptSession.tag == _session_tag(session_id)))
        db.session.execute(insert_if_absent(EndedSession, {"tag": _session_tag(session_id), "ended_at": now()}))
    too_old = now() - current_app.permanent_session_lifetime
    db.session.execute(sa.delete(EndedSession).where(EndedSession.ended_at < too_old))


def begin_session(account: Account) -> None:
    """Sign the account in, in a session that holds nothing of the one before, and know this browser from now on."""
    session.clear()
    session.permanent = True
    login_user(account)
    mark, owners = _known_browser()
    owners = [account.id, *(owner for owner in owners if owner != account.id)][:MOST_OWNERS]
    value = _browsers().dumps([mark or secrets.token_hex(16), owners])

    @after_this_request
    def _know(response: Response) -> Response:
        # Only the pages for signing in are sent it; the voter's never are.
        is_https = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(DEVICE, value, YEAR, path="/sign-in", secure=is_https, httponly=True, samesite="Lax")
        return response


def keep_session(account: Account) -> None:
    """Let this browser's session, which has begun, stay for as long as a long one lasts. Does not commit.

    Raises `NotForThisAccount`.
    """
    keep_phone(account, session_tag(), device_of(request.user_agent.string))
    session[STAYS] = True


def session_tag() -> bytes:
    """By what this browser's session is known where sessions are kept; b"" where nobody is signed in."""
    session_id = session.get("_user_id")
    return _session_tag(session_id) if session_id else b""


def later(refusal: Refusal) -> dict[str, str]:
    """The header that says when to come back, where the refusal knows."""
    return {"Retry-After": str(refusal.seconds)} if isinstance(refusal, TooManyTries) else {}


def place_of(account: Account | None) -> Origin:
    """Where this request comes from, as far as a try at this account's secrets goes."""
    mark, owners = _known_browser()
    is_known = account is not None and account.id in owners
    return Origin(network_of(request.remote_addr), mark if is_known else "")


def _browsers() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="known browser")


def _known_browser() -> tuple[str, list[int]]:
    """The mark of this browser and the accounts that have signed in with it, if it shows a cookie that we signed."""
    try:
        mark, owners = _browsers().loads(request.cookies.get(DEVICE, ""), max_age=YEAR)
    except BadData:
        return "", []
    return mark, owners


def init_signing_in(app: Flask) -> None:
    """Sessions, tokens for forms, and limits on guessing."""
    csrf.init_app(app)
    # Its context processor would read the session on every page, the voter's too; navigation.py offers `current_user`.
    _logins.init_app(app, add_context_processor=False)
    # The protection by network address would sign a phone out on its way from the car park into the hall.
    _logins.session_protection = None
