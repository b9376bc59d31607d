"""What holds at every address alike: forms need their token, and nobody sees another's page."""

import html
import re
from urllib.parse import urljoin

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.checked_client import CheckedClient
from tests.conftest import AppMaker
from tests.factories import sign_in
from tests.grants.accepting import send_form
from tests.pages import client_of, text_of
from tests.scene import EMAILS, Scene, find_scene
from tests.scene_addresses import address, rules_of

RESIDENTS = ("residents.", "drafts.say_whether", "meetings.send", "consulting.send", "telling.", "subgroups.")
TOO_OLD = "This page was open for too long"


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
        # resident asks for, and what is not kept, needs none.
        # What a member's phone kept says whose it is, and only a page of ours can send it.
        own = ("casting.", "draft_pages.", "draft_sending.", "day.ask", "venue.scanned", "outbox_member.", *RESIDENTS)
        carries_its_own = rule.endpoint.startswith(own)
        assert (status == 400) is not carries_its_own, (rule.endpoint, status)


def test_what_anybody_can_fill_in_can_be_sent(demonstration: None, make_app: AppMaker) -> None:
    app = make_app(WTF_CSRF_ENABLED=True)
    scene = find_scene(app)
    pages = [address(rule, scene) for rule in rules_of(app, "GET")]
    forms = {(page, *form) for page in pages for form in forms_of(client_of(app).get(page))}
    without_token = {urljoin(page, action) for page, action, has_token in forms if not has_token}
    assert {"/v/paper", "/venue/sale-2014", "/events/sale-2014/remind"} <= without_token
    refused = [to for to in sorted(without_token) if TOO_OLD in text_of(client_of(app).post(to))]
    assert refused == []


def forms_of(page: TestResponse) -> list[tuple[str, bool]]:
    """Where each form of the page is sent to, and whether it brings a token."""
    if page.mimetype != "text/html":
        return []
    found = re.findall(r'<form([^>]*method="post"[^>]*)>(.*?)</form>', page.get_data(as_text=True), re.DOTALL)
    actions = [(re.search(r'action="([^"]*)"', attributes), inside) for attributes, inside in found]
    return [(html.unescape(action[1]) if action else "", 'name="csrf_token"' in inside) for action, inside in actions]


def test_a_group_sees_no_other_groups_offer(app: Flask, client: CheckedClient, scene: Scene) -> None:
    sign_in(client, EMAILS["group"])
    assert client.post(f"/my/awards/{scene.mentored_id}/accept").status_code == 404
    assert send_form(client, scene.offered_id).status_code == 302


def test_a_member_sees_no_other_members_group(app: Flask, client: CheckedClient, scene: Scene) -> None:
    sign_in(client, EMAILS["member"])
    assert client.get(f"/my/groups/{scene.offered_id}").status_code == 404
    assert client.get(f"/my/groups/{scene.mentored_id}").status_code == 200
