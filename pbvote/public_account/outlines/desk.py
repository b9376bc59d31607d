"""Where years that pbvote did not run are sent as a sheet, and published. For organisers; auditors read."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.call.rounds.service import has_demonstration
from pbvote.db import begin_write, db
from pbvote.localities.service import all_localities
from pbvote.public_account.outlines import service
from pbvote.public_account.outlines.forms import OutlineSheetForm
from pbvote.public_account.outlines.sheet import outlines_table, read_outlines
from pbvote.public_account.outlines.shown import by_place
from pbvote.spreadsheets.answers import send_table
from pbvote.spreadsheets.opening import NoTable, grid_of

door = desk_door("outlines", __name__, url_prefix="/desk/years")


def _listed(form: OutlineSheetForm, problems: object = ()) -> str:
    shown = {"outlines": service.all_outlines(), "form": form, "problems": problems}
    return render_template("public_account/outlines/kept.html", **shown)


def _done(said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("outlines_desk.kept"))


@door.get("")
def kept() -> ResponseReturnValue:
    """Every year that is here, and the form that takes a sheet."""
    return _listed(OutlineSheetForm())


@door.get("/outlines.<kind>")
def sheet(kind: str) -> Response:
    """What is here as a sheet, to change and send again; an empty one to begin with."""
    return send_table(outlines_table(service.all_outlines()), "years-in-outline", kind)


@door.post("")
def send() -> ResponseReturnValue:
    """Keep the years of a sheet, all of them or none. Nobody else reads them yet."""
    form = OutlineSheetForm()
    if not form.validate():
        return _listed(form), 422
    try:
        grid = grid_of(form.file.given.read())  # before the write begins: it may take a second
        sent = read_outlines(grid, all_localities(), may_invent=has_demonstration())
    except NoTable as refusal:
        form.refuse(str(refusal), "file")
        return _listed(form), refusal.status
    if sent.problems:
        form.refuse("Put right what stands below, and send the sheet again. Nothing was kept", "file")
        return _listed(form, sent.problems), 422
    db.session.rollback()
    begin_write()
    try:
        service.keep_outlines(sent.years, current_user)
    except service.OutlinePublic as refusal:
        db.session.rollback()
        form.refuse(str(refusal), "file")
        return _listed(form), refusal.status
    db.session.commit()
    return _done(f"Kept: {', '.join(map(str, sorted(sent.years)))}. Read each, and publish it.")


@door.get("/<int:year>")
def one(year: int) -> ResponseReturnValue:
    """A year as everybody reads it once it is public, and its buttons."""
    outline = service.outline_of(year, public_only=False)
    return render_template("public_account/outlines/draft.html", outline=outline, places=by_place(outline))


@door.post("/<int:year>/publish")
def publish(year: int) -> ResponseReturnValue:
    """Let everybody read it."""
    begin_write()
    service.publish_outline(year)
    db.session.commit()
    return _done(f"Everybody can read {year} now.")


@door.post("/<int:year>/take-down")
def take_down(year: int) -> ResponseReturnValue:
    """Let nobody else read it any more."""
    begin_write()
    service.take_outline_down(year)
    db.session.commit()
    return _done(f"Nobody else can read {year} any more.")


@door.post("/<int:year>/drop")
def drop(year: int) -> ResponseReturnValue:
    """Delete one that is not public."""
    begin_write()
    service.drop_outline(year)
    db.session.commit()
    return _done(f"{year} is deleted.")
