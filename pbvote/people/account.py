"""Where somebody is signed in, for everybody with an account."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import signed_in_door
from pbvote.db import begin_write, db
from pbvote.people.phones import NotForThisAccount, forget_phone, phones_of
from pbvote.people.signing_in import end_session, keep_session, session_tag

door = signed_in_door("phones", __name__, url_prefix="/my/phones")


@door.get("")
def phones() -> ResponseReturnValue:
    """Where the account stays signed in, this browser among them or not."""
    return render_template("people/phones.html", phones=phones_of(current_user), here=session_tag())


@door.post("/keep")
def keep() -> ResponseReturnValue:
    """Stay signed in on this phone."""
    begin_write()
    try:
        keep_session(current_user)
    except NotForThisAccount as refusal:
        flash(str(refusal))
        return redirect(url_for("phones_account.phones"))
    db.session.commit()
    flash("You stay signed in on this phone.", "success")
    return redirect(url_for("phones_account.phones"))


@door.post("/forget")
def forget_this() -> ResponseReturnValue:
    """Forget this phone: sign out here, and stay signed in no longer."""
    begin_write()
    end_session()
    db.session.commit()
    session.clear()
    flash("This phone is forgotten. You are signed out.", "success")
    return redirect(url_for("home.front"))


@door.post("/weekly-letter/stop")
def stop_digest() -> ResponseReturnValue:
    """Send no weekly letter about funded groups any more."""
    return _take_digest(takes=False, said="You get no weekly letter from now on.")


@door.post("/weekly-letter/send")
def send_digest() -> ResponseReturnValue:
    """Send the weekly letter again."""
    return _take_digest(takes=True, said="You get the weekly letter from now on.")


def _take_digest(*, takes: bool, said: str) -> ResponseReturnValue:
    begin_write()
    current_user.takes_digest = takes
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("phones_account.phones"))


@door.post("/<int:phone_id>/forget")
def forget(phone_id: int) -> ResponseReturnValue:
    """Sign out on another phone, which is lost or was lent."""
    begin_write()
    forget_phone(current_user, phone_id)
    db.session.commit()
    flash("That phone is forgotten. It is signed out.", "success")
    return redirect(url_for("phones_account.phones"))
