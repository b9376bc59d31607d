"""Signing in and out, and the links that are mailed."""

from urllib.parse import urlsplit

import pyotp
from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import public_door
from pbvote.core.qr import qr_svg
from pbvote.db import begin_write, db
from pbvote.people import links, service
from pbvote.people.forms import LinkByMailForm, LinkForm, NewPasswordForm, SecondStepForm, SignInForm
from pbvote.people.models import Account, LinkPurpose
from pbvote.people.signing_in import begin_session, end_session, limiter

door = public_door("people", __name__)
WAITING = "waits_for_second_step"


def _where_to(address: str | None) -> str:
    """Where the person wanted to go, if that is a page of ours; else where their work begins."""
    return address if address and _is_ours(address) else url_for("home_account.start")


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


def _go_on(account: Account, came_for: str | None) -> ResponseReturnValue:
    """After the password or the link: the second step where the account needs it, else in."""
    if account.needs_second_step:
        session.clear()
        session[WAITING] = {"account": f"{account.id}.{account.session_key}"}
        if not account.totp_secret:  # the session can be read by who holds it, so only a secret that is shown anyway
            session[WAITING]["new_secret"] = pyotp.random_base32()
        return redirect(url_for("people.second_step", next=came_for))
    begin_session(account)
    return redirect(_where_to(came_for))


@door.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Address and password."""
    if current_user.is_authenticated:
        return redirect(url_for("home_account.start"))
    return render_template("people/sign_in.html", form=SignInForm())


@door.post("/sign-in")
@limiter.limit("10 per minute")
def try_sign_in() -> ResponseReturnValue:
    """Check address and password."""
    form = SignInForm()
    if form.validate():
        account = service.account_with_email(form.email.data)
        if account and service.is_password_of(account, form.password.data):
            return _go_on(account, request.args.get("next"))
        if account is None:
            service.is_password_of(None, form.password.data)
        form.refuse("The e-mail address or the password is not right", "password")
    return render_template("people/sign_in.html", form=form), 422


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
@limiter.limit("10 per minute")
def try_second_step() -> ResponseReturnValue:
    """Check the six digits."""
    begin_write()
    account = _waiting_account()
    if account is None:
        return redirect(url_for("people.sign_in"))
    form = SecondStepForm()
    if form.validate():
        secret = account.totp_secret or session[WAITING]["new_secret"]
        if service.take_second_step(account, secret, form.digits.data):
            db.session.commit()
            begin_session(account)
            return redirect(_where_to(request.args.get("next")))
        form.refuse("These digits are not right, or were used already. Wait for the next ones.", "digits")
    return _second_step_page(account, form), 422


@door.get("/sign-in/by-mail")
def link_by_mail() -> ResponseReturnValue:
    """A group's contact asks for a link."""
    return render_template("people/link_by_mail.html", form=LinkByMailForm())


@door.post("/sign-in/by-mail")
@limiter.limit("5 per minute")
def mail_link() -> ResponseReturnValue:
    """Mail the link, and say the same whether or not there is an account."""
    begin_write()
    form = LinkByMailForm()
    if not form.validate():
        return render_template("people/link_by_mail.html", form=form), 422
    links.mail_sign_in_link(form.email.data)
    db.session.commit()
    return render_template("people/link_mailed.html")


@door.get("/link")
def link() -> ResponseReturnValue:
    """The page that a mailed link opens: one button, since scanners of mail follow links and press nothing."""
    return render_template("people/link.html", form=LinkForm())


@door.post("/link")
@limiter.limit("10 per minute")
def open_link() -> ResponseReturnValue:
    """Sign in by the link, or go on to choosing a password."""
    begin_write()
    form = LinkForm()
    if not form.validate():
        return render_template("people/link.html", form=form), 422
    try:
        mailed = links.open_link(form.code.data)
    except links.LinkUnusable as unusable:
        form.refuse(str(unusable), "code")
        return render_template("people/link.html", form=form), 422
    if mailed.purpose is LinkPurpose.INVITATION:
        return render_template("people/new_password.html", form=NewPasswordForm(code=form.code.data))
    account = links.use_link(mailed)
    db.session.commit()
    return _go_on(account, None)


@door.post("/link/password")
@limiter.limit("10 per minute")
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
    return _go_on(account, None)


@door.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session, here and for whoever has copied its cookie. The account's other sessions go on."""
    begin_write()
    end_session()
    db.session.commit()
    session.clear()
    flash("You are signed out.", "success")
    return redirect(url_for("home.front"))
