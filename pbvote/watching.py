"""Pages that keep themselves up to date: asked again and again, and answered in a line while nothing has changed."""

import datetime as dt
from hashlib import sha256
from typing import Any

from flask import Response, g, jsonify, make_response, request

from pbvote.core.clock import now
from pbvote.core.hashes import digest


def watched(page: str) -> Response:
    """The page, or 304 for whoever has it as it is now. Its mark leaves out what is new in every answer."""
    response = make_response(page)
    for secret in (g.get("csp_nonce"), g.get("csrf_token")):
        page = page.replace(secret, "") if secret else page
    response.set_etag(sha256(page.encode()).hexdigest(), weak=True)
    response.make_conditional(request)
    return response


def light_answer(told: dict[str, Any]) -> Response:
    """JSON for a script that asks every few seconds, with the server's clock (`at`); 304 while `told` is as it was."""
    response = jsonify(told | {"at": milliseconds(now())})
    response.set_etag(digest(told)[:16])
    response.make_conditional(request)
    return response


def milliseconds(moment: dt.datetime) -> int:
    """A moment as scripts read it: since 1970."""
    return int(moment.timestamp() * 1000)
