"""The doors: who may come in where. A blueprint is made by one of these functions, so the file name is the permission.

A view behind a door needs no check of its own, except which rows are this person's: that is its query's business.
"""

import enum

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user


class Role(enum.StrEnum):
    """What an account may do. Page 1 of the organiser's guide says who is who."""

    ORGANISER = "organiser"
    STEWARD = "steward"
    LP_MEMBER = "lp_member"
    GROUP_CONTACT = "group_contact"
    AUDITOR = "auditor"


ROLE_NAMES = {
    Role.ORGANISER: "Organiser",
    Role.STEWARD: "Steward",
    Role.LP_MEMBER: "LP member",
    Role.GROUP_CONTACT: "Group contact",
    Role.AUDITOR: "Auditor",
}

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def public_door(room: str, import_name: str, url_prefix: str = "") -> Blueprint:
    """A door for anyone."""
    return Blueprint(room, import_name, url_prefix=url_prefix or None)


def desk_door(room: str, import_name: str, url_prefix: str) -> Blueprint:
    """A door for organisers. Auditors may read every page behind it and change nothing."""
    return _door(f"{room}_desk", import_name, url_prefix, Role.ORGANISER, reads=(Role.AUDITOR,))


def organiser_door(room: str, import_name: str, url_prefix: str) -> Blueprint:
    """A door for organisers alone: what lies behind it, auditors do not read either."""
    return _door(f"{room}_organiser", import_name, url_prefix, Role.ORGANISER)


def member_door(room: str, import_name: str, url_prefix: str) -> Blueprint:
    """A door for LP members."""
    return _door(f"{room}_member", import_name, url_prefix, Role.LP_MEMBER)


def editor_door(room: str, import_name: str, url_prefix: str) -> Blueprint:
    """A door for whoever keeps a partnership's page: organisers, and LP members. Auditors may read.

    Which partnership is whose, and who of its members is an editor, is the query's business.
    """
    roles = (Role.ORGANISER, Role.LP_MEMBER)
    return _door(f"{room}_editor", import_name, url_prefix, *roles, reads=(Role.AUDITOR,))


def group_door(room: str, import_name: str, url_prefix: str) -> Blueprint:
    """A door for the contacts of groups."""
    return _door(f"{room}_group", import_name, url_prefix, Role.GROUP_CONTACT)


def signed_in_door(room: str, import_name: str, url_prefix: str) -> Blueprint:
    """A door for everybody with an account."""
    return _door(f"{room}_account", import_name, url_prefix, *Role)


def _door(name: str, import_name: str, url_prefix: str, *roles: Role, reads: tuple[Role, ...] = ()) -> Blueprint:
    door = Blueprint(name, import_name, url_prefix=url_prefix)

    @door.before_request
    def guard() -> ResponseReturnValue | None:
        if not current_user.is_authenticated:
            if request.method not in READING:
                abort(401)  # whatever was typed is shown on the page that says so
            came_for = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("people.sign_in", next=came_for))
        held = current_user.roles
        if not (held.intersection(roles) or (request.method in READING and held.intersection(reads))):
            abort(403)
        return None

    return door
