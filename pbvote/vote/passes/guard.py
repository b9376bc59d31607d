"""The doors of the hall: for people with an account, and for phones and screens that were let in.

The first helper of an event needs no account: a printed pass, a first name, and an organiser who presses a button.
"""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import Forbidden

from pbvote.access import READING, Role
from pbvote.errors import Refusal
from pbvote.own_scripts import refuse_strangers
from pbvote.people.models import Account
from pbvote.vote.events.by_address import own_event_at
from pbvote.vote.events.models import Event
from pbvote.vote.passes.asking import device_with
from pbvote.vote.passes.cookies import token_shown
from pbvote.vote.passes.hands import Hand, hand
from pbvote.vote.passes.models import DeviceKind, HallDevice
from pbvote.vote.passes.uploads import takes_uploads

ONCE_MORE = "once-more"
"""In the address of a page that was asked for a second time, from here."""


class AnothersDoor(Refusal):
    """The door of a locality in which this steward does not work."""

    status = 403

    def __init__(self, event: Event) -> None:
        locality = event.share.locality.name
        super().__init__(
            f"This is the door of {event.name}, in {locality}, and you are a steward elsewhere. If you hold one of its "
            f"envelopes or slips, take it to the table of {locality}. Your own door is under My events."
        )


class NotLetIn(Refusal):
    """A device that waits, or whose access has ended, and asks for more than a page."""

    status = 403

    def __init__(self, device: HallDevice) -> None:
        super().__init__(said_of(device))


def said_of(device: HallDevice) -> str:
    """Why a device is not in, in a sentence or two."""
    if device.is_waiting:
        return f"Ask an organiser to let in {device.called}. This page then opens by itself."
    if device.has_asked_too_long:
        return f"Nobody let in {device.called} within 15 minutes."
    if device.ended_at is None:
        return f"The event is over, and the access of {device.called} ended at midnight."
    if device.allowed_at is None:
        return f"An organiser did not let in {device.called}."
    return f"An organiser has ended the access of {device.called}."


def hall_door(room: str, import_name: str, url_prefix: str, kind: DeviceKind) -> Blueprint:
    """A door for organisers, for auditors who read, for the event's devices of this kind, and, where it is the
    stewards', for stewards of the locality. Its addresses hold the event's ``<slug:slug>``, which the door takes out:
    views are not given it, and ask `hand()` which event it is and who is there.
    """
    door = Blueprint(f"{room}_{kind.value}", import_name, url_prefix=url_prefix)

    @door.url_value_preprocessor
    def take_slug(_: str | None, values: dict[str, str] | None) -> None:
        g.hall = (values or {}).pop("slug", "")

    @door.before_request
    def guard() -> ResponseReturnValue | None:
        is_upload = takes_uploads()
        if is_upload:
            refuse_strangers()
        token, slug = token_shown(), g.hall
        if not (token or current_user.is_authenticated):
            return _once_more() or _send_away(kind, slug)
        event = own_event_at(slug)
        device = device_with(event, kind, token) if token else None
        account = _account_here(event, kind)
        is_in = device is not None and (device.may_upload if is_upload else device.is_allowed)
        if account is None and not is_in:
            return _keep_out(event, kind, device) if token else _once_more() or _refuse_account(event, kind)
        g.hand = Hand(
            event=event,
            name=account.name if account else device.called if device else "",
            may_write=is_in or (account is not None and _works_here(account, event, kind)),
            account=account,
            device=device if is_in else None,
        )
        return None

    return door


def _account_here(event: Event, kind: DeviceKind) -> Account | None:
    """The account that is signed in, if it may do here what it asks for."""
    if not current_user.is_authenticated:
        return None
    reads = Role.AUDITOR in current_user.roles and request.method in READING
    account: Account = current_user
    return account if reads or _works_here(account, event, kind) else None


def _works_here(account: Account, event: Event, kind: DeviceKind) -> bool:
    is_steward = event.share.locality_id in account.localities(Role.STEWARD)
    return Role.ORGANISER in account.roles or (kind is DeviceKind.STEWARD and is_steward)


def _once_more() -> str | None:
    """A page that asks for itself once more, where the browser may hold back a strict cookie; else None.

    It does so where another site or program led here, as a phone's camera does from the code on an envelope. What the
    page itself asks for brings the cookie.
    """
    is_led_here = request.method == "GET" and request.headers.get("Sec-Fetch-Site") == "cross-site"
    if not is_led_here or ONCE_MORE in request.args:
        return None
    return render_template("vote/passes/once_more.html", address=f"{request.path}?{ONCE_MORE}=1")


def _send_away(kind: DeviceKind, slug: str) -> ResponseReturnValue:
    """The answer to whoever shows nothing: the sign-in, or for a screen the page where it asks to come in."""
    is_page = request.method == "GET"
    if kind is DeviceKind.SCREEN:
        return redirect(url_for("passes.screen", slug=slug))
    return redirect(url_for("people.sign_in", next=request.path if is_page else None))


def _keep_out(event: Event, kind: DeviceKind, device: HallDevice | None) -> ResponseReturnValue:
    """The answer to a device that waits or is out, and to an account without the role."""
    if device is None:
        return _refuse_account(event, kind)
    wanted = request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html")
    if request.method not in READING or wanted != "text/html":
        raise NotLetIn(device)
    page = render_template("vote/passes/outside.html", event=event, device=device, sentence=said_of(device))
    return page, 200 if device.is_waiting else NotLetIn.status


def _refuse_account(event: Event, kind: DeviceKind) -> ResponseReturnValue:
    if not current_user.is_authenticated:
        return _send_away(kind, event.slug)
    if kind is DeviceKind.STEWARD and Role.STEWARD in current_user.roles:
        raise AnothersDoor(event)
    raise Forbidden


def require_in() -> None:
    """Raise `NotLetIn` for a device that may only hand over what it noted before midnight."""
    if not hand().is_in and (device := hand().device) is not None:
        raise NotLetIn(device)
