"""What the app does differently on the voter's path: no session, no address given away, and a context of its own.

Whatever answers under `/v`, an error page too, answers like this. The views are `pbvote.vote.casting.public`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SecureCookieSession

from pbvote.api_path import is_api
from pbvote.config import LANGUAGES
from pbvote.core.shared_count import SharedCount
from pbvote.sessions import ShortOrLongSessions

PREFIX = "/v"
DEFAULT_LANGUAGE = "en"
UNNOTED = ("v", "photos", "door", "screen", "compere", "events")
"""The first parts of the addresses of which nobody notes who asked when, neither here nor in front: where people vote,
come in and leave their names, what a ballot shows, and what follows the event from second to second."""
OF_OURS = "pbvote.of_ours"
"""In the environment of a request that the server sends itself: no header can set it, so no phone can."""
_SLUG = re.compile("[a-z0-9-]{1,80}")


@dataclass(frozen=True, slots=True)
class VoterContext:
    """What a voter's page knows of whoever reads it: `g.voter`, which templates read and `note` replaces."""

    event: str = ""
    """The slug of the event where the visit began. For reading only: the slip decides whose paper it opens."""
    event_name: str = ""
    """The name of that event, or of the slip's once a slip was shown; "" where neither is known."""
    kiosk: str = ""
    """The slug of the event whose shared tablet this is; "" on a phone."""
    is_rehearsal: bool = False
    """Whether the slip that was shown is for trying things out."""
    language: str = DEFAULT_LANGUAGE
    over: Sequence[Any] = ()
    """Events whose voting is over, each with `slug` and `name`, where the code that was typed may be of one of them."""
    looks_ahead: bool = False
    """Whether the desk looks at an example of the page: photos may not be public yet."""


def is_voters(request: Request) -> bool:
    """Whether this request is on the voter's path, also where no view of it answers."""
    return (request.path + "/").startswith(f"{PREFIX}/")


def is_unnoted(request: Request) -> bool:
    """Whether nobody notes when this request came."""
    return request.path.split("/")[1] in UNNOTED


def voter() -> VoterContext | None:
    """The voter's context; None on every other page."""
    context: VoterContext | None = g.get("voter")
    return context


def note(
    *,
    event: str | None = None,
    event_name: str | None = None,
    kiosk: str | None = None,
    is_rehearsal: bool | None = None,
    over: Sequence[Any] | None = None,
) -> None:
    """Replace what is given of this request's context."""
    given = {
        "event": event,
        "event_name": event_name,
        "kiosk": kiosk,
        "is_rehearsal": is_rehearsal,
        "over": over,
    }
    g.voter = replace(g.voter, **{name: value for name, value in given.items() if value is not None})


def _slug_in(sent: str) -> str:
    """An event's slug out of the form; "" for anything that is none."""
    return sent if _SLUG.fullmatch(sent) else ""


def _prepare() -> None:
    if is_voters(request):
        # First of all, since a form that is too large can't be read, and its error's page asks for the context as well.
        g.voter = VoterContext()
        # A page sends its own language along; whoever changes it presses a button of another name.
        form = request.form
        chosen = form.get("other_lang") or form.get("lang", "")
        g.voter = VoterContext(
            event=_slug_in(form.get("event", "")),
            kiosk=_slug_in(form.get("kiosk", "")),
            language=chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE,
        )


def _leave_no_trace(response: Response) -> Response:
    """No address of this path goes to any other host."""
    if is_voters(request):
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _count_sent(response: Response) -> Response:
    """Count what phones send: a code, or a vote. Which event it was for is all that is known of it."""
    if request.method == "POST" and is_voters(request) and OF_OURS not in request.environ:
        _sent_count().add(g.voter.kiosk or g.voter.event)
    return response


def sent_lately(event_slug: str) -> int:
    """How many codes and votes phones sent for an event in the last minute, to this host."""
    return _sent_count().last_minute(event_slug)


def _sent_count() -> SharedCount:
    counted: SharedCount = current_app.extensions["pbvote-sent"]
    return counted


class _NoSessionForVoters(ShortOrLongSessions):
    """Sessions, and none at all on the voter's path and where programs read: nothing there can set or read a cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if is_voters(request) or is_api(request):
            return self.make_null_session(app)
        return super().open_session(app, request)


def init_voters_path(app: Flask) -> None:
    """Give the path its context, no session, no referrer, and the count of what is sent."""
    app.extensions["pbvote-sent"] = SharedCount()
    app.session_interface = _NoSessionForVoters()
    app.before_request(_prepare)
    app.after_request(_leave_no_trace)
    app.after_request(_count_sent)
