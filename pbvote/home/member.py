"""What waits for a member of the partnership. For LP members."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import member_door
from pbvote.home.members_todo import members_tasks

door = member_door("home", __name__, url_prefix="/my/today")


@door.get("")
def today() -> ResponseReturnValue:
    """What needs doing, in order."""
    return render_template("home/members_today.html", tasks=members_tasks(current_user))
