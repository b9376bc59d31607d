"""Links that are mailed: they sign somebody in, or let them choose a password. Nothing here commits."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from pbvote.access import Role
from pbvote.code_tags import tag_of
from pbvote.core.clock import now
from pbvote.core.codes import in_groups, new_code, read_code
from pbvote.db import db
from pbvote.mail.service import write_letter
from pbvote.people import tries
from pbvote.people.codes import WrongCode
from pbvote.people.models import Account, LinkPurpose, MailedLink
from pbvote.people.service import end_links, hold
from pbvote.people.tries import Origin

AS_ROLE = {
    Role.ORGANISER: "an organiser",
    Role.STEWARD: "a steward",
    Role.LP_MEMBER: "an LP member",
    Role.GROUP_CONTACT: "a group’s contact",
    Role.AUDITOR: "an auditor",
}


@dataclass(frozen=True, slots=True)
class Life:
    """How long a link works, and how its letter says so."""

    lasts: dt.timedelta
    words: str


WEEK, TWO_DAYS, HOUR = (
    Life(dt.timedelta(days=7), "within seven days"),
    Life(dt.timedelta(days=2), "within two days"),
    Life(dt.timedelta(hours=1), "within an hour"),
)


class LinkUnusable(WrongCode):
    """A mailed link that was used, has expired, or never was."""

    def __init__(self, typed: str = "") -> None:
        super().__init__("This link has been used or is out of date. Ask for a new one.", typed)


def life_of(account: Account, purpose: LinkPurpose) -> Life:
    """How long a link for this account works.

    Volunteers read their letters in the evening, or tomorrow. Anyone else who gets such a link has asked for it just
    now, and may do more here than look after a bid or a funded group.
    """
    if purpose is LinkPurpose.INVITATION:
        return WEEK
    return TWO_DAYS if account.signs_in_by_link else HOUR


def make_link(account: Account, purpose: LinkPurpose, leads_to: str = "") -> str:
    """A fresh link for the account; returns its code. It takes the place of an earlier one to the same page.

    `leads_to` is the path of the page that it opens; without one it opens where the account's work begins.
    The account's row is held, so that of two that are made at once the later one remains.
    """
    hold(account)
    end_links(account, purpose, leads_to=leads_to)
    code = new_code()
    link = MailedLink(tag=tag_of("link", code), purpose=purpose, account_id=account.id, leads_to=leads_to)
    link.expires_at = now() + life_of(account, purpose).lasts
    db.session.add(link)
    return code


def link_address(code: str) -> str:
    """The link's address. The code stands behind the ``#``, so that no server or log on the way sees it."""
    return f"{current_app.config['BASE_URL']}/link#{in_groups(code)}"


def mail_link(
    account: Account, purpose: LinkPurpose, subject: str, opening: str, closing: str = "", *, leads_to: str = ""
) -> None:
    """Write the account a letter with a fresh link, what comes before it, and what comes after."""
    code, config = make_link(account, purpose, leads_to), current_app.config
    by_hand = f"If the link does not open, go to {config['BASE_URL']}/link and type {in_groups(code)}"
    parts = (f"Dear {account.name},", opening, link_address(code), by_hand, closing, config["COUNCIL_NAME"])
    write_letter(account.email, subject, "\n\n".join(filter(None, parts)) + "\n")


def invite(account: Account, by: Account) -> None:
    """Mail an account the link with which it chooses a password, or a new one, and say who sends it and why."""
    config, is_new = current_app.config, account.password_hash is None
    service, council = config["SERVICE_NAME"], config["COUNCIL_NAME"]
    what = "has given you an account at" if is_new else "has sent you a link for a new password at"
    opening = f"{by.name} {what} {service}. This is a service of {council}.\n\n"
    if account.grants:
        opening += f"Your part: you are {_duties(account)}.\n\n"
    opening += f"This link works once, {WEEK.words}, and lets you choose a password:"
    closing = (
        f"You get this letter because {by.name} entered your e-mail address. If that is a mistake, don’t use the link. "
        f"Write to {config['CONTACT_EMAIL']}."
    )
    subject = f"Your account at {service}" if is_new else f"A new password for {service}"
    mail_link(account, LinkPurpose.INVITATION, subject, opening, closing)


def _duties(account: Account) -> str:
    """The account's roles in words: ``a steward in Sale and an auditor``."""
    return " and ".join(
        AS_ROLE[grant.role] + (f" in {grant.locality.name}" if grant.locality else "") for grant in account.grants
    )


def mail_sign_in_link(email: str, place: Origin, leads_to: str = "") -> None:
    """Mail a link that signs in anyone who needs no password, or whose password is not asked for at present.

    It opens the page `leads_to`, where one is named.

    These are groups' contacts and LP members, and whoever must wait because somebody tried wrong passwords. Others sign
    in with a password, so nothing goes to them. For everybody the same is done, for anyone else in a part of the
    transaction that is rolled back: the time that it takes must not tell who is known. Raises `TooManyTries`, to
    strangers as well.
    """
    asked, asked_here = tries.of_letters(email), tries.of_letters_from(place)
    tries.refuse_haste(asked, "Several links were asked for with this address. Use the newest, or wait {wait}.")
    tries.refuse_haste(asked_here, "Many links were asked for from your network. Wait {wait}, then ask again.")
    tries.note(asked + asked_here)
    is_kept_out = bool(tries.wait_of(tries.of_secret("password", email.strip().lower(), place)))
    wanted = sa.select(Account).order_by(Account.email != email.strip().lower(), Account.id).limit(1)
    account = db.session.scalar(wanted)  # where nobody has this address, whoever stands in
    if account is None:
        return
    is_theirs = account.email == email.strip().lower() and not account.is_disabled
    needs_one = account.signs_in_by_link or (is_kept_out and account.password_hash is not None)
    part = db.session.begin_nested()
    lasts = life_of(account, LinkPurpose.SIGN_IN).words
    opening = f"This link signs you in. It works once, {lasts}:"
    mail_link(account, LinkPurpose.SIGN_IN, "Sign in", opening, leads_to=leads_to)
    db.session.flush()
    if is_theirs and needs_one:
        part.commit()
    else:
        part.rollback()


def open_link(typed: str) -> MailedLink:
    """The unused, unexpired link with this code. Raises `LinkUnusable`."""
    code = read_code(typed)
    if code is None:
        raise LinkUnusable(typed)
    link = db.session.scalar(
        sa.select(MailedLink).where(
            MailedLink.tag == tag_of("link", code), MailedLink.used_at.is_(None), MailedLink.expires_at > now()
        )
    )
    if link is None or link.account.is_disabled:
        raise LinkUnusable("" if link else typed)
    return link


def open_invitation(typed: str) -> MailedLink:
    """The open link with this code, if it lets somebody choose a password. Raises `LinkUnusable`."""
    link = open_link(typed)
    if link.purpose is not LinkPurpose.INVITATION:
        raise LinkUnusable
    return link


def use_link(link: MailedLink) -> Account:
    """Use the link up. Of two that try at once, one gets `LinkUnusable`."""
    claim = sa.update(MailedLink).where(MailedLink.id == link.id, MailedLink.used_at.is_(None)).values(used_at=now())
    if db.session.scalar(claim.returning(MailedLink.id)) is None:
        raise LinkUnusable
    return link.account
