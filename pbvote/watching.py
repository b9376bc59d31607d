"""Pages that keep themselves up to date: asked again and again, and answered in a line while nothing has changed."""

from hashlib import sha256

from flask import Response, g, make_response, request


def watched(page: str) -> Response:
    """The page, or 304 for whoever has it as it is now. Its mark leaves out what is new in every answer."""
    response = make_response(page)
    for secret in (g.get("csp_nonce"), g.get("csrf_token")):
        page = page.replace(secret, "") if secret else page
    response.set_etag(sha256(page.encode()).hexdigest(), weak=True)
    response.make_conditional(request)
    return response
