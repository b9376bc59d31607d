"""What the server writes down: a line of JSON for each failure, without anybody's data; of an event less than that.

No line holds an address, a query, a name or the words of an exception, which may quote what was sent: it says which
view failed, with which kinds of exception, and where in the program. `docs/decisions/log-lines.md` says why.
"""

import json
import logging
import os
import secrets
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import IO, Any, Final

from flask import g, has_request_context, request

from pbvote.core.clock import now
from pbvote.core.codes import ALPHABET
from pbvote.voters_path import is_unnoted

WINDOW_SECONDS: Final = 30
"""The lines of these addresses wait for the next half minute: nobody learns from them when somebody voted."""
DEEPEST: Final = 12
_PACKAGE: Final = Path(__file__).parent.parent
_logger = logging.getLogger("pbvote")


def reference() -> str:
    """This request's own random number, which leads from its page to its line in the log: ``7QF9-M2TX``."""
    if "reference" not in g:
        symbols = "".join(secrets.choice(ALPHABET) for _ in range(8))
        g.reference = f"{symbols[:4]}-{symbols[4:]}"
    said: str = g.reference
    return said


def log_failure(exception: BaseException | None = None) -> None:
    """Write down what nobody foresaw."""
    _logger.error("500: the app raised", exc_info=exception)


class LogLines(logging.Handler):
    """Writes each record as a line of JSON; what may be a voter's is held until the half minute is over."""

    def __init__(self, out: IO[str]) -> None:
        super().__init__(logging.WARNING)
        self._out = out
        self._held: set[str] = set()
        self._timer: threading.Timer | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, or hold it. The same one is held once, so that none tells how many."""
        said = _said(record)
        if has_request_context() and not is_unnoted(request):
            of_request = {"reference": reference(), "view": request.endpoint or "", "method": request.method}
            self._write({"time": now().isoformat(timespec="seconds"), **said, **of_request})
            return
        self._held.add(json.dumps(said, ensure_ascii=False))
        if self._timer is None:
            self._timer = threading.Timer(WINDOW_SECONDS - time.time() % WINDOW_SECONDS, self.flush_held)
            self._timer.daemon = True
            self._timer.start()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Nothing: the library would print the record with all that it holds."""

    def flush_held(self) -> None:
        """Write what was held, in an order that says nothing."""
        self.acquire()  # as `logging` does around `emit`
        try:
            held, self._held, self._timer = sorted(self._held), set(), None
            for line in held:
                self._out.write(line + "\n")
            self._out.flush()
        finally:
            self.release()

    def begin_afresh(self) -> None:
        """In a process that was forked: what was held is its parent's to write, and no timer came along."""
        self._held, self._timer = set(), None

    def _write(self, said: dict[str, Any]) -> None:
        self._out.write(json.dumps(said, ensure_ascii=False) + "\n")
        self._out.flush()


def _said(record: logging.LogRecord) -> dict[str, Any]:
    """What is written of a record. Another library's words may hold anything: of it only the place is told."""
    said: dict[str, Any] = {"level": record.levelname.lower()}
    if record.name == _logger.name:
        said["message"] = record.getMessage()
    else:
        said |= {"of": record.name, "at": f"{record.module}:{record.lineno}"}
    failure = record.exc_info[1] if record.exc_info else None
    if failure is not None:
        said |= {"kinds": _kinds(failure), "through": _through(failure)}
    return said


def _kinds(failure: BaseException) -> list[str]:
    """The kinds of an exception and of those that it came from, without their words."""
    kinds: list[str] = []
    one: BaseException | None = failure
    while one is not None and len(kinds) < DEEPEST:
        kinds.append(type(one).__qualname__)
        one = one.__cause__ or one.__context__
    return kinds


def _through(failure: BaseException) -> list[str]:
    """Where in the program it was, the innermost last: ``pbvote/vote/casting/cast.py:31 cast_ballot``."""
    steps = traceback.extract_tb(failure.__traceback__)[-DEEPEST:]
    return [f"{_short(step.filename)}:{step.lineno} {step.name}" for step in steps]


def _short(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(_PACKAGE):
        path = path.relative_to(_PACKAGE)
    return "/".join(path.parts[-4:])


def write_log_lines(out: IO[str] | None = None) -> LogLines:
    """Send everything that this process writes down through one handler, in place of those that there are."""
    handler = LogLines(out or sys.stderr)
    logging.captureWarnings(True)
    logging.getLogger().handlers[:] = [handler]
    _logger.handlers[:] = []
    threading.excepthook = _of_thread
    sys.unraisablehook = _of_nobody
    return handler


def flush_log_lines() -> None:
    """Write what is held: the process ends."""
    for handler in _ours():
        handler.flush_held()


def _begin_afresh() -> None:
    for handler in _ours():
        handler.begin_afresh()


def _ours() -> list[LogLines]:
    return [handler for handler in logging.getLogger().handlers if isinstance(handler, LogLines)]


os.register_at_fork(after_in_child=_begin_afresh)


def _of_thread(failed: threading.ExceptHookArgs) -> None:
    log_failure(failed.exc_value)


def _of_nobody(failed: "sys.UnraisableHookArgs") -> None:
    log_failure(failed.exc_value)
