"""Bids out of and into spreadsheets, for organisers."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.call.checking.board import filter_asked
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.service import round_called
from pbvote.call.spreadsheets import importing
from pbvote.call.spreadsheets.exporting import bid_table, template
from pbvote.call.spreadsheets.forms import SheetForm
from pbvote.call.spreadsheets.planning import plan_import
from pbvote.db import begin_write, db
from pbvote.spreadsheets.answers import send_table
from pbvote.spreadsheets.opening import NoTable, grid_of

door = desk_door("bid_sheets", __name__, url_prefix="/desk/bids/round")


def _round(slug: str) -> Round:
    return round_called(slug) or abort(404)


@door.get("/<slug:slug>/bids.<kind>")
def bids(slug: str, kind: str) -> ResponseReturnValue:
    """The bids that the board shows by the same filters, from all its pages and in its order, as a file."""
    round_ = _round(slug)
    return send_table(bid_table(round_, filter_asked(round_, request.args)), f"bids-{slug}", kind)


@door.get("/<slug:slug>/template.<kind>")
def template_file(slug: str, kind: str) -> ResponseReturnValue:
    """An empty sheet to fill in."""
    return send_table(template(_round(slug)), f"new-bids-{slug}", kind)


def _send_page(round_: Round, form: SheetForm) -> str:
    return render_template("call/spreadsheets/send.html", round=round_, form=form)


@door.get("/<slug:slug>/sheet")
def sheet(slug: str) -> ResponseReturnValue:
    """The form that takes a sheet."""
    return _send_page(_round(slug), SheetForm())


@door.post("/<slug:slug>/sheet")
def send_sheet(slug: str) -> ResponseReturnValue:
    """Read a sheet and keep it for its preview. Nothing of it stands yet."""
    form = SheetForm()
    if not form.validate():
        return _send_page(_round(slug), form), 422
    file = form.file.given
    try:
        grid = grid_of(file.read())  # before the write begins: it may take a second
        plan_import(_round(slug), grid, current_user)
    except NoTable as refusal:
        form.refuse(str(refusal), "file")
        return _send_page(_round(slug), form), refusal.status
    db.session.rollback()
    begin_write()
    importing.keep_sheet(_round(slug), current_user, file.filename or "", grid)
    db.session.commit()
    return redirect(url_for("bid_sheets_desk.preview", slug=slug))


@door.get("/<slug:slug>/sheet/preview")
def preview(slug: str) -> ResponseReturnValue:
    """What the import would do: each row's errors, what is new, and what changes."""
    round_ = _round(slug)
    waiting = importing.sheet_of(round_, current_user)
    if waiting is None:
        return redirect(url_for("bid_sheets_desk.sheet", slug=slug))
    return render_template(
        "call/spreadsheets/preview.html",
        round=round_,
        name=waiting.name,
        plan=plan_import(round_, waiting.grid, current_user),
    )


@door.post("/<slug:slug>/sheet/import")
def take_in(slug: str) -> ResponseReturnValue:
    """Import what the preview showed, all of it or nothing."""
    begin_write()
    plan = importing.import_sheet(_round(slug), current_user, request.form.get("seen", ""))
    db.session.commit()
    flash(f"Imported: {plan.does}. We have told the groups.", "success")
    return redirect(url_for("checking_desk.board", slug=slug))


@door.post("/<slug:slug>/sheet/forget")
def forget(slug: str) -> ResponseReturnValue:
    """Forget the sheet that waits."""
    begin_write()
    importing.drop_sheet(_round(slug), current_user)
    db.session.commit()
    flash("The sheet is forgotten. Nothing was changed.", "success")
    return redirect(url_for("bid_sheets_desk.sheet", slug=slug))
