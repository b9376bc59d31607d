"""Accounts, for organisers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import ROLE_NAMES, Role, desk_door
from pbvote.db import begin_write, db
from pbvote.localities.service import locality_names
from pbvote.people import links, service
from pbvote.people.forms import InviteForm
from pbvote.people.models import Account

door = desk_door("people", __name__, url_prefix="/desk/people")


def _invite_form() -> InviteForm:
    form = InviteForm()
    form.locality.choices = [("", "The whole council"), *((str(key), name) for key, name in locality_names().items())]
    return form


@door.get("/")
def accounts() -> ResponseReturnValue:
    """Every account with its roles."""
    return render_template("people/accounts.html", accounts=service.all_accounts(), role_names=ROLE_NAMES)


@door.get("/invite")
def invite() -> ResponseReturnValue:
    """The form for a new account."""
    return render_template("people/invite.html", form=_invite_form())


@door.post("/invite")
def send_invitation() -> ResponseReturnValue:
    """Make the account and mail its link."""
    begin_write()
    form = _invite_form()
    if not form.validate():
        return render_template("people/invite.html", form=form), 422
    known = service.account_with_email(form.email.data)
    account = known or service.add_account(form.name.data, form.email.data)
    service.grant_role(account, Role(form.role.data), form.locality_id)
    if account.password_hash is None:
        links.invite(account)
    db.session.commit()
    flash(f"{account.name} now has this role too." if known else f"We have invited {account.name}.", "success")
    return redirect(url_for("people_desk.accounts"))


@door.post("/<int:account_id>/link")
def send_link(account_id: int) -> ResponseReturnValue:
    """Mail a fresh link that sets a password: the first has expired, or the password is forgotten."""
    begin_write()
    account = db.session.get(Account, account_id) or abort(404)
    links.invite(account)
    db.session.commit()
    flash(f"We have mailed {account.name} a link that sets a new password.", "success")
    return redirect(url_for("people_desk.accounts"))


@door.post("/<int:account_id>/disable")
def disable(account_id: int) -> ResponseReturnValue:
    """Shut an account out."""
    return _set_disabled(account_id, is_disabled=True)


@door.post("/<int:account_id>/enable")
def enable(account_id: int) -> ResponseReturnValue:
    """Let an account in again."""
    return _set_disabled(account_id, is_disabled=False)


def _set_disabled(account_id: int, *, is_disabled: bool) -> ResponseReturnValue:
    begin_write()
    account = db.session.get(Account, account_id) or abort(404)
    service.set_disabled(account, is_disabled=is_disabled, by=current_user)
    db.session.commit()
    flash(f"{account.name} {'can no longer sign in' if is_disabled else 'can sign in again'}.", "success")
    return redirect(url_for("people_desk.accounts"))
