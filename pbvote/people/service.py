"""Accounts and what they sign in with. Nothing here commits."""

import hmac
from collections.abc import Iterable

import pyotp
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app

from pbvote.access import Role
from pbvote.core.clock import now
from pbvote.core.passwords import weakness
from pbvote.core.plain import plain_digits
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.mail.service import write_letter
from pbvote.paging import Page, fetch_page
from pbvote.people.models import Account, KeptSession, LinkPurpose, MailedLink, RoleGrant

STEP_SECONDS = 30

_hasher = PasswordHasher()
_NOBODYS_HASH = "$argon2id$v=19$m=65536,t=3,p=4$MIIRqgvgQbgj220jfp0MPA$YfwJSVjtjSU0zzV/P3S9nnQ/USre2wvJMjfCIjrTQbg"
"""A hash that takes as long to compare as a real one, so that an unknown address answers as slowly as a known one."""


class EmailTaken(Refusal):
    """Somebody already signs in with this address."""

    def __init__(self) -> None:
        super().__init__("There is already an account with this e-mail address.")


class OwnAccount(Refusal):
    """An organiser who would suspend themselves, or take their own organiser's role away."""

    def __init__(self) -> None:
        super().__init__("You can’t do this to your own account. Ask another organiser.")


class LastOrganiser(Refusal):
    """After this nobody could organise anything, or let anyone in again."""

    def __init__(self) -> None:
        super().__init__("This is the last organiser. Make somebody else an organiser first.")


class RoleOfBid(Refusal):
    """A group contact's role, which comes and goes with bids."""

    def __init__(self) -> None:
        super().__init__("This role comes with a bid and can’t be changed here. You can suspend the account.")


class WrongPassword(Refusal):
    """No account has this address and this password. Which of the two is wrong is not said."""

    status = 422

    def __init__(self) -> None:
        super().__init__("The e-mail address or the password is not right")


class WrongDigits(Refusal):
    """The digits of a second step that are wrong, or were used before."""

    status = 422

    def __init__(self) -> None:
        super().__init__("These digits are not right, or were used already. Wait for the next ones.")


class WeakPassword(Refusal):
    """A password that somebody would guess before long."""

    status = 422


def account_with_email(email: str) -> Account | None:
    """The account that signs in with this address, in whatever case it was typed."""
    return db.session.scalar(sa.select(Account).where(Account.email == email.strip().lower()))


def find_accounts(words: str, role: Role | None, page: int) -> Page[Account]:
    """A page of the accounts, by name: those with the words in their name or address, and with the role, if any."""
    wanted = sa.select(Account).order_by(Account.name, Account.id)
    if words:
        # SQLite itself knows no capitals but A to Z, so a name is also looked for as names are written.
        in_name = sa.or_(
            Account.name.icontains(words, autoescape=True), Account.name.contains(words.title(), autoescape=True)
        )
        wanted = wanted.where(sa.or_(in_name, Account.email.contains(words.lower(), autoescape=True)))
    if role:
        wanted = wanted.where(Account.grants.any(RoleGrant.role == role))
    return fetch_page(wanted, page)


def add_account(name: str, email: str) -> Account:
    """A new account without a password or a role. Raises `EmailTaken`."""
    values = {"name": name.strip(), "email": email.strip().lower()}
    account: Account | None = db.session.scalar(insert_if_absent(Account, values).returning(Account))
    if account is None:
        raise EmailTaken
    return account


def start_afresh(account: Account) -> None:
    """Forget the account's password and authenticator, and end its sessions: only a new link lets it in.

    For anyone who has lost their phone, or fears that somebody knows their password.
    """
    account.password_hash = account.totp_secret = None
    end_sessions(account)
    end_links(account)
    db.session.flush()


def grant_role(account: Account, role: Role, locality_id: int | None = None) -> None:
    """Give an account a role: stewards and LP members in one locality, the others for the whole council.

    A new organiser is signed out: the session began without the second step that organisers need. Whoever may do more
    than look after bids and groups stays signed in on no phone.
    """
    if any(grant.role is role and grant.locality_id == locality_id for grant in account.grants):
        return
    account.grants.append(RoleGrant(role=role, locality_id=locality_id))
    db.session.flush()
    if role is Role.ORGANISER:
        end_sessions(account)
    elif not account.signs_in_by_link:
        db.session.execute(sa.delete(KeptSession).where(KeptSession.account_id == account.id))
    db.session.flush()


