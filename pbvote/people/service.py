"""Accounts and what they sign in with. Nothing here commits."""

import datetime as dt
import hmac
from collections.abc import Iterable
from hashlib import sha256

import pyotp
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app

from pbvote.access import Role
from pbvote.core.clock import now
from pbvote.core.codes import in_groups, new_code, read_code
from pbvote.core.plain import plain_digits
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.mail.service import write_letter
from pbvote.people.models import Account, LinkPurpose, MailedLink, RoleGrant

LIFETIME = {LinkPurpose.INVITATION: dt.timedelta(days=7), LinkPurpose.SIGN_IN: dt.timedelta(hours=1)}
STEP_SECONDS = 30

_hasher = PasswordHasher()
_NOBODYS_HASH = "$argon2id$v=19$m=65536,t=3,p=4$MIIRqgvgQbgj220jfp0MPA$YfwJSVjtjSU0zzV/P3S9nnQ/USre2wvJMjfCIjrTQbg"
"""A hash that takes as long to compare as a real one, so that an unknown address answers as slowly as a known one."""


class LinkUnusable(Refusal):
    """A mailed link that was used, has expired, or never was."""

    status = 422

    def __init__(self) -> None:
        super().__init__("This link has been used or is out of date. Ask for a new one.")


class EmailTaken(Refusal):
    """Somebody already signs in with this address."""

    def __init__(self) -> None:
        super().__init__("There is already an account with this e-mail address.")


def account_with_email(email: str) -> Account | None:
    """The account that signs in with this address, in whatever case it was typed."""
    return db.session.scalar(sa.select(Account).where(Account.email == email.strip().lower()))


def all_accounts() -> list[Account]:
    """Every account, by name."""
    return list(db.session.scalars(sa.select(Account).order_by(Account.name, Account.id)))


def add_account(name: str, email: str) -> Account:
    """A new account without a password or a role. Raises `EmailTaken`."""
    values = {"name": name.strip(), "email": email.strip().lower()}
    account: Account | None = db.session.scalar(insert_if_absent(Account, values).returning(Account))
    if account is None:
        raise EmailTaken
    return account


def start_afresh(account: Account) -> None:
    """Forget the account's password and authenticator, and end its sessions: only a new link lets it in.

    For who has lost their phone, or fears that somebody knows their password.
    """
    account.password_hash = account.totp_secret = None
    end_sessions(account)
    db.session.flush()


def grant_role(account: Account, role: Role, locality_id: int | None = None) -> None:
    """Give an account a role: stewards and LP members in one locality, the others for the whole council."""
    if any(grant.role is role and grant.locality_id == locality_id for grant in account.grants):
        return
    account.grants.append(RoleGrant(role=role, locality_id=locality_id))
    db.session.flush()


def hash_password(password: str) -> str:
    """The password's argon2 hash. It takes a sixth of a second: call it before `begin_write()`."""
    return _hasher.hash(password)


