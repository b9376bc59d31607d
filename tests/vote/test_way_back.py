"""From every page of an organiser's about an event one press leads back to the event's own page."""

import re

from flask import Flask

from tests.factories import sign_in
from tests.pages import client_of
from tests.scene import EMAILS, find_scene
from tests.scene_addresses import address, rules_of

TO_AN_EVENT = re.compile(r'href="/desk/events/[^/"]+"')
ITS_OWN = "hall_desk.console"
ELSEWHERE = frozenset({"money_desk.event_money", "choosing_desk.page"})
"""Of events whose voting is over: they are led to from the awards and from Today."""


def test_every_page_of_an_event_leads_back_to_it(demonstration: None, app: Flask) -> None:
    scene, desk = find_scene(app), client_of(app)
    sign_in(desk, EMAILS["organiser"])
    visited, astray = 0, []
    for rule in rules_of(app, "GET"):
        if not rule.rule.startswith("/desk/events/<slug:slug>") or rule.endpoint in {ITS_OWN, *ELSEWHERE}:
            continue
        answer = desk.get(address(rule, scene))
        if answer.status_code == 200 and answer.mimetype == "text/html":
            visited += 1
            page = answer.get_data(as_text=True)
            if not TO_AN_EVENT.search(page.partition("<main")[0].partition("Way back")[2]):
                astray.append(rule.endpoint)
    assert astray == []
    assert visited > 20


def test_a_stewards_pages_lead_an_organiser_back_and_a_steward_to_the_door(demonstration: None, app: Flask) -> None:
    scene = find_scene(app)
    console, door = f'href="/desk/events/{scene.slug}"', f"/door/{scene.slug}"
    organiser, steward = client_of(app), client_of(app)
    sign_in(organiser, EMAILS["organiser"])
    sign_in(steward, EMAILS["steward"])
    for page in ("", "/help", "/envelopes/1"):
        assert console in organiser.get(f"{door}{page}").get_data(as_text=True), page
        assert console not in steward.get(f"{door}{page}").get_data(as_text=True), page
