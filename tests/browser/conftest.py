"""A real server and a real browser, phone-sized: Debian's Chromium without its windows, which is half the work."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, ViewportSize

from pbvote.assets.build import MODULES
from tests.conftest import AppMaker

CHROMIUM = Path("/usr/bin/chromium-headless-shell")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1280, height=900)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

AN_HOUR_AHEAD = "const now = Date.now; Date.now = () => now() + 3600000"
"""The clock of a phone that somebody set by hand."""

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's browser. Where there is none the test is skipped; with CI=true it fails."""
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed: run `make test` as root, or install it")
        pytest.skip("Chromium is not installed")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def served(make_app: AppMaker) -> Iterator[tuple[Flask, str]]:
    """An app on a port of its own, and its address."""
    with make_server("127.0.0.1", 0, Flask(__name__), server_class=_Server, handler_class=_Quiet) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        app = make_app(BASE_URL=address, WTF_CSRF_ENABLED=True)
        server.set_app(app)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield app, address
        server.shutdown()
        thread.join()


@pytest.fixture
def live(demonstration: None, make_app: AppMaker) -> Iterator[tuple[Flask, str]]:
    """The demonstration on a port of its own: the app and its address."""
    with served(make_app) as found:
        yield found


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Open a page in a fresh browser window. Every request that leaves this host fails the test."""
    contexts: list[BrowserContext] = []
    strangers: list[str] = []
    troubles: list[str] = []

    def open_(address: str, *, size: ViewportSize = PHONE, script: bool = True) -> Page:
        context = chromium.new_context(
            viewport=size, java_script_enabled=script, has_touch=size is PHONE, locale="en-GB"
        )
        contexts.append(context)
        context.on(
            "request", lambda request: strangers.append(request.url) if "//127.0.0.1" not in request.url else None
        )
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "console",
            lambda message: troubles.append(message.text) if "Content Security Policy" in message.text else None,
        )
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [url for url in strangers if not url.startswith("data:")] == []
    assert troubles == []


def follow(control: Locator) -> None:
    """Press a link or a button, and go on once the page that it leads to has loaded."""
    with control.page.expect_navigation():
        control.click()


def check_accessible(page: Page) -> None:
    """axe finds nothing, and nothing scrolls sideways."""
    page.evaluate((MODULES / "axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        "async rules => (await axe.run({ runOnly: rules, resultTypes: ['violations'] })).violations.map("
        "v => ({ id: v.id, nodes: v.nodes.map(n => n.html + ' ' + n.failureSummary) }))",
        RULES,
    )
    assert found == [], json.dumps(found, indent=1)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url
