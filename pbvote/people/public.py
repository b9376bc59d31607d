"""Signing in and out, and the links that are mailed."""

from functools import partial
from urllib.parse import urlsplit

import pyotp
from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import public_door
from pbvote.core.qr import qr_svg
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.people import links, service, tries
from pbvote.people.codes import WrongCode, typed_into
from pbvote.people.forms import LinkByMailForm, NewPasswordForm, SecondStepForm, SignInForm, SignInLinkForm
from pbvote.people.models import Account, LinkPurpose
from pbvote.people.signing_in import begin_session, end_session, keep_session, later, place_of
from pbvote.sessions import STAYS

door = public_door("people", __name__)
WAITING = "waits_for_second_step"
MOST_LETTERS = 500
"""The longest address to which signing in leads."""
TOO_MANY_PASSWORDS = "Too many wrong passwords. Wait {wait}, or get a link by e-mail that signs you in."


@door.app_errorhandler(WrongCode)
def opens_nothing(wrong: WrongCode) -> ResponseReturnValue:
    """A code of a letter or a card that opens nothing, wherever it was typed: it is counted, and then refused.

    A right code never comes here, so nobody's mistakes stop it. Slips have a count of their own: see `vote.casting`.
    """
    db.session.rollback()
    begin_write()
    refusal = tries.wrong_code(wrong.typed, place_of(None), wrong)
    db.session.commit()
    return wrong.answer(refusal), refusal.status, later(refusal)


def _where_to(address: str | None) -> str:
    """Where the person wanted to go, if that is a page of pbvote; else where their work begins."""
    return _page_of_ours(address) or url_for("home_account.start")


def _page_of_ours(address: str | None) -> str:
    """The address, where it is a page of pbvote and no longer than any that we make; else ""."""
    return address if address and len(address) <= MOST_LETTERS and _is_ours(address) else ""


def _is_ours(address: str) -> bool:
    """Whether a browser would stay with us: a path in plain ASCII, and nothing that it could read as another host.

    Every address that we make is one. A line end in a header, or half of a character, would fail only when it is sent.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    is_plain = address.isascii() and address.isprintable() and " " not in address
    is_elsewhere = parts.scheme or parts.netloc or address.startswith("//") or "\\" in address
    return address.startswith("/") and is_plain and not is_elsewhere


def _go_on(account: Account, came_for: str | None, way: str) -> ResponseReturnValue:
    """After the password or the link (the way): the second step where the account needs it, else in."""
    if account.needs_second_step:
        session.clear()
        session[WAITING] = {"account": f"{account.id}.{account.session_key}", "way": way}
        if not account.totp_secret:  # whoever holds the session can read it, so only a secret that is shown anyway
            session[WAITING]["new_secret"] = pyotp.random_base32()
        return redirect(url_for("people.second_step", next=came_for or None))
    begin_session(account)
    return redirect(_where_to(came_for))


@door.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Address and password."""
    if current_user.is_authenticated:
        return redirect(url_for("home_account.start"))
    return render_template("people/sign_in.html", form=SignInForm())


@door.post("/sign-in")
def try_sign_in() -> ResponseReturnValue:
    """Check address and password."""
    form = SignInForm()
    if not form.validate():
        return render_template("people/sign_in.html", form=form), 422
    try:
        account = _account_with(form.email.data, form.password.data)
    except Refusal as refusal:
        form.refuse(str(refusal), "password")
        return render_template("people/sign_in.html", form=form), refusal.status, later(refusal)
    return _go_on(account, request.args.get("next"), "password")


def _account_with(email: str, password: str) -> Account:
    """The account with this address and password. Raises `WrongPassword`, which is counted, and `TooManyTries`."""
    account = service.account_with_email(email)
    counts = tries.of_secret("password", email.strip().lower(), place_of(account))
    tries.refuse_haste(counts, TOO_MANY_PASSWORDS)
    is_right = service.is_password_of(account, password)
    if account is None or not is_right:
        begin_write()
        tries.note(counts)
        db.session.commit()
        raise service.WrongPassword
    if tries.has_failed(counts):
        begin_write()
        tries.forget(counts)
        db.session.commit()
    return account


def _waiting_account() -> Account | None:
    """The account that has given its password and not yet its second step."""
    waiting = session.get(WAITING, {})
    account_id, _, key = str(waiting.get("account", "")).partition(".")
    account = db.session.get(Account, int(account_id)) if account_id.isdecimal() else None
    return account if account and account.session_key == key and not account.is_disabled else None


def _second_step_page(account: Account, form: SecondStepForm) -> str:
    """The digits; for an account without an authenticator also the QR to set one up."""
    secret = picture = None
    if not account.totp_secret:
        secret = session[WAITING]["new_secret"]
        address = pyotp.TOTP(secret).provisioning_uri(
            name=account.email, issuer_name=current_app.config["COUNCIL_NAME"]
        )
        picture = qr_svg(address)
    return render_template("people/second_step.html", form=form, secret=secret, picture=picture)


