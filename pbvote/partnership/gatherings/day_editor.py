"""A gathering's day: cards and lists for the room, and who came. For organisers and editors; auditors read."""

from io import BytesIO

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import Role, editor_door
from pbvote.core.reading import sent_number
from pbvote.db import begin_write, db
from pbvote.localities.models import Locality
from pbvote.partnership.gatherings import coming
from pbvote.partnership.gatherings.cards import door_list, table_cards
from pbvote.partnership.gatherings.forms import WalkInForm
from pbvote.partnership.gatherings.models import Gathering
from pbvote.partnership.gatherings.service import hold_gathering
from pbvote.partnership.gatherings.sheets import sign_up_table
from pbvote.partnership.gatherings.shown import at_tables, kept_gathering, sign_ups_of
from pbvote.partnership.members.by_address import edited_partnership
from pbvote.spreadsheets.answers import send_table

door = editor_door("gathering_day", __name__, url_prefix="/my/partnership/<slug:slug>/gatherings/<int:gathering_id>")


def _kept(slug: str, gathering_id: int) -> Gathering:
    """The gathering, where this account keeps it and it is no draft; else 404."""
    found = kept_gathering(edited_partnership(slug), gathering_id)
    if found is None or found.is_draft:
        abort(404)
    return found


def _held(locality: Locality, gathering_id: int) -> Gathering:
    found = hold_gathering(gathering_id)
    if found is None or found.locality_id != locality.id:
        abort(404)
    return found


def _page(gathering: Gathering, form: WalkInForm) -> str:
    rows = [one for one in sign_ups_of(gathering) if one.may_come]
    return render_template("partnership/gatherings/day.html", gathering=gathering, rows=rows, form=form)


@door.get("/day")
def page(slug: str, gathering_id: int) -> ResponseReturnValue:
    """Each group, with a press for how many came."""
    gathering = _kept(slug, gathering_id)
    coming.require_its_day(gathering)
    return _page(gathering, WalkInForm(formdata=None))


@door.post("/day/<int:sign_up_id>")
def note(slug: str, gathering_id: int, sign_up_id: int) -> ResponseReturnValue:
    """So many of a group came."""
    begin_write()
    gathering = _held(edited_partnership(slug), gathering_id)
    own = next((one for one in sign_ups_of(gathering) if one.id == sign_up_id), None) or abort(404)
    typed = request.form.get("came", "").strip()
    coming.note_came(gathering, own, sent_number(typed) if typed.isdecimal() else -1)
    db.session.commit()
    flash(f"{own.called}: {own.came} came.", "success")
    return redirect(url_for("gathering_day_editor.page", slug=slug, gathering_id=gathering_id))


@door.post("/day/walk-in")
def walk_in(slug: str, gathering_id: int) -> ResponseReturnValue:
    """Add a group that came without signing up."""
    begin_write()
    gathering, form = _held(edited_partnership(slug), gathering_id), WalkInForm()
    coming.require_its_day(gathering)
    if not form.validate():
        return _page(gathering, form), 422
    own = coming.walk_in(gathering, form.name.data, form.came.given, current_user)
    db.session.commit()
    flash(f"{own.called} is here.", "success")
    return redirect(url_for("gathering_day_editor.page", slug=slug, gathering_id=gathering_id))


@door.get("/table-cards.pdf")
def cards(slug: str, gathering_id: int) -> Response:
    """A card for each group’s table."""
    gathering = _kept(slug, gathering_id)
    return _pdf(table_cards(gathering, at_tables(gathering)), f"table-cards-{gathering_id}")


@door.get("/door-list.pdf")
def attendance(slug: str, gathering_id: int) -> Response:
    """The list for the door."""
    gathering = _kept(slug, gathering_id)
    return _pdf(door_list(gathering, at_tables(gathering)), f"door-list-{gathering_id}")


def _pdf(drawn: bytes, name: str) -> Response:
    return send_file(BytesIO(drawn), "application/pdf", as_attachment=False, download_name=f"{name}.pdf")


@door.get("/sign-ups.<kind>")
def sheet(slug: str, gathering_id: int, kind: str) -> ResponseReturnValue:
    """Who signed up, as a file. Auditors do not get what people need to take part."""
    gathering = _kept(slug, gathering_id)
    sees_to_it = bool(current_user.roles & {Role.ORGANISER, Role.LP_MEMBER})
    return send_table(sign_up_table(sign_ups_of(gathering), with_access=sees_to_it), f"sign-ups-{gathering_id}", kind)
