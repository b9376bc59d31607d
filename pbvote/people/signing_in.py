"""Sessions: who the current account is, and what protects the forms."""

from flask import Flask, g, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, login_user
from flask_wtf import CSRFProtect
from sqlalchemy import orm

from pbvote.db import db
from pbvote.people.models import Account

csrf = CSRFProtect()
limiter = Limiter(get_remote_address)
_logins = LoginManager()


@_logins.user_loader
def _account_of_session(session_id: str) -> Account | None:
    """The account of a session, unless it was disabled, its sessions were ended, or no database answers."""
    if g.get("database_is_down"):
        return None
    account_id, _, key = session_id.partition(".")
    with_roles = [orm.joinedload(Account.grants)]
    account = db.session.get(Account, int(account_id), options=with_roles) if account_id.isdecimal() else None
    return account if account and not account.is_disabled and account.session_key == key else None


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
