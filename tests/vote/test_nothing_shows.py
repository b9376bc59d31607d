"""Until a result is published, two halls that voted differently are the same to everybody but organisers and auditors.

Two copies of the demonstration get the same slips and other ballots. Every address is then asked in both, and each pair
of answers is the same, byte by byte. What must differ, because it vouches for the votes, is masked: the six words and
digests.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.vote.count.sealing import seal_words
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.paper import Paper
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.conftest import AppMaker
from tests.doors import READERS_AND_WRITERS
from tests.factories import cast, count_closed, writing
from tests.faults import IS_FULL
from tests.pages import browser, client_of
from tests.public_account.reading_api import API, NAMES
from tests.scene import EMAILS, Scene, find_scene
from tests.scene_addresses import address, rules_of

SALE = "sale-2014"
OTHERS = ("nobody", "member", "group", "steward")
VOTERS = 60
OF_PROGRAMS = (*(f"{API}/{name}" for name in NAMES), f"{API}/results/{SALE}", f"/results/{SALE}/bids.csv")
"""What has one route for many things."""
MASKED = re.compile(rb'[0-9a-f]{16,}|>[0-9a-f]{8}<|nonce="[^"]+"|csrf[^>]+')


class Halls(NamedTuple):
    """Two that differ only in how people voted, and what their addresses name."""

    apps: tuple[Flask, Flask]
    scene: Scene


def event_of() -> Event:
    """The event, within the app's context."""
    found = event_called(SALE)
    assert found
    return found


@pytest.fixture
def halls(demonstration: None, make_app: AppMaker, tmp_path: Path) -> Iterator[Halls]:
    """Sale's hall twice, its poll open."""
    with time_machine.travel(now(), tick=False):
        app = make_app()
        scene = replace(find_scene(app), slug=SALE)
        with writing(app):
            slips = make_slips(event_of(), VOTERS, account_with_email(EMAILS["organiser"]), SlipState.LIVE)
            codes = [slip.code for slip in slips]
        with app.app_context():
            db.engine.dispose()
        yield Halls((hall(make_app, tmp_path, "a", codes), hall(make_app, tmp_path, "b", codes)), scene)


def hall(make_app: AppMaker, tmp_path: Path, name: str, codes: Sequence[str]) -> Flask:
    """A copy of it in which everybody loves the first bid, or the last."""
    folder = tmp_path / name
    shutil.copytree(tmp_path, folder, ignore=shutil.ignore_patterns("a", "b"))
    app = make_app(INSTANCE_PATH=str(folder), DATABASE_URL=f"sqlite:///{folder}/pbvote.sqlite")
    for code in codes:
        with writing(app):
            refs = [line.reference for line in Paper.of(event_of()).lines]
            loved = refs[0] if name == "a" else refs[-1]
            cast(code, {ref: 5 if ref == loved else 1 for ref in refs})
    return app


def addresses(app: Flask, scene: Scene, who: str) -> list[str]:
    """What this person may read, and nobody before in `OTHERS`; of the event in Sale wherever an address names one."""
    found = []
    for rule in rules_of(app, "GET"):
        readers = READERS_AND_WRITERS[rule.endpoint][0]
        if who == next((each for each in OTHERS if each in readers), None):
            found.append(address(rule, scene).replace("urmston-partington-2014", SALE))
    return sorted({*found, *OF_PROGRAMS} if who == "nobody" else set(found))


def answers(app: Flask, scene: Scene, who: str) -> dict[str, tuple[int, bytes]]:
    """Everything that this person is answered."""
    app.test_client_class = FlaskClient
    client = client_of(app) if who == "nobody" else browser(app, EMAILS[who])
    return {path: asked(app, client, path) for path in addresses(app, scene, who)}


def asked(app: Flask, client: FlaskClient, path: str) -> tuple[int, bytes]:
    """The answer, without what vouches for the votes."""
    answer = client.get(path, buffered=True)
    body = MASKED.sub(b"", answer.data)
    with app.app_context():
        words = [word.encode() for word in seal_words(event_of())]
    if words:  # one after the other, and not wherever one of them is a word like any other
        body = re.sub(rb"(?:\s|<[^>]*>)+".join(words), b"", body)
    return answer.status_code, body


def differing(halls: Halls) -> list[str]:
    """The addresses whose answers tell the halls apart."""
    return [
        f"{who} {path}"
        for who in OTHERS
        for (path, one), other in zip(
            answers(halls.apps[0], halls.scene, who).items(),
            answers(halls.apps[1], halls.scene, who).values(),
            strict=True,
        )
        if one != other
    ]


def in_both(halls: Halls, verb: Callable[[Event, Account], object]) -> None:
    """Let an organiser move both polls on."""
    for app in halls.apps:
        with writing(app):
            organiser = account_with_email(EMAILS["organiser"])
            assert organiser
            verb(event_of(), organiser)


def test_nobody_can_tell_from_any_address_how_people_voted(halls: Halls) -> None:
    if IS_FULL:
        assert differing(halls) == []
    in_both(halls, close_poll)
    if IS_FULL:
        assert differing(halls) == []
    in_both(halls, count_closed)
    assert differing(halls) == []
    in_both(halls, publish_outcome)
    assert f"nobody /results/{SALE}" in differing(halls), "a test that sees no difference sees nothing"
