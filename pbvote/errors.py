"""Refusals, and the one place where anything that went wrong becomes a page with a sentence for the person."""

import re
import sqlite3
from contextlib import suppress

import sqlalchemy as sa
from flask import Flask, Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, Unauthorized

from pbvote.api_path import is_api, problem
from pbvote.bodies import body_limit
from pbvote.core.keys import KeyMissing
from pbvote.core.saying import N_
from pbvote.core.turns import Crowded
from pbvote.db import Busy, db
from pbvote.storage import NoRoom
from pbvote.voters_path import voter

RETRY_SECONDS = 5
SHORTEST_TEXT = 12
"""Characters: what is shorter is typed again sooner than it is copied."""
_BY_THE_PAGE = re.compile(r"[\w.,:;+/=-]+", re.ASCII)
"""What a page sends by itself, like the digest of what was shown: one word of letters and digits."""
_SECRET = re.compile(r"token|^pass|password|^code$|digits|definition|^next$")
_CROWDED = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "DeadlockDetected",
    "LockNotAvailable",
    "QueryCanceled",
    "SerializationFailure",
    "TooManyConnections",
)

_SENTENCES = {
    400: ("Sorry, we could not read that", "Go back and try once more."),
    403: ("You can’t open this page", "Your account does not have the role for it. Ask an organiser if it should."),
    404: (N_("Page not found"), N_("Check the address, or go to the front page.")),
    405: ("Start from the page before", "This address only takes a form that was sent to it."),
    408: ("That took too long to arrive", "Nothing was stored. Try again where the network is better."),
    409: ("This can’t be done now", "Go back, look at the page again, and decide."),
    411: ("Sorry, we could not read that", "It was sent without saying how long it is."),
    413: ("That is too large", "Send a smaller file, or shorter texts."),
    422: ("Something in the form needs changing", "Go back and look at what the page says."),
    429: ("Too many tries", "Wait a minute, then try again."),
    500: (N_("Sorry, something went wrong here"), N_("Nothing was stored. Try again in a minute.")),
    503: (N_("We are very busy"), N_("Nothing was stored. Wait a few seconds and send the same again.")),
}
OUT_OF_ORDER = "out-of-order"
"""The reason of a 503 that is no crowd: a full disk, a lost database, a missing key."""
_OUT_OF_DATE = "out-of-date"
SIGNED_OUT = "signed-out"
"""The reason of a 403 whose form came from a browser that was signed in when its page was opened."""
_HEADED = {
    OUT_OF_ORDER: (
        N_("We can’t read or store anything just now"),
        N_("If you have just sent something, look first whether it was kept."),
    ),
    # To go back and send it again would send the same token.
    _OUT_OF_DATE: (
        "This page was open for too long",
        "Nothing was stored. Open the page again, and fill it in once more. You may have to sign in first.",
    ),
    SIGNED_OUT: ("You are signed out", "Nothing was stored. Sign in, open the page again, and send it once more."),
}
"""Heading and sentence of a reason that needs others than its status has."""


class Refusal(Exception):
    """A rule says no. The message is the sentence that the person reads.

    `reason` is a word for templates that offer different ways on; most need none.
    """

    status = 409
    reason = ""


def error_page(status: int, sentence: str | None = None, reason: str = "") -> tuple[str, int]:
    """The page for an error status, with this status's own words or the given sentence.

    The voter's path has a page of its own, and a program gets a problem of RFC 9457. Where the database goes away while
    the page is drawn, that is what the page says.
    """
    try:
        return _drawn(status, sentence, reason)
    except sa.exc.DBAPIError as error:
        return _database_down(error)


def _database_down(error: sa.exc.DBAPIError) -> tuple[str, int]:
    """The page for a busy, full, lost or empty database, which asks the database nothing more.

    The failure's own message may hold a path; its name is enough for the log.
    """
    name = _name_of(error)
    current_app.logger.error("503: the database failed: %s", name)
    with suppress(sa.exc.DBAPIError):  # where it is gone, so is the transaction
        db.session.rollback()
    g.database_is_down = True
    return _drawn(503, reason="" if name.startswith(_CROWDED) else OUT_OF_ORDER)


def _can_be_read_again(error: sa.exc.DBAPIError) -> bool:
    """Whether a page that only reads met a connection that had ended, as all of a pool have when PostgreSQL restarts.

    The pool has thrown them all away by now, so the second try meets a fresh one. There is no third: whatever ends that
    one too is no restart. What writes is never sent again: nobody knows what became of it.
    """
    return error.connection_invalidated and request.method in {"GET", "HEAD"} and not g.get("is_read_again")


def _read_again() -> ResponseReturnValue:
    """Ask the page's view once more, and answer whatever comes of it."""
    g.is_read_again = True
    with suppress(sa.exc.DBAPIError):
        db.session.rollback()
    try:
        return current_app.dispatch_request()
    except Exception as failure:  # each has a handler of its own, or is none's business here
        return current_app.handle_user_exception(failure)


def _name_of(error: sa.exc.DBAPIError) -> str:
    """What the driver calls this failure: ``SQLITE_FULL``, ``AdminShutdown``."""
    original = error.orig
    return original.sqlite_errorname if isinstance(original, sqlite3.Error) else type(original).__name__


