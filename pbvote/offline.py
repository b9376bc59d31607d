"""Pages of a door that open without a network: the script that a browser keeps for that door, and for no other.

It is served below the door's own path, so a browser lets it answer for nothing else: never for a voter's page. Its
cache is named by what was built, and the setting `OFFLINE_PAGES` takes it from every browser that has it.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from flask import Response, current_app, request

from pbvote.filters import asset

_COPY = "X-Kept-Copy"


def is_kept_copy() -> bool:
    """Whether a browser asks for this page to keep it, so that it holds nothing that is not to stay on a phone."""
    return _COPY in request.headers


def worker_for(path: str, files: Sequence[str], *, copies: bool = False) -> Response:
    """The service worker of the door at `path` (``/door/``), which keeps these built files (``site.css``).

    With `copies` it keeps no page as it was shown: it asks for a copy of each that a page's script names, and says so
    (`is_kept_copy`).
    """
    source = _source("worker.js" if current_app.config["OFFLINE_PAGES"] else "ended_worker.js")
    addresses = [asset(name) for name in files]
    mark = sha256(json.dumps([source, addresses]).encode()).hexdigest()[:12]
    door = json.dumps({"path": path, "files": addresses, "mark": mark, "copies": copies})
    answer = Response(f"const DOOR = {door};\n{source}", mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _source(name: str) -> str:
    return (Path(current_app.static_folder or "") / name).read_text(encoding="utf-8")