def take_role(account: Account, grant_id: int, by: Account) -> None:
    """Take a role from an account; nothing where it is gone already.

    Raises `OwnAccount`, `LastOrganiser` and `RoleOfBid`.
    """
    grant = next((grant for grant in account.grants if grant.id == grant_id), None)
    if grant is None:
        return
    if grant.role is Role.GROUP_CONTACT:
        raise RoleOfBid
    if grant.role is Role.ORGANISER:
        _leave_an_organiser(account, by)
    account.grants.remove(grant)
    db.session.flush()


def _leave_an_organiser(gone: Account, by: Account) -> None:
    """Raise unless somebody else can organise once this account can't. The rows are held, in one order for everybody:
    of two organisers who do it to each other at once, one is told no.
    """
    if gone.id == by.id:
        raise OwnAccount
    organisers = sa.select(RoleGrant.account_id).join(Account).where(RoleGrant.role == Role.ORGANISER)
    organisers = organisers.where(Account.is_disabled.is_(False)).order_by(RoleGrant.id).with_for_update(key_share=True)
    if not set(db.session.scalars(organisers)) - {gone.id}:
        raise LastOrganiser


def hash_password(password: str) -> str:
    """The password's argon2 hash. It takes a sixth of a second: call it before `begin_write()`."""
    return _hasher.hash(password)


def refuse_weak(account: Account, password: str) -> None:
    """Raise `WeakPassword` where whoever knows the person and the service would soon guess it."""
    known = (account.name, account.email, current_app.config["SERVICE_NAME"], current_app.config["COUNCIL_NAME"])
    if sentence := weakness(password, known):
        raise WeakPassword(sentence)


def is_password_of(account: Account | None, password: str) -> bool:
    """Whether this is the account's password. It takes the same time when there is no account."""
    try:
        _hasher.verify((account and account.password_hash) or _NOBODYS_HASH, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return account is not None and account.password_hash is not None and not account.is_disabled


def set_password(account: Account, password_hash: str) -> None:
    """Store a new password's hash. Every session that the account had ends, and every link that was mailed to it."""
    account.password_hash = password_hash
    end_sessions(account)
    end_links(account)


def end_sessions(account: Account) -> None:
    """Sign the account out everywhere, also where it stayed signed in."""
    account.session_key = Account.fresh_session_key()
    db.session.execute(sa.delete(KeptSession).where(KeptSession.account_id == account.id))


def end_links(account: Account, *purposes: LinkPurpose, leads_to: str | None = None) -> None:
    """Make the links worthless that were mailed to the account: those of these purposes, to this page, or all."""
    open_ones = sa.update(MailedLink).where(MailedLink.account_id == account.id, MailedLink.used_at.is_(None))
    if purposes:
        open_ones = open_ones.where(MailedLink.purpose.in_(purposes))
    if leads_to is not None:
        open_ones = open_ones.where(MailedLink.leads_to == leads_to)
    db.session.execute(open_ones.values(used_at=now()))


def set_disabled(account: Account, *, is_disabled: bool, by: Account) -> None:
    """Suspend an account, or let it in again. Its sessions and links end at once.

    Raises `OwnAccount` and `LastOrganiser`.
    """
    if account.id == by.id:
        raise OwnAccount
    if is_disabled and Role.ORGANISER in account.roles:
        _leave_an_organiser(account, by)
    account.is_disabled = is_disabled
    end_sessions(account)
    end_links(account)


def hold(*accounts: Account) -> None:
    """Hold the accounts' rows until the commit, so that of many tries at once each is counted before the next.

    Whoever will hold several holds them together first: this takes them in one order for everybody, so that no two
    wait for each other.
    """
    ids = [account.id for account in accounts]
    wanted = sa.select(Account.id).where(Account.id.in_(ids)).order_by(Account.id)
    db.session.execute(wanted.with_for_update(key_share=True)).all()


def warn_of_known_password(account: Account) -> None:
    """Write to an account whose password somebody knows, and whose second step they don't."""
    config = current_app.config
    write_letter(
        account.email,
        "Somebody may know your password",
        f"Dear {account.name},\n\nSomebody entered your password for {config['SERVICE_NAME']} and then wrong digits, "
        "several times. They did not get in.\n\nIf it was you, there is nothing to do. If it was not, write to "
        f"{config['CONTACT_EMAIL']} and ask for a link that sets a new password.\n\n{config['COUNCIL_NAME']}\n",
    )


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


def forget_second_step(account: Account) -> None:
    """Let the account set up a new authenticator; its sessions end."""
    account.totp_secret = None
    end_sessions(account)


def names_of(account_ids: Iterable[int]) -> dict[int, str]:
    """The name of each of these accounts, by its id."""
    wanted = sa.select(Account.id, Account.name).where(Account.id.in_(list(account_ids)))
    return dict(db.session.execute(wanted).all())
