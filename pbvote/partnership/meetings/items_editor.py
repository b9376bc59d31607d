"""The items of a meeting's agenda, as its editors write them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.db import begin_write, db
from pbvote.localities.models import Locality
from pbvote.partnership.meetings import items
from pbvote.partnership.meetings.by_address import edited_item, edited_meeting
from pbvote.partnership.meetings.forms import ItemForm
from pbvote.partnership.meetings.models import Meeting, MeetingItem
from pbvote.partnership.seen import SavedMeanwhile, differences

door = editor_door("items", __name__, url_prefix="/my/partnership/<slug:slug>/meetings/<int:meeting_id>/items")


def _page(
    locality: Locality, meeting: Meeting, form: ItemForm, item: MeetingItem | None = None, changes: object = ()
) -> str:
    shown = {"locality": locality, "meeting": meeting, "form": form, "item": item, "changes": changes}
    return render_template("partnership/meetings/item.html", **shown)


def _back(slug: str, meeting: Meeting, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("meetings_editor.one", slug=slug, meeting_id=meeting.id))


@door.get("/new")
def new(slug: str, meeting_id: int) -> ResponseReturnValue:
    """The form for a new item."""
    return _page(*edited_meeting(slug, meeting_id), ItemForm(formdata=None))


@door.post("/new")
def add(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Put an item on the agenda."""
    begin_write()
    locality, meeting = edited_meeting(slug, meeting_id)
    form = ItemForm()
    if not form.validate():
        return _page(locality, meeting, form), 422
    item = items.add_item(meeting, form.said(), current_user)
    db.session.commit()
    return _back(slug, meeting, f"“{item.title}” is on the agenda.")


@door.get("/<int:item_id>")
def one(slug: str, meeting_id: int, item_id: int) -> ResponseReturnValue:
    """One item, to change."""
    locality, meeting, item = edited_item(slug, meeting_id, item_id)
    return _page(locality, meeting, _now(item), item)


def _now(item: MeetingItem) -> ItemForm:
    return ItemForm(formdata=None, data=ItemForm.data_of(item))


@door.post("/<int:item_id>")
def change(slug: str, meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Say something else of an item."""
    begin_write()
    locality, meeting, item = edited_item(slug, meeting_id, item_id)
    form = ItemForm()
    if not form.validate():
        return _page(locality, meeting, form, item), 422
    try:
        items.change_item(meeting, item, form.said(), form.version_seen, current_user)
    except SavedMeanwhile as refusal:
        form.refuse(str(refusal))
        changes = differences(form, _now(item))
        form.show_again(item)
        return _page(locality, meeting, form, item, changes), refusal.status
    db.session.commit()
    return _back(slug, meeting, "Saved.")


@door.post("/<int:item_id>/<any(up, down):way>")
def move(slug: str, meeting_id: int, item_id: int, way: str) -> ResponseReturnValue:
    """One place up or down."""
    begin_write()
    _, meeting, item = edited_item(slug, meeting_id, item_id)
    items.move_item(meeting, item, way)
    db.session.commit()
    return redirect(url_for("meetings_editor.one", slug=slug, meeting_id=meeting_id, _anchor="agenda"))


@door.post("/<int:item_id>/remove")
def remove(slug: str, meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Take an item out."""
    begin_write()
    _, meeting, item = edited_item(slug, meeting_id, item_id)
    title = item.title
    items.remove_item(meeting, item)
    db.session.commit()
    return _back(slug, meeting, f"“{title}” is off the agenda.")
