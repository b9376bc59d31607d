"""What is the same for everybody is answered from memory for a second, and nothing else is."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder

from pbvote.cli.front import run
from pbvote.cli.shared_answers import MOST, MOST_BYTES, SECONDS, Answer, SharedAnswers
from pbvote.vote.poll.opening import open_poll
from tests.factories import an_event, writing
from tests.hall import organiser_does, slug
from tests.serving import in_a_loop_of_its_own

FOR_ALL = [("Content-Type", "text/html"), ("Cache-Control", "public, max-age=15"), ("ETag", '"Sale"')]
Environ = dict[str, Any]


class AnApp:
    """Answers with what it is told to, and counts how often it was asked. While `held`, it does not answer yet."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.asked, self.now = answer, list[Environ](), 100.0
        self.held = asyncio.Event()
        self.held.set()
        self.shared = SharedAnswers(clock=lambda: self.now)

    async def __call__(self, environ: Environ) -> Answer:
        self.asked.append(environ)
        await asyncio.sleep(0)  # others come while it works
        await self.held.wait()
        return self.answer

    async def get(self, path: str = "/v/sale", **environ: str) -> Answer:
        """The answer to somebody."""
        return await self.shared.answer(EnvironBuilder(path).get_environ() | environ, self)


def in_turn(*asked: Callable[[AnApp], Awaitable[Answer]], of: Answer) -> tuple[AnApp, list[Answer]]:
    """An app that answers so, and what those who ask it one after the other are given."""

    async def ask() -> tuple[AnApp, list[Answer]]:
        app = AnApp(of)
        return app, [await one(app) for one in asked]

    return in_a_loop_of_its_own(ask())


def told(work: Callable[[AnApp], Coroutine[Any, Any, None]], answer: Answer | None = None) -> None:
    """Let it happen to an app whose answers are for everybody, in a loop of its own."""

    async def happen() -> None:
        await work(AnApp(answer or Answer(200, FOR_ALL, b"Sale decides")))

    in_a_loop_of_its_own(happen())


def test_a_hall_that_asks_the_same_costs_one_answer_a_second() -> None:
    async def hall(app: AnApp) -> None:
        for second in range(3):
            app.answer = Answer(200, FOR_ALL, f"second {second}".encode())
            got = await asyncio.gather(*(app.get() for _ in range(1 if second == 0 else 300)))
            got.append(await app.get())
            assert {one.body for one in got} == {app.answer.body}
            assert len(app.asked) == second + 1
            app.now += SECONDS

    told(hall)


def test_nothing_is_kept_longer_than_the_app_allows() -> None:
    shown = Answer(200, [("Cache-Control", "public, max-age=0")], b"now")
    app, _ = in_turn(AnApp.get, AnApp.get, of=shown)
    assert len(app.asked) == 2


@pytest.mark.parametrize(
    "differently",
    [
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "HEAD"},
        {"QUERY_STRING": "lang=pl"},
        {"path": "/v/stretford"},
        {"HTTP_COOKIE": "hall-device=1"},
        {"HTTP_AUTHORIZATION": "Basic b2xpdmlh"},
        {"HTTP_RANGE": "bytes=0-9"},
        {"CONTENT_LENGTH": "3"},
        {"HTTP_HOST": "elsewhere.example"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
    ],
    ids=lambda differently: next(iter(differently)),
)
def test_another_request_gets_an_answer_of_its_own(differently: dict[str, str]) -> None:
    async def two(app: AnApp) -> None:
        await app.get()
        app.answer = Answer(200, FOR_ALL, b"another")
        assert (await app.get(**differently)).body == b"another"
        assert (await app.get()).body == b"Sale decides"  # and what was kept is kept
        assert len(app.asked) == 2

    told(two)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, [("Cache-Control", "no-store")], b""),
        Answer(200, [("Cache-Control", "private, max-age=15")], b""),
        Answer(200, [("Cache-Control", "public")], b""),
        Answer(200, [*FOR_ALL, ("Set-Cookie", "session=1")], b""),
        Answer(200, [*FOR_ALL, ("Vary", "Accept-Encoding, Accept-Language")], b""),
        Answer(404, FOR_ALL, b""),
        Answer(503, FOR_ALL, b""),
        Answer(200, FOR_ALL, b"a" * (MOST_BYTES + 1)),
    ],
)
def test_an_answer_that_is_not_for_everybody_is_not_kept(answer: Answer) -> None:
    app, given = in_turn(AnApp.get, AnApp.get, of=answer)
    assert (len(app.asked), given) == (2, [answer, answer])


def test_whoever_has_it_is_told_so_and_the_others_get_all_of_it() -> None:
    async def hall(app: AnApp) -> None:
        # After a restart all that ask have it. The app's own 304 has nothing to keep, so the next answer is whole.
        nothing, app.answer = Answer(304, FOR_ALL[1:], b""), Answer(304, FOR_ALL[1:], b"")
        assert await app.get(HTTP_IF_NONE_MATCH='"Sale"') == nothing
        app.answer = Answer(200, [*FOR_ALL, ("Content-Length", "12")], b"Sale decides")
        for has in ('"Sale"', 'W/"Sale"', '"other", "Sale"', "*"):
            assert await app.get(HTTP_IF_NONE_MATCH=has) == nothing
        for has in ('"sale"', '"other"', ""):
            assert await app.get(HTTP_IF_NONE_MATCH=has) == app.answer
        assert len(app.asked) == 2
        assert "HTTP_IF_NONE_MATCH" not in app.asked[1]

    told(hall)


def test_whoever_hangs_up_or_fails_ends_it_for_nobody_else() -> None:
    async def hall(app: AnApp) -> None:
        await app.get()
        for leaves in (0, 1):  # the one who asks the app, and one who waits for that
            app.now += SECONDS
            app.held.clear()
            phones = [asyncio.ensure_future(app.get()) for _ in range(3)]
            await asyncio.sleep(0)
            phones[leaves].cancel()
            await asyncio.sleep(0)
            app.held.set()
            got = await asyncio.gather(*phones, return_exceptions=True)
            assert [isinstance(one, Answer) for one in got] == [number != leaves for number in range(3)]
        app.now += SECONDS
        app.answer = Answer(503, [("Cache-Control", "no-store")], b"")
        before = len(app.asked)
        await asyncio.gather(*(app.get() for _ in range(3)))
        assert len(app.asked) == before + 3  # each failure is somebody's own
        app.answer = Answer(200, FOR_ALL, b"again")
        assert (await app.get()).body == b"again"

    told(hall)


def test_many_addresses_take_little_memory() -> None:
    async def hall(app: AnApp) -> None:
        for number in range(2 * MOST):
            await app.get(f"/v/{number}")
        await app.get(f"/v/{2 * MOST - 1}")
        assert len(app.asked) == 2 * MOST
        await app.get("/v/0")
        assert len(app.asked) == 2 * MOST + 1

    told(hall)


def test_phones_that_wait_learn_of_the_opening_within_a_second(app: Flask) -> None:
    with writing(app):
        an_event()
    address = f"/v/{slug(app)}"

    async def ask(waiting: AnApp) -> None:
        async def pbvote(environ: Environ) -> Answer:
            waiting.asked.append(environ)
            return run(app.wsgi_app, environ)

        async def get() -> Answer:
            return await waiting.shared.answer(EnvironBuilder(address).get_environ(), pbvote)

        first, second = await get(), await get()
        assert first == second
        assert len(waiting.asked) == 1
        assert b'data-poll="planned"' in first.body
        organiser_does(app, open_poll)
        waiting.now += SECONDS
        assert b'data-poll="open"' in (await get()).body

    told(ask)
