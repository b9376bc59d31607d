"""One request after another sent to the front that stands before the app, without a server."""

import asyncio
import contextlib
from types import SimpleNamespace
from typing import Any

from flask import Flask
from granian.rsgi import ProtocolClosed

from pbvote.cli.front import Front
from tests.serving import in_a_loop_of_its_own

FORM = ("content-type", "application/x-www-form-urlencoded")


def a_scope(path: str = "/v/cast", *headers: tuple[str, str], method: str = "POST") -> Any:
    """A request's head as granian gives it."""
    return SimpleNamespace(
        method=method,
        path=path,
        query_string="a=%41&b=ł",
        client="[::1]:4711",
        server="127.0.0.1:5000",
        scheme="http",
        http_version="1.1",
        headers=SimpleNamespace(items=lambda: list(headers)),
    )


class Sent:
    """A request under way: its body comes when `arrived` is set. Keeps what was answered."""

    def __init__(self, body: bytes = b"", *, is_gone: bool = False) -> None:
        self._body, self._is_gone = body, is_gone
        self.arrived = asyncio.Event()
        self.answered: tuple[int, dict[str, str], bytes] = (0, {}, b"")

    async def __call__(self) -> bytes:
        if self._is_gone:
            raise ProtocolClosed
        await self.arrived.wait()
        return self._body

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Keep the answer."""
        self.answered = status, dict(headers), body


@contextlib.asynccontextmanager
async def serving(app: Flask, threads: int = 1) -> Any:
    """The front with the app behind it, in this event loop."""
    served = Front(app, threads, is_one_of_many=False)
    served.__rsgi_init__(asyncio.get_running_loop())
    yield served
    served.__rsgi_del__(asyncio.get_running_loop())


def asked(app: Flask, scope: Any, sent: Sent) -> tuple[int, dict[str, str], str]:
    """The answer to one request."""

    async def ask() -> None:
        async with serving(app) as served:
            await served(scope, sent)

    in_a_loop_of_its_own(ask())
    status, headers, body = sent.answered
    return status, headers, body.decode()
