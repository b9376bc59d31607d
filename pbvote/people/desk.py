"""Accounts, for organisers."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import ROLE_NAMES, Role, desk_door
from pbvote.db import begin_write, db
from pbvote.localities.service import locality_names
from pbvote.people import links, service
from pbvote.people.forms import FindForm, InviteForm, RoleForm
from pbvote.people.models import Account
from pbvote.people.phones import forget_phone, phones_of

door = desk_door("people", __name__, url_prefix="/desk/people")


def _with_localities(form: RoleForm) -> RoleForm:
    form.locality.choices = [("", "The whole council"), *((str(key), name) for key, name in locality_names().items())]
    return form


def _account(account_id: int) -> Account:
    return db.session.get(Account, account_id) or abort(404)


def _back_to(account: Account, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("people_desk.account", account_id=account.id))


def _account_page(account: Account, form: RoleForm) -> str:
    kept = phones_of(account)
    return render_template("people/account.html", account=account, form=form, role_names=ROLE_NAMES, phones=kept)


@door.get("/")
def accounts() -> ResponseReturnValue:
    """The accounts with their roles, a page at a time: all, or those that were looked for."""
    form = FindForm(request.args)
    role = request.args.get("role", type=Role)
    found = service.find_accounts((form.words.data or "").strip(), role, request.args.get("page", 1, type=int))
    return render_template("people/accounts.html", found=found, form=form, role_names=ROLE_NAMES)


@door.get("/invite")
def invite() -> ResponseReturnValue:
    """The form for a new account."""
    return render_template("people/invite.html", form=_with_localities(InviteForm()))


@door.post("/invite")
def send_invitation() -> ResponseReturnValue:
    """Make the account and mail its link."""
    begin_write()
    form = InviteForm()
    if not _with_localities(form).validate():
        return render_template("people/invite.html", form=form), 422
    known = service.account_with_email(form.email.data)
    account = known or service.add_account(form.name.data, form.email.data)
    service.grant_role(account, Role(form.role.data), form.locality_id)
    if account.password_hash is None:
        links.invite(account, by=current_user)
    db.session.commit()
    return _back_to(account, f"{account.name} now has this role too." if known else f"We have invited {account.name}.")


@door.get("/<int:account_id>")
def account(account_id: int) -> ResponseReturnValue:
    """One person: roles, and whether they may sign in."""
    return _account_page(_account(account_id), _with_localities(RoleForm()))


@door.post("/<int:account_id>/roles")
def add_role(account_id: int) -> ResponseReturnValue:
    """Give the person another role."""
    begin_write()
    account, form = _account(account_id), _with_localities(RoleForm())
    if not form.validate():
        return _account_page(account, form), 422
    service.grant_role(account, Role(form.role.data), form.locality_id)
    db.session.commit()
    return _back_to(account, f"{account.name} has this role now.")


@door.post("/<int:account_id>/roles/<int:grant_id>/take-away")
def take_role(account_id: int, grant_id: int) -> ResponseReturnValue:
    """Take one of the person's roles away."""
    begin_write()
    account = _account(account_id)
    service.take_role(account, grant_id, by=current_user)
    db.session.commit()
    return _back_to(account, f"{account.name} no longer has this role.")


@door.post("/<int:account_id>/link")
def send_link(account_id: int) -> ResponseReturnValue:
    """Mail a fresh link that sets a password: the first has expired, or the password is forgotten."""
    begin_write()
    account = _account(account_id)
    links.invite(account, by=current_user)
    db.session.commit()
    return _back_to(account, f"We have mailed {account.name} a link that sets a password.")


@door.post("/<int:account_id>/phones/forget")
def forget_phones(account_id: int) -> ResponseReturnValue:
    """Sign the person out wherever they stayed signed in: a phone is lost."""
    begin_write()
    account = _account(account_id)
    for phone in phones_of(account):
        forget_phone(account, phone.id)
    db.session.commit()
    return _back_to(account, f"{account.name} is signed out on every phone that was kept.")


@door.post("/<int:account_id>/disable")
def disable(account_id: int) -> ResponseReturnValue:
    """Suspend an account."""
    return _set_disabled(account_id, is_disabled=True)


@door.post("/<int:account_id>/enable")
def enable(account_id: int) -> ResponseReturnValue:
    """Let an account in again."""
    return _set_disabled(account_id, is_disabled=False)


def _set_disabled(account_id: int, *, is_disabled: bool) -> ResponseReturnValue:
    begin_write()
    account = _account(account_id)
    service.set_disabled(account, is_disabled=is_disabled, by=current_user)
    db.session.commit()
    return _back_to(account, f"{account.name} {'can no longer sign in' if is_disabled else 'can sign in again'}.")
