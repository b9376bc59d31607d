"""The pages that are open in a hall, and how often each asks: read from the scripts that ask, so both stay alike."""

import re

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from benchmarks.watchers import Beat
from pbvote.assets.build import SOURCES
from pbvote.db import begin_write, db
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.vote.door.models import ID_BYTES
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called
from pbvote.vote.passes.asking import ask_as_screen, ask_with_pass
from pbvote.vote.passes.cookies import COOKIE
from pbvote.vote.passes.letting_in import allow
from pbvote.vote.passes.making import make_pass
from pbvote.vote.passes.models import DeviceKind, HallDevice
from pbvote.vote.stage.scenes import SCENES

ORGANISER = "olivia@council.example"
Page = list[Beat]


def number_in(script: str, name: str) -> float:
    """A number that a script of ours has as a constant. Raises `LookupError`: then look at how that page asks now."""
    source = (SOURCES / script).read_text(encoding="utf-8")
    found = re.search(rf"^const {name} = ([\d.]+);", source, re.MULTILINE)
    if found is None:
        raise LookupError(f"{script} has no number {name}")
    return float(found[1])


def waiting_phones(app: Flask, slug: str, number: int) -> list[Page]:
    """First pages before the opening: each asks how the poll stands, at moments of chance, where the page says."""
    page = app.test_client().get(f"/v/{slug}").get_data(as_text=True)
    found = re.search(r'id="waiting"[^>]* data-at="([^"]+)"', page)
    if found is None:
        raise LookupError(f"the first page of {slug} waits for nothing")
    seconds = number_in("voter/waiting.js", "SECONDS")
    return [[Beat("phone", found[1], (seconds, seconds * 1.5))] for _ in range(number)]


def screen(event: Event, organiser: Account) -> Page:
    """A screen that was let in: it asks what to show, reports what it shows, and now and then reads its page again."""
    device, token = ask_as_screen(event)
    asks, reports = number_in("hall/asking.js", "SECONDS"), number_in("screen/run.js", "REPORT_MS") / 1000
    again = number_in("screen/run.js", "AGAIN_MS") / 1000
    cookie, home = _let_in(event, device, token, organiser)
    return [
        Beat("screen", f"{home}/now", (asks, asks), cookie),
        Beat("report", f"{home}/report", (reports, reports), cookie, {"showing": SCENES[event.poll][0].value}),
        Beat("screen's page", home, (again, again), cookie),
    ]


def door(event: Event, organiser: Account, name: str) -> Page:
    """A steward's phone on which nothing waits: it asks for the numbers, and says now and then that it is there."""
    device, token = ask_with_pass(make_pass(event, DeviceKind.STEWARD, organiser), name)
    asks, says = (number_in("door/run.js", name) / 1000 for name in ("EVERY_MS", "HELLO_MS"))
    cookie, home = _let_in(event, device, token, organiser)
    lot = {"phone": name.encode().hex().ljust(2 * ID_BYTES, "0"), "waiting": 0, "taps": [], "names": []}
    return [
        Beat("door", f"{home}/now", (asks, asks), cookie),
        Beat("door's phone", f"{home}/lot", (says, says), cookie, lot),
    ]


def _let_in(event: Event, device: HallDevice, token: str, organiser: Account) -> tuple[str, str]:
    allow(event, device.id, organiser)
    return f"{COOKIE}={token}", device.kind.home(event.slug)


def console(app: Flask, event: Event, organiser: Account) -> Page:
    """An organiser's console, which asks for itself."""
    seconds = number_in("site/watching.js", "SECONDS")
    return [Beat("console", f"/desk/events/{event.slug}", (seconds, seconds), _session(app, organiser))]


def _session(app: Flask, account: Account) -> str:
    """The cookie of somebody who has signed in: that has tests of its own, and is no matter of this."""
    signed = SecureCookieSessionInterface().get_signing_serializer(app)
    if signed is None:
        raise LookupError("no secret key")
    value = signed.dumps({"_user_id": account.get_id(), "_fresh": True})
    return f"{app.config['SESSION_COOKIE_NAME']}={value}"


def at_work(app: Flask, slug: str, *, screens: int = 0, consoles: int = 0, doors: int = 0) -> list[Page]:
    """The pages of those who run an event, each with a device of its own."""
    with app.app_context():
        begin_write()
        event, organiser = event_called(slug), account_with_email(ORGANISER)
        if event is None or organiser is None:
            raise LookupError(slug)
        pages = [screen(event, organiser) for _ in range(screens)]
        pages += [console(app, event, organiser) for _ in range(consoles)]
        pages += [door(event, organiser, f"Steward {number}") for number in range(doors)]
        db.session.commit()
    return pages