def _rule_of(error: sa.exc.IntegrityError) -> str:
    """The constraint that said no: ``uq_draft_bid_id``. SQLite's message names its columns, and no values."""
    original = error.orig
    if isinstance(original, sqlite3.Error):
        return str(original)
    return getattr(getattr(original, "diag", None), "constraint_name", None) or type(original).__name__


def _drawn(status: int, sentence: str | None = None, reason: str = "") -> tuple[str, int]:
    if is_api(request):
        return problem(status, sentence), status
    heading, usual = _HEADED.get(reason) or _SENTENCES.get(status, _SENTENCES[500])
    template = "vote/casting/error.html" if voter() else "error.html"
    said = {"status": status, "heading": gettext(heading), "sentence": sentence or gettext(usual), "reason": reason}
    # The browser tells only pages of this host where the person came from. A refused page never leads to itself.
    referrer = request.referrer or ""
    is_itself = request.method == "GET" and referrer == request.url
    said["came_from"] = referrer if referrer.startswith(request.host_url) and not is_itself else ""
    said["typed"] = [] if voter() else _typed_texts()
    # Where nothing is written of a request but that something failed, it has none.
    said["reference"] = g.get("reference", "")
    return render_template(template, **said), status


def _typed_texts() -> list[str]:
    """What somebody typed into the form that was refused, to copy: it stands nowhere else. No secret is shown again."""
    with suppress(HTTPException):  # a form that was too large was never read
        texts = [(name, text.strip()) for name, text in request.form.items() if not _SECRET.search(name)]
        return [text for _, text in texts if len(text) >= SHORTEST_TEXT and not _BY_THE_PAGE.fullmatch(text)]
    return []


def init_errors(app: Flask) -> None:
    """Answer every failure with a page: refusals, HTTP errors, a busy database, and what nobody foresaw."""

    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> tuple[str, int]:
        return error_page(refusal.status, str(refusal), refusal.reason)

    @app.errorhandler(Unauthorized)
    def signed_out(_: Unauthorized) -> ResponseReturnValue:
        # Not with 401, which asks the browser for a password of its own.
        return error_page(403, reason=SIGNED_OUT) if _typed_texts() else redirect(url_for("people.sign_in"))

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> tuple[str, int, list[tuple[str, str]]]:
        status = error.code or 500
        if status >= 500 and getattr(error, "original_exception", None) is None:
            current_app.logger.error("%d: refused", status)
        return *error_page(status if status in _SENTENCES else 400, *_said_of(error)), _kept_headers(error)

    @app.errorhandler(Busy)
    @app.errorhandler(Crowded)
    @app.errorhandler(sa.exc.TimeoutError)  # no connection to the database came free
    def busy(error: Exception) -> tuple[str, int]:
        current_app.logger.warning("503: %s", type(error).__name__)
        return error_page(503)

    @app.errorhandler(KeyMissing)
    @app.errorhandler(NoRoom)
    def out_of_order(error: Exception) -> tuple[str, int]:
        current_app.logger.error("503: %s", type(error).__name__)
        return error_page(503, reason=OUT_OF_ORDER)

    _init_database_errors(app)
    app.after_request(_say_when_to_come_again)


def _init_database_errors(app: Flask) -> None:
    """What the database itself refuses, and what it can't do."""

    @app.errorhandler(sa.exc.IntegrityError)
    def meanwhile(error: sa.exc.IntegrityError) -> tuple[str, int]:
        # Two did the same at once, and the database let one of them. Its message holds values, so it is not logged.
        db.session.rollback()
        current_app.logger.error("409: %s", _rule_of(error))
        return error_page(503 if voter() else 409)

    @app.errorhandler(sa.exc.DataError)
    def no_text(_: sa.exc.DataError) -> tuple[str, int]:
        # PostgreSQL takes no NUL in a text, and nobody types one.
        db.session.rollback()
        return error_page(400)

    @app.errorhandler(sa.exc.OperationalError)
    @app.errorhandler(sa.exc.ProgrammingError)
    @app.errorhandler(sa.exc.InternalError)  # what leads no more only reads
    def database_down(error: sa.exc.DBAPIError) -> ResponseReturnValue:
        return _read_again() if _can_be_read_again(error) else _database_down(error)


def _say_when_to_come_again(response: Response) -> Response:
    if response.status_code == 503:
        response.headers.setdefault("Retry-After", str(RETRY_SECONDS))
    return response


def _said_of(error: HTTPException) -> tuple[str | None, str]:
    """What this address has to say of its own, or None for the usual words; and the reason, where others are needed."""
    too_large = body_limit(request.path).too_large if error.code == 413 else None
    return too_large, _OUT_OF_DATE if isinstance(error, CSRFError) else ""


def _kept_headers(error: HTTPException) -> list[tuple[str, str]]:
    """The headers that belong to an HTTP error (`Allow`, `Retry-After`), without its body's."""
    return [(name, value) for name, value in error.get_headers() if name not in {"Content-Type", "Content-Length"}]
