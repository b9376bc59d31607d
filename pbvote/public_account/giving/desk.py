"""What a checker will say of the council's 360Giving data, and its publication. For organisers; auditors read."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.public_account.giving import service

door = desk_door("giving", __name__, url_prefix="/desk/360giving")


def _page(refusal: str = "") -> str:
    funder, missing = service.council()
    shown = {"funder": funder, "missing": missing, "found": service.examine(), "published": service.publication()}
    return render_template("public_account/giving/examined.html", refusal=refusal, **shown)


def _examined() -> ResponseReturnValue:
    return redirect(url_for("giving_desk.examined"))


@door.get("")
def examined() -> ResponseReturnValue:
    """What is found in the grants: what keeps one out of the file, and what a checker will say."""
    return _page()


@door.post("/publish")
def publish() -> ResponseReturnValue:
    """Let everybody read the file."""
    begin_write()
    try:
        service.publish(current_user)
    except service.NotFit as refusal:
        db.session.rollback()
        return _page(str(refusal)), refusal.status
    db.session.commit()
    flash("Everybody can read the file now. It is always as things stand.", "success")
    return _examined()


@door.post("/take-down")
def take_down() -> ResponseReturnValue:
    """Let nobody read it any more."""
    begin_write()
    service.take_down()
    db.session.commit()
    flash("Nobody can read the file any more.", "success")
    return _examined()
