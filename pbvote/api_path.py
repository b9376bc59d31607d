"""What the app does differently where programs read: no session, problems instead of pages, and for any other site.

Whatever answers under `/api`, an error too, answers like this. The views are `pbvote.public_account.api.public`.
"""

from http import HTTPStatus
from typing import Final

from flask import Flask, Request, Response, current_app, request

PREFIX: Final = "/api"
PROBLEM: Final = "application/problem+json"
"""RFC 9457."""
_DETAILS: Final = {
    400: "We could not read what you asked for.",
    404: "There is nothing at this address, or it is not public.",
    405: "Programs read here, with GET and HEAD. Nothing can be sent.",
    500: "Something went wrong here. Ask again in a minute.",
    503: "We can’t answer just now. Wait a few seconds, then ask again.",
}
_FOR_ANY_SITE: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Expose-Headers": "ETag",
    "Access-Control-Max-Age": "86400",
}
"""Without credentials: what is read here is the same for everybody."""


def is_api(request: Request) -> bool:
    """Whether this request is a program's, also where no view answers it."""
    return (request.path + "/").startswith(f"{PREFIX}/")


def problem(status: int, sentence: str | None = None) -> str:
    """What went wrong, for a program: this status's own words, or the given sentence, as RFC 9457 has it."""
    said = {
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence or _DETAILS.get(status, _DETAILS[400]),
    }
    return current_app.json.dumps(said)


def init_api_path(app: Flask) -> None:
    """Let the pages of any other site read it, and name what went wrong for what it is."""

    @app.after_request
    def open_to_any_site(response: Response) -> Response:
        if is_api(request):
            response.headers.update(_FOR_ANY_SITE)
            if request.method == "OPTIONS" and response.status_code == 200:
                response.status_code = 204
                del response.headers["Content-Type"]
            if response.status_code >= 400:
                response.content_type = PROBLEM
        return response