def is_password_of(account: Account | None, password: str) -> bool:
    """Whether this is the account's password. It takes the same time when there is no account."""
    try:
        _hasher.verify((account and account.password_hash) or _NOBODYS_HASH, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return account is not None and account.password_hash is not None and not account.is_disabled


def set_password(account: Account, password_hash: str) -> None:
    """Store a new password's hash; every session that the account had ends."""
    account.password_hash = password_hash
    end_sessions(account)


def end_sessions(account: Account) -> None:
    """Sign the account out everywhere."""
    account.session_key = Account.fresh_session_key()


class OwnAccount(Refusal):
    """An organiser who would shut out themselves."""

    def __init__(self) -> None:
        super().__init__("You can't shut out your own account. Ask another organiser.")


def set_disabled(account: Account, *, is_disabled: bool, by: Account) -> None:
    """Shut an account out, or let it in again. Its sessions end at once. Raises `OwnAccount`."""
    if account.id == by.id:
        raise OwnAccount
    account.is_disabled = is_disabled
    end_sessions(account)


def take_second_step(account: Account, secret: str, typed: str) -> bool:
    """Whether the typed digits are right for this secret, now or half a minute before or after. Each is taken once.

    On success the secret becomes the account's.
    """
    digits = "".join(character for character in plain_digits(typed) if character.isdecimal())
    counter = int(now().timestamp()) // STEP_SECONDS
    generator = pyotp.TOTP(secret, interval=STEP_SECONDS)
    for step in (counter, counter - 1, counter + 1):
        if hmac.compare_digest(generator.at(step * STEP_SECONDS), digits):
            claim = sa.update(Account).where(Account.id == account.id, Account.totp_used_step < step)
            claimed = db.session.scalar(claim.values(totp_used_step=step, totp_secret=secret).returning(Account.id))
            return claimed is not None
    return False


def _link_tag(code: str) -> bytes:
    """What the database holds of a mailed link's code."""
    return hmac.digest(str(current_app.config["SECRET_KEY"]).encode(), b"link " + code.encode(), sha256)


def forget_second_step(account: Account) -> None:
    """Let the account set up a new authenticator; its sessions end."""
    account.totp_secret = None
    end_sessions(account)


def make_link(account: Account, purpose: LinkPurpose) -> str:
    """A fresh link for the account; returns its code."""
    code = new_code()
    expires_at = now() + LIFETIME[purpose]
    db.session.add(MailedLink(tag=_link_tag(code), purpose=purpose, account_id=account.id, expires_at=expires_at))
    return code


def link_address(code: str) -> str:
    """The link's address. The code stands behind the ``#``, so that no server or log on the way sees it."""
    return f"{current_app.config['BASE_URL']}/link#{in_groups(code)}"


def mail_link(account: Account, purpose: LinkPurpose, subject: str, opening: str) -> None:
    """Write the account a letter with a fresh link."""
    code = make_link(account, purpose)
    write_letter(
        account.email,
        subject,
        f"Dear {account.name},\n\n{opening}\n\n{link_address(code)}\n\n"
        f"If the link does not open, go to {current_app.config['BASE_URL']}/link and type {in_groups(code)}\n\n"
        f"{current_app.config['COUNCIL_NAME']}\n",
    )


def invite(account: Account) -> None:
    """Mail an account the link with which it chooses a password."""
    mail_link(
        account,
        LinkPurpose.INVITATION,
        "Your account",
        "You have been given an account. This link works once, within seven days, and lets you choose a password:",
    )


def mail_sign_in_link(email: str) -> None:
    """Mail a link that signs a group's contact in. Others sign in with a password, so nothing goes to them."""
    account = account_with_email(email)
    if account and not account.is_disabled and account.roles == {Role.GROUP_CONTACT}:
        mail_link(account, LinkPurpose.SIGN_IN, "Sign in", "This link signs you in. It works once, within an hour:")


def open_link(typed: str) -> MailedLink:
    """The unused, unexpired link with this code. Raises `LinkUnusable`."""
    code = read_code(typed)
    if code is None:
        raise LinkUnusable
    link = db.session.scalar(
        sa.select(MailedLink).where(
            MailedLink.tag == _link_tag(code), MailedLink.used_at.is_(None), MailedLink.expires_at > now()
        )
    )
    if link is None or link.account.is_disabled:
        raise LinkUnusable
    return link


def use_link(link: MailedLink) -> Account:
    """Use the link up. Of two that try at once, one gets `LinkUnusable`."""
    claim = sa.update(MailedLink).where(MailedLink.id == link.id, MailedLink.used_at.is_(None)).values(used_at=now())
    if db.session.scalar(claim.returning(MailedLink.id)) is None:
        raise LinkUnusable
    return link.account


def names_of(account_ids: Iterable[int]) -> dict[int, str]:
    """The name of each of these accounts, by its id."""
    wanted = sa.select(Account.id, Account.name).where(Account.id.in_(list(account_ids)))
    return dict(db.session.execute(wanted).all())
