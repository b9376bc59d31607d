"""What stands between granian and the Flask app, so that a slow phone costs nobody a thread.

granian reads heads and keeps idle connections in Rust. Here, in its event loop, a body is read, limited in size and
time; only a whole request is given to one of the threads that run the app. `docs/decisions/server.md` says what was
measured.
"""

import asyncio
import io
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from contextlib import closing, nullcontext
from functools import lru_cache
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, NoReturn, cast

from granian.rsgi import HTTPProtocol, ProtocolClosed, ProtocolError, Scope
from werkzeug.exceptions import abort

from pbvote.bodies import BALLOT_BYTES, body_limit
from pbvote.cli.shared_answers import Answer, SharedAnswers
from pbvote.log_lines import flush_log_lines, log_failure

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_FAILED = Answer(500, [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")], b"Error 500\n")


class _Refused(io.RawIOBase):
    """Stands for a body that was not read: whoever in the app asks for it answers with the status that says why."""

    def __init__(self, status: int) -> None:
        self._status = status

    def readable(self) -> bool:
        return True

    def readinto(self, _buffer: object) -> NoReturn:
        abort(self._status)


def run(app: "WSGIApplication", environ: "WSGIEnvironment") -> Answer:
    """The app's answer to a whole request. A failure that the app itself could not answer is a bare 500."""
    status, headers = 500, list[tuple[str, str]]()

    def start_response(line: str, fields: list[tuple[str, str]], _error: object = None) -> Any:
        nonlocal status, headers
        status, headers = int(line[:3]), fields

    try:
        parts: Iterable[bytes] = app(environ, cast("StartResponse", start_response))
        # Whatever has a `close` wants it called: that ends the request.
        with closing(cast(Any, parts)) if hasattr(parts, "close") else nullcontext():
            return Answer(status, headers, b"".join(parts))
    except Exception as failure:
        log_failure(failure)
        return _FAILED


class _Threads:
    """Threads that run the app. A plain executor does the same with three more locks for each request."""

    def __init__(self, app: "WSGIApplication", number: int, loop: asyncio.AbstractEventLoop) -> None:
        self._app, self._loop = app, loop
        self._waiting: SimpleQueue[tuple[asyncio.Future[Answer], WSGIEnvironment] | None] = SimpleQueue()
        self._done: deque[tuple[asyncio.Future[Answer], Answer]] = deque()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(number)]
        for thread in self._threads:
            thread.start()

    async def answer(self, environ: "WSGIEnvironment") -> Answer:
        """The app's answer, once a thread was free."""
        future: asyncio.Future[Answer] = self._loop.create_future()
        self._waiting.put((future, environ))
        return await future

    def _work(self) -> None:
        while request := self._waiting.get():
            future, environ = request
            self._done.append((future, run(self._app, environ)))
            self._loop.call_soon_threadsafe(self._hand_over)

    def _hand_over(self) -> None:
        """Wake those whose answers are there."""
        while self._done:
            future, answer = self._done.popleft()
            if not future.done():
                future.set_result(answer)

    def stop(self) -> None:
        """Let each thread finish what it has begun."""
        for _ in self._threads:
            self._waiting.put(None)


Measuring = Callable[[], Callable[[str, int, float], None]]
"""Asked once in each process that serves; what it gives takes the path, the status and the seconds of each answer."""


class Front:
    """The app as granian calls it (RSGI)."""

    def __init__(
        self, app: "WSGIApplication", threads: int, *, is_one_of_many: bool, measuring: Measuring | None = None
    ) -> None:
        self._app, self._number, self._measuring = app, threads, measuring
        self._always = {
            "SCRIPT_NAME": "",
            "wsgi.version": (1, 0),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": is_one_of_many,
            "wsgi.run_once": False,
        }
        self._large_bytes = Counter[int]()  # by the limit that they are under: files keep no form out

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start the threads in the process that serves: threads don't survive a fork."""
        self._shared = SharedAnswers()
        self._note = self._measuring() if self._measuring else None
        self._threads = _Threads(self._app, self._number, loop)

    def __rsgi_del__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """Stop them."""
        self._threads.stop()
        flush_log_lines()

    async def __call__(self, scope: Scope, proto: HTTPProtocol) -> None:
        """Answer one request."""
        environ = self._always | environ_of(scope)
        try:
            body = await self._body(environ, proto)
        except (ProtocolClosed, ProtocolError):
            return  # whoever sent it is gone
        is_refused = isinstance(body, _Refused)
        environ |= {"wsgi.input": body, "wsgi.input_terminated": is_refused}
        begun = time.perf_counter()
        answer = await self._shared.answer(environ, self._threads.answer)
        if self._note:
            self._note(str(environ["PATH_INFO"]), answer.status, time.perf_counter() - begun)
        headers = [*answer.headers, ("Connection", "close")] if is_refused else answer.headers
        proto.response_bytes(answer.status, headers, answer.body)

    async def _body(self, environ: dict[str, Any], proto: HTTPProtocol) -> io.BytesIO | _Refused:
        """The whole body, or why it is not read: too slow, without a length, too large, no room for it now."""
        if "HTTP_TRANSFER_ENCODING" in environ:
            return _Refused(411)
        length = int(environ.get("CONTENT_LENGTH", "0"))
        if not length:
            return io.BytesIO()
        limit = body_limit(environ["PATH_INFO"])
        if length > limit.bytes:
            return _Refused(413)
        large = length if length > BALLOT_BYTES else 0
        if self._large_bytes[limit.bytes] + large > limit.together_bytes:
            return _Refused(503)
        self._large_bytes[limit.bytes] += large
        try:
            async with asyncio.timeout(limit.seconds):
                # granian sees to it that this is as long as announced.
                return io.BytesIO(await proto())
        except TimeoutError:
            return _Refused(408)
        finally:
            self._large_bytes[limit.bytes] -= large


def _bytes_of(text: str) -> str:
    """What was sent, one character for each byte, as WSGI wants it."""
    return text if text.isascii() else text.encode(errors="surrogateescape").decode("latin-1")


@lru_cache(256)
def _key(name: str) -> str:
    """Where a WSGI environment holds a header."""
    key = name.upper().replace("-", "_")
    return key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"


def environ_of(scope: Scope) -> dict[str, Any]:
    """A request's head as WSGI wants it. Names with an underscore would pass for those with a dash: left out."""
    environ: dict[str, Any] = {}
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key, value = _key(name), _bytes_of(value)
        if key in environ:
            value = environ[key] + ("; " if key == "HTTP_COOKIE" else ",") + value
        environ[key] = value
    host, _, port = scope.server.rpartition(":")
    return environ | {
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": _bytes_of(scope.path),
        "QUERY_STRING": _bytes_of(scope.query_string),
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.url_scheme": scope.scheme,
    }
