"""What needs doing today, for organisers; and the outbox."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import Role, desk_door
from pbvote.db import db
from pbvote.doctor.timers import last_runs
from pbvote.grants.reminding.running import REMINDERS
from pbvote.home.forms import LETTER_STATES, FindLetterForm
from pbvote.home.navigation import is_demonstration
from pbvote.home.todo import organisers_tasks
from pbvote.mail.models import Letter, LetterState
from pbvote.mail.service import find_letters

door = desk_door("home", __name__, url_prefix="/desk")


@door.get("/")
def today() -> ResponseReturnValue:
    """What needs doing, in order."""
    return render_template("home/today.html", tasks=organisers_tasks(current_user.id))


@door.get("/outbox")
def outbox() -> ResponseReturnValue:
    """What was written to whom and whether it went, a page at a time; not what it says."""
    form = FindLetterForm(request.args)
    state, page = request.args.get("state", type=LetterState), request.args.get("page", 1, type=int)
    found = find_letters((form.words.data or "").strip(), state, page)
    return render_template(
        "home/outbox.html", found=found, form=form, states=LETTER_STATES, reminders_ran_at=last_runs().get(REMINDERS)
    )


@door.get("/outbox/<int:letter_id>")
def letter(letter_id: int) -> ResponseReturnValue:
    """What one letter says. Only in the demonstration: anywhere else, letters hold links that sign other people in."""
    found = db.session.get(Letter, letter_id)
    if found is None or not is_demonstration():
        abort(404)
    if Role.ORGANISER not in current_user.roles:
        abort(403)  # an auditor reads everything but other people's ways in, and is shown no link to this
    return render_template("home/letter.html", letter=found)
