"""For everybody with an account."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import Role, signed_in_door
from pbvote.addresses import voters_page
from pbvote.vote.events.service import events_in
from pbvote.vote.poll.turnout import turnout_of

door = signed_in_door("home", __name__, url_prefix="/my")


_FIRST_PAGES = (
    (Role.ORGANISER, "home_desk.today"),
    (Role.AUDITOR, "home_desk.today"),
    (Role.LP_MEMBER, "visits_member.groups"),
    (Role.STEWARD, "home_account.events"),
    (Role.GROUP_CONTACT, "bids_group.bids"),
)


@door.get("/")
def start() -> ResponseReturnValue:
    """Where this account's work begins."""
    pages = (endpoint for role, endpoint in _FIRST_PAGES if role in current_user.roles)
    return redirect(url_for(next(pages, "home.front")))


@door.get("/events")
def events() -> ResponseReturnValue:
    """The events of the localities in which this account is a steward: where and when, and the turnout."""
    mine = events_in(current_user.localities(Role.STEWARD))
    return render_template("home/my_events.html", events=mine, turnout_of=turnout_of, voters_page=voters_page)
