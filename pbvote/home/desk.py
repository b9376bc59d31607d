"""What needs doing today, for organisers; and the demonstration's outbox."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import Role, desk_door
from pbvote.home.navigation import is_demonstration
from pbvote.home.todo import organisers_tasks
from pbvote.mail.service import letters

door = desk_door("home", __name__, url_prefix="/desk")


@door.get("/")
def today() -> ResponseReturnValue:
    """What needs doing, in order."""
    return render_template("home/today.html", tasks=organisers_tasks())


@door.get("/outbox")
def outbox() -> ResponseReturnValue:
    """Every letter. Only in the demonstration: anywhere else, letters hold links that sign other people in."""
    if not is_demonstration():
        abort(404)
    if Role.ORGANISER not in current_user.roles:
        abort(403)  # an auditor reads everything but other people's ways in
    return render_template("home/outbox.html", letters=letters())