@door.get("/sign-in/second-step")
def second_step() -> ResponseReturnValue:
    """Six digits from an authenticator."""
    account = _waiting_account()
    if account is None:
        return redirect(url_for("people.sign_in"))
    return _second_step_page(account, SecondStepForm())


@door.post("/sign-in/second-step")
def try_second_step() -> ResponseReturnValue:
    """Check the six digits."""
    begin_write()
    account = _waiting_account()
    if account is None:
        return redirect(url_for("people.sign_in"))
    form = SecondStepForm()
    if not form.validate():
        return _second_step_page(account, form), 422
    refusal = _second_step_refused(account, form.digits.data)
    db.session.commit()
    if refusal:
        form.refuse(str(refusal), "digits")
        return _second_step_page(account, form), refusal.status, later(refusal)
    begin_session(account)
    return redirect(_where_to(request.args.get("next")))


def _second_step_refused(account: Account, digits: str) -> Refusal | None:
    """Take the digits, or count them as wrong and say so; nothing where they are right.

    Whoever came by a mailed link is counted apart: somebody who only knows the password can't use those tries up.
    """
    service.hold(account)
    kind = f"digits after {session[WAITING]['way']}"
    counts = tries.of_secret(kind, str(account.id), place_of(account))
    try:
        tries.refuse_haste(counts, "Too many wrong digits. Wait {wait}, then try again.")
    except tries.TooManyTries as too_many:
        return too_many
    if service.take_second_step(account, account.totp_secret or session[WAITING]["new_secret"], digits):
        tries.forget(counts)
        return None
    if tries.note(counts):
        service.warn_of_known_password(account)
    return service.WrongDigits()


@door.get("/sign-in/by-mail")
def link_by_mail() -> ResponseReturnValue:
    """A group's contact asks for a link."""
    return render_template("people/link_by_mail.html", form=LinkByMailForm())


@door.post("/sign-in/by-mail")
def mail_link() -> ResponseReturnValue:
    """Mail the link, and say the same whether or not there is an account."""
    begin_write()
    form = LinkByMailForm()
    if not form.validate():
        return render_template("people/link_by_mail.html", form=form), 422
    try:
        links.mail_sign_in_link(form.email.data, place_of(None), _page_of_ours(request.args.get("next")))
    except tries.TooManyTries as too_many:
        form.refuse(str(too_many), "email")
        return render_template("people/link_by_mail.html", form=form), too_many.status, later(too_many)
    db.session.commit()
    return render_template("people/link_mailed.html")


@door.get("/link")
def link() -> ResponseReturnValue:
    """The page that a mailed link opens: one button, since scanners of mail follow links and press nothing."""
    return render_template("people/link.html", form=SignInLinkForm())


@door.post("/link")
def open_link() -> ResponseReturnValue:
    """Sign in by the link, or go on to choosing a password."""
    begin_write()
    form = SignInLinkForm()
    page = partial(render_template, "people/link.html", form=form)
    if not form.validate():
        return page(), 422
    with typed_into(form, page):
        mailed = links.open_link(form.code.data)
    if mailed.purpose is LinkPurpose.INVITATION:
        return render_template("people/new_password.html", form=NewPasswordForm(code=form.code.data))
    account = links.use_link(mailed)
    tries.forget(tries.of_letters(account.email))
    if form.stays.data and account.signs_in_by_link:
        begin_session(account)
        keep_session(account)
    db.session.commit()
    if STAYS in session:
        return redirect(_where_to(mailed.leads_to))
    answer = _go_on(account, mailed.leads_to, "link")
    if form.stays.data:
        flash("You stay signed in for 12 hours and no longer, because of what you may do here.")
    return answer


@door.post("/link/password")
def choose_password() -> ResponseReturnValue:
    """Store the password that an invited person chose."""
    form = NewPasswordForm()
    if not form.validate():
        return render_template("people/new_password.html", form=form), 422
    code = form.code.data or ""
    try:
        service.refuse_weak(links.open_invitation(code).account, form.password.data)
    except service.WeakPassword as weak:
        form.refuse(str(weak), "password")
        return render_template("people/new_password.html", form=form), weak.status
    password_hash = service.hash_password(form.password.data)
    begin_write()
    account = links.use_link(links.open_invitation(code))
    service.set_password(account, password_hash)
    db.session.commit()
    return _go_on(account, None, "link")


@door.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session, here and for whoever has copied its cookie. The account's other sessions go on."""
    begin_write()
    end_session()
    db.session.commit()
    session.clear()
    flash("You are signed out.", "success")
    return redirect(url_for("home.front"))
