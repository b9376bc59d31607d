"""Answers that are the same for everybody, kept for a second: three hundred phones that ask the same cost one answer.

An answer is kept where the app itself says that anybody may keep it (`Cache-Control: public`), as a proxy would do, and
given only to those who show nothing by which they are known. `docs/decisions/shared-answers.md` says why.
"""

import re
import time
from asyncio import Future, get_running_loop, shield
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from werkzeug.http import parse_etags, unquote_etag

SECONDS: Final = 1.0
MOST: Final = 32
MOST_BYTES: Final = 256 * 1024
"""A larger body is not kept: all of them together take 8 MB."""
_KNOWN_BY = ("HTTP_COOKIE", "HTTP_AUTHORIZATION")
_OF_ITS_OWN = ("HTTP_RANGE", "CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING")
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
# All that an answer for everybody may depend on. One that says it depends on more (`Vary`) is not kept.
_DEPENDS_ON = ("PATH_INFO", "HTTP_HOST", "HTTP_ACCEPT_ENCODING", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO")
_VARIES = {"accept-encoding", "cookie"}
_OF_THE_BODY = {"content-type", "content-length", "content-encoding"}
_MAX_AGE = re.compile(r"max-age=(\d+)")
Key = tuple[str, ...]
Environ = dict[str, Any]


class Answer(NamedTuple):
    """What the app answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def said(self, name: str) -> str:
        """What its headers of this name say."""
        return ",".join(value for key, value in self.headers if key.lower() == name)


WorkOut = Callable[[Environ], Awaitable[Answer]]
"""The app: from a whole request to its answer."""


@dataclass(slots=True)
class _Kept:
    """The newest answer of an address, and whoever makes the next one."""

    answer: Answer | None = None
    until: float = 0.0
    under_way: Future[Answer | None] | None = None


class SharedAnswers:
    """What one process keeps. It is used in the server's event loop alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()

    async def answer(self, environ: Environ, work_out: WorkOut) -> Answer:
        """The answer from memory, where it is one for everybody; else the app's own.

        Of those who ask at once for what is known to be for everybody, one asks the app and the others wait for it.
        """
        key = _key_of(environ)
        kept = self._kept.get(key) if key else None
        if key is None or kept is None:
            return self._noted(key, await work_out(environ))
        if kept.answer and self._clock() < kept.until:
            return _as_asked(kept.answer, environ)
        # Whoever hangs up while waiting must not end it for the others.
        if kept.under_way and (shared := await shield(kept.under_way)):
            return _as_asked(shared, environ)
        return await self._renewed(key, kept, environ, work_out)

    async def _renewed(self, key: Key, kept: _Kept, environ: Environ, work_out: WorkOut) -> Answer:
        """Ask the app for the whole answer, whatever this one has already: the others may have nothing."""
        kept.under_way = under_way = get_running_loop().create_future()
        whole = None
        try:
            made = await work_out({name: value for name, value in environ.items() if name not in _CONDITIONS})
            whole = made if _seconds_kept(made) else None
            return _as_asked(self._noted(key, made), environ)
        finally:
            kept.under_way = None
            under_way.set_result(whole)

    def _noted(self, key: Key | None, made: Answer) -> Answer:
        """Keep an answer that is for everybody. Of one without a body (304) only this is known: the next is whole."""
        if key is None:
            return made
        seconds = _seconds_kept(made)
        if not seconds:
            self._kept.pop(key, None)
        else:
            kept = self._kept.setdefault(key, _Kept())
            kept.answer, kept.until = (made, self._clock() + seconds) if made.status == 200 else (None, 0.0)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return made


def _key_of(environ: Environ) -> Key | None:
    """What the answer may depend on; None where it may be for this one alone."""
    if environ["REQUEST_METHOD"] != "GET" or environ["QUERY_STRING"]:
        return None
    if any(name in environ for name in (*_KNOWN_BY, *_OF_ITS_OWN)):
        return None
    return tuple(environ.get(name, "") for name in _DEPENDS_ON)


def _seconds_kept(made: Answer) -> float:
    """How long an answer is kept; 0 for one that is not for everybody."""
    caching = made.said("cache-control").lower()
    age = _MAX_AGE.search(caching)
    is_for_everybody = "public" in caching and age is not None and not made.said("set-cookie")
    varies = {name.strip() for name in made.said("vary").lower().split(",") if name.strip()}
    if not is_for_everybody or made.status not in {200, 304} or not varies <= _VARIES or len(made.body) > MOST_BYTES:
        return 0.0
    return min(SECONDS, float(age[1])) if age else 0.0


def _as_asked(whole: Answer, environ: Environ) -> Answer:
    """The answer, without its body for whoever has it already."""
    has, etag = environ.get("HTTP_IF_NONE_MATCH"), whole.said("etag")
    if whole.status != 200 or not (has and etag):
        return whole
    if not parse_etags(has).contains_weak(unquote_etag(etag)[0]):
        return whole
    return Answer(304, [(name, value) for name, value in whole.headers if name.lower() not in _OF_THE_BODY], b"")
