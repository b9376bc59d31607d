"""What a script of ours sends without a form's token, and how it is told from what another site sends.

A form's token lives in a session, and is gone when a phone comes back from a cellar. A view that takes no token asks
`refuse_strangers` instead. Another site can bring none of this along: the cookie is `SameSite`; the browser itself
says that the request comes from this host (`Sec-Fetch-Site`, or `Origin` from browsers that don't send it); and the
request has a header that no form can set, for which a script of another host would first have to be allowed to ask.
`assets/posting.js` sends it.
"""

from typing import Final

from flask import abort, current_app, request

from pbvote.access import READING

HEADER: Final = "X-Own-Script"


def refuse_strangers() -> None:
    """Answer 400 to what a page of this host did not send."""
    if request.method in READING:
        return
    site = request.headers.get("Sec-Fetch-Site")
    ours = {request.host_url.rstrip("/"), str(current_app.config["BASE_URL"])}
    is_ours = site == "same-origin" if site else request.headers.get("Origin") in ours
    if not is_ours or HEADER not in request.headers:
        abort(400)
