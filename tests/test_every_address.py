"""What holds at every address alike: forms need their token, reading writes nothing, and nobody sees another's page."""

import sqlite3
from contextlib import closing

import pytest
from flask import Flask

from tests.checked_client import CheckedClient
from tests.conftest import AppMaker
from tests.factories import sign_in
from tests.pages import client_of
from tests.scene import EMAILS, Scene, address, find_scene, rules_of


@pytest.fixture
def scene(demonstration: None, app: Flask) -> Scene:
    """The demonstration."""
    return find_scene(app)


def test_every_form_but_the_voters_needs_its_token(demonstration: None, make_app: AppMaker) -> None:
    app = make_app(WTF_CSRF_ENABLED=True)
    scene = find_scene(app)
    client = client_of(app)
    sign_in(client, EMAILS["organiser"])
    for rule in rules_of(app, "POST"):
        status = client.post(address(rule, scene), data={}).status_code
        # A code on a slip or a test sheet and a draft's pass are their forms' own authority; what a
        # resident asks for needs none.
        own = ("casting.", "draft_pages.", "draft_sending.", "day.ask", "venue.scanned")
        carries_its_own = rule.endpoint.startswith(own)
        assert (status == 400) is not carries_its_own, (rule.endpoint, status)


def test_a_group_sees_no_other_groups_offer(app: Flask, client: CheckedClient, scene: Scene) -> None:
    sign_in(client, EMAILS["group"])
    assert client.post(f"/my/awards/{scene.mentored_id}/accept").status_code == 404
    assert client.post(f"/my/awards/{scene.offered_id}/accept").status_code == 302


def test_a_member_sees_no_other_members_group(app: Flask, client: CheckedClient, scene: Scene) -> None:
    sign_in(client, EMAILS["member"])
    assert client.get(f"/my/groups/{scene.offered_id}").status_code == 404
    assert client.get(f"/my/groups/{scene.mentored_id}").status_code == 200


def test_no_get_writes_a_single_byte(demonstration: None, app: Flask) -> None:
    scene = find_scene(app)

    def contents() -> list[str]:
        with closing(sqlite3.connect(app.config["DATABASE_URL"].removeprefix("sqlite:///"))) as database:
            return list(database.iterdump())

    before = contents()
    for email in EMAILS.values():
        client = client_of(app)
        sign_in(client, email)
        for rule in rules_of(app, "GET"):
            client.get(address(rule, scene))
    assert contents() == before
