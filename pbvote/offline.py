"""Pages of a door that open without a network: the script that a browser keeps for that door, and for no other.

It is served below the door's own path, so a browser lets it answer for nothing else: never for a voter's page. Its
cache is named by what was built, and the setting `OFFLINE_PAGES` takes it from every browser that has it.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from flask import Response, current_app

from pbvote.filters import asset


def worker_for(path: str, files: Sequence[str]) -> Response:
    """The service worker of the door at `path` (``/door/``), which keeps these built files (``site.css``)."""
    source = _source("worker.js" if current_app.config["OFFLINE_PAGES"] else "ended_worker.js")
    addresses = [asset(name) for name in files]
    mark = sha256(json.dumps([source, addresses]).encode()).hexdigest()[:12]
    door = json.dumps({"path": path, "files": addresses, "mark": mark})
    answer = Response(f"const DOOR = {door};\n{source}", mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _source(name: str) -> str:
    return (Path(current_app.static_folder or "") / name).read_text(encoding="utf-8")
