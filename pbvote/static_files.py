"""What browsers load beside the pages: one answer for everybody, kept for a year, compressed when it was built.

WhiteNoise answers before the app sees the request, so no session is opened and no cookie is set.
"""

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, abort
from flask.typing import ResponseReturnValue
from whitenoise import WhiteNoise

from pbvote.headers import REFERRER_POLICY, YEAR, security_headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_MARKED: Final = r"\.[0-9a-f]{12}\.\w+$"


class _ForAYear(WhiteNoise):  # type: ignore[misc]  # WhiteNoise carries no types
    FOREVER = YEAR

    def __init__(self, app: "WSGIApplication", built: Path, headers: dict[str, str]) -> None:
        root = built if built.is_dir() else None  # the tally and the database need no pages
        super().__init__(app, root, "static/", allow_all_origins=False, immutable_file_test=_MARKED)
        self._headers = list(headers.items())

    def serve(self, static_file: Any, environ: "WSGIEnvironment", start_response: "StartResponse") -> Any:
        """Answer with our headers too: WhiteNoise would leave them off a 304."""

        def start(status: str, headers: list[tuple[str, str]]) -> Any:
            return start_response(status, headers + self._headers)

        return super().serve(static_file, environ, start)


def marked_name(file: Path) -> str:
    """``site.5f0c….css``: a built file's name with a mark of its content, under which it never changes."""
    return f"{file.stem}.{sha256(file.read_bytes()).hexdigest()[:12]}{file.suffix}"


def init_static_files(app: Flask) -> None:
    """Serve the built folder in front of the app. What is not there is the app's to refuse."""
    headers = security_headers(app) | {"Referrer-Policy": REFERRER_POLICY}
    app.wsgi_app = _ForAYear(app.wsgi_app, Path(app.static_folder or ""), headers)  # type: ignore[method-assign]
    app.view_functions["static"] = _not_there


def _not_there(filename: str) -> ResponseReturnValue:  # noqa: ARG001 - Flask names the argument
    """Whatever WhiteNoise has, it has answered."""
    abort(404)
