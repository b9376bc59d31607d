"""A meeting written up item by item, ended, its minutes shown to members and agreed, and the next one planned.

Its pages are for organisers and editors, but for the minutes in draft: every member of the partnership reads those.
"""

from collections.abc import Callable

from flask import abort, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.core.reading import sent_number
from pbvote.db import begin_write, db
from pbvote.localities.models import Locality
from pbvote.localities.service import priorities_of
from pbvote.partnership.meetings import holding, reading
from pbvote.partnership.meetings.actions import service as actions
from pbvote.partnership.meetings.by_address import edited_item, edited_meeting
from pbvote.partnership.meetings.forms import MeetingForm
from pbvote.partnership.meetings.holding_forms import HoldForm
from pbvote.partnership.meetings.models import Meeting, MeetingItem, MeetingState
from pbvote.partnership.members.by_address import own_partnership
from pbvote.partnership.members.service import present_members
from pbvote.partnership.seen import SavedMeanwhile, SeenForm
from pbvote.people.models import Account

door = editor_door("holding", __name__, url_prefix="/my/partnership/<slug:slug>/meetings/<int:meeting_id>")
SHOWN = frozenset({MeetingState.MINUTES, MeetingState.AGREED})


def _hold_page(locality: Locality, meeting: Meeting, item: MeetingItem, form: HoldForm) -> str:
    of_item = [each for each in actions.actions_of(meeting) if each.item_id == item.id]
    place = meeting.items.index(item)
    after = meeting.items[place + 1] if place + 1 < len(meeting.items) else None
    shown = {"locality": locality, "meeting": meeting, "item": item, "form": form, "actions": of_item}
    return render_template("partnership/meetings/hold.html", after=after, place=place + 1, **shown)


@door.get("/hold/<int:item_id>")
def hold(slug: str, meeting_id: int, item_id: int) -> ResponseReturnValue:
    """What was decided about one item, and who does what by when."""
    locality, meeting, item = edited_item(slug, meeting_id, item_id)
    holding.require_minutes_open(meeting)
    form = HoldForm(formdata=None, data={"version": str(item.version), "decided": item.decided})
    return _hold_page(locality, meeting, item, form.offer(present_members(locality), priorities_of(locality)))


@door.post("/hold/<int:item_id>")
def write_up(slug: str, meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Keep it, and go on to the next item; where an action was typed, stay for another."""
    begin_write()
    locality, meeting, item = edited_item(slug, meeting_id, item_id)
    members = present_members(locality)
    form = HoldForm().offer(members, priorities_of(locality, hold=True))
    holding.require_minutes_open(meeting)
    if not form.validate():
        return _hold_page(locality, meeting, item, form), 422
    after = meeting.items[meeting.items.index(item) + 1 :]
    try:
        holding.write_up(meeting, item, form.decided.data.strip(), sent_number(form.version.data), current_user)
    except SavedMeanwhile as refusal:
        form.refuse(str(refusal))
        form.version.data = str(item.version)
        return _hold_page(*edited_item(slug, meeting_id, item_id), form), refusal.status
    if said := form.said(members):
        actions.add_action(locality, said, current_user, meeting, item)
    db.session.commit()
    if said:
        flash("The action is saved. Here is room for another.", "success")
        return redirect(url_for("holding_editor.hold", slug=slug, meeting_id=meeting_id, item_id=item_id))
    if after:
        return redirect(url_for("holding_editor.hold", slug=slug, meeting_id=meeting_id, item_id=after[0].id))
    flash("That was the last item.", "success")
    return redirect(url_for("meetings_editor.one", slug=slug, meeting_id=meeting_id))


@door.post("/hold/<int:item_id>/keep")
def keep(slug: str, meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Keep what is typed so far, for the page's script; the answer is the version that it is now."""
    begin_write()
    _, meeting, item = edited_item(slug, meeting_id, item_id)
    form = HoldForm().offer([], [])
    if form.decided.errors or form.decided.data is None:
        return jsonify(kept=False), 422
    holding.write_up(meeting, item, form.decided.data.strip(), sent_number(form.version.data), current_user)
    version = item.version
    db.session.commit()
    return jsonify(version=version)


def _press(slug: str, meeting_id: int, verb: Callable[[Meeting, int, Account], None], said: str) -> ResponseReturnValue:
    _, meeting = edited_meeting(slug, meeting_id)
    verb(meeting, SeenForm().version_seen, current_user)
    flash(said, "success")
    return redirect(url_for("meetings_editor.one", slug=slug, meeting_id=meeting_id))


@door.post("/end")
def end(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Say that it is over."""
    begin_write()
    answer = _press(slug, meeting_id, holding.end_meeting, "The meeting has ended. Its minutes wait for you.")
    db.session.commit()
    return answer


@door.post("/show-minutes")
def show(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Let members read the minutes in draft."""
    begin_write()
    answer = _press(slug, meeting_id, holding.show_minutes, "Every member of the partnership can read the minutes now.")
    db.session.commit()
    return answer


@door.post("/agree-minutes")
def agree(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Let everybody read the minutes."""
    begin_write()
    answer = _press(slug, meeting_id, holding.agree_minutes, "The minutes are agreed. Everybody can read them.")
    db.session.commit()
    return answer


@door.get("/minutes")
def minutes(slug: str, meeting_id: int) -> ResponseReturnValue:
    """The minutes, for the partnership's members: in draft, or agreed."""
    locality = own_partnership(slug)
    meeting = reading.public_meeting_of(locality, meeting_id)
    if meeting is None or meeting.state not in SHOWN:
        abort(404)
    shown = {"locality": locality, "meeting": meeting, "actions": actions.actions_of(meeting)}
    return render_template("partnership/meetings/minutes.html", **shown)


def _again_page(locality: Locality, meeting: Meeting, form: MeetingForm) -> str:
    return render_template("partnership/meetings/again.html", locality=locality, meeting=meeting, form=form)


@door.get("/again")
def again(slug: str, meeting_id: int) -> ResponseReturnValue:
    """The next meeting like this one: a month later, on the same weekday."""
    locality, meeting = edited_meeting(slug, meeting_id)
    data = MeetingForm.data_of(meeting) | {"held_on": holding.next_day_of(meeting)}
    return _again_page(locality, meeting, MeetingForm(formdata=None, data=data))


@door.post("/again")
def plan_again(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Draft it."""
    begin_write()
    locality, meeting = edited_meeting(slug, meeting_id)
    form = MeetingForm()
    if not form.validate():
        return _again_page(locality, meeting, form), 422
    made = holding.meet_again(locality, meeting, form.said(), current_user)
    db.session.commit()
    flash("Saved as a draft, with the items of this meeting and the questions that have no answer.", "success")
    return redirect(url_for("meetings_editor.one", slug=slug, meeting_id=made.id))
