"""Funded groups in public: what takes their word, and what is gone once they take it back."""

import datetime as dt

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import now, today
from pbvote.core.contacts import NO_CONTACTS
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.directory.models import Listing
from pbvote.grants.reports.models import Report
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.grants.listing import (
    AT,
    HAPPENED,
    LISTING,
    add_ward,
    give_bid_photo,
    list_group,
    listing,
    meet,
    report_of,
)
from tests.grants.visiting import GROUP, MEMBER, stay_with_all
from tests.pages import browser, text_of

pytestmark = pytest.mark.usefixtures("funded")


def groups_page(client: CheckedClient, query: str = "") -> str:
    return text_of(client.get(f"/localities/sale/groups{query}"))


def test_amount_and_project_are_public_and_nothing_more_before_the_group_says_so(
    app: Flask, client: CheckedClient
) -> None:
    give_bid_photo(app)
    report_of(app)
    page = text_of(client.get("/groups/1"))
    assert "Group 1" in page
    assert "£4,000" in page
    assert "Project of Group 1" in page
    assert "20 people have cooked together." in page
    for private in (HAPPENED, "The lp_member", "growers.example", "Contact of", "Could use"):
        assert private not in page
    assert client.get("/groups/1/photo-400.jpg").status_code == 404
    assert "No group stands in this directory yet." in groups_page(client)
    assert "£4,000 for “Project of Group 1”" in groups_page(client)


def test_a_group_stands_in_the_directory_and_takes_each_word_back_at_a_press(app: Flask, client: CheckedClient) -> None:
    digest, ward = give_bid_photo(app), add_ward(app)
    report_of(app)
    group, member = browser(app, GROUP), browser(app, MEMBER)
    assert "41 people cooked together" in text_of(group.get(AT))
    assert group.get(f"{AT}/photos/{digest}-400.jpg").status_code == 200
    said = {**LISTING, "ward": str(ward), "photo": digest, "photo_text": "A pot", "story": "y", "mentor": "y"}
    assert group.post(AT, data=said).status_code == 302
    stored = listing(app)
    assert stored
    assert stored.photo_agreed_on == stored.story_agreed_on == stored.mentor_agreed_on == stored.agreed_on == today()
    assert (stored.district, stored.website, stored.needs_agreed_on) == ("M33", "https://growers.example", None)
    page = text_of(client.get("/groups/1"))
    assert "We cook with our neighbours." in page
    assert HAPPENED in page
    assert "Mentor" not in page, "the member has not agreed"
    assert client.get("/groups/1/photo-400.jpg").headers["Cache-Control"] == "no-store"
    assert member.post("/my/about/named").status_code == 302
    assert "The lp_member, a member of the Locality Partnership" in text_of(client.get("/groups/1"))
    assert member.post("/my/about/named/stop").status_code == 302
    assert "The lp_member" not in text_of(client.get("/groups/1"))
    for part, gone in (("photo", ""), ("story", HAPPENED), ("mentor", ""), ("all", "We cook with our neighbours.")):
        assert group.post(f"{AT}/take-back", data={"part": part}).status_code == 302
        assert not gone or gone not in text_of(client.get("/groups/1"))
        if part == "photo":
            assert client.get("/groups/1/photo-400.jpg").status_code == 404
    assert listing(app) is None
    assert "growers" not in client.get("/localities/sale/groups.csv").get_data(as_text=True)
    assert group.post(f"{AT}/take-back", data={"part": "all"}).status_code == 302, "pressed again, nothing changes"
    assert group.post(f"{AT}/take-back", data={"part": "bid"}).status_code == 422


def test_what_changed_since_takes_another_word(app: Flask, client: CheckedClient) -> None:
    digest = give_bid_photo(app)
    report_of(app)
    list_group(app, photo_digest=digest, photo_text="A pot", shows_story=True)
    assert HAPPENED in text_of(client.get("/groups/1"))
    with writing(app):
        db.session.execute(sa.update(Report).values(happened="Ann Bee hit me."))
    assert "Ann Bee" not in text_of(client.get("/groups/1"))
    give_bid_photo(app)  # the same picture again: what was agreed to
    assert client.get("/groups/1/photo-400.jpg").status_code == 200
    with writing(app):
        db.session.execute(sa.update(Listing).values(photo_digest="0" * 64))
    assert client.get("/groups/1/photo-400.jpg").status_code == 404
    assert "photo-" not in client.get("/groups/1").get_data(as_text=True)


def test_a_story_waits_until_somebody_has_read_the_report(app: Flask, client: CheckedClient) -> None:
    report_of(app, is_thanked=False)
    group = browser(app, GROUP)
    assert HAPPENED not in text_of(group.get(AT))
    assert group.post(AT, data={**LISTING, "story": "y"}).status_code == 302
    assert HAPPENED not in text_of(client.get("/groups/1"))


def test_a_word_keeps_its_day_when_other_things_are_saved(app: Flask) -> None:
    with time_machine.travel(now() - dt.timedelta(days=40)):
        list_group(app, names_mentor=True)
    first = today() - dt.timedelta(days=40)
    group = browser(app, GROUP)
    changed = {**LISTING, "was_listed": "yes", "sentence": "We bake.", "mentor": "y", "needs": "y"}
    assert group.post(AT, data=changed).status_code == 302
    stored = listing(app)
    assert stored
    assert (stored.sentence, stored.agreed_on, stored.mentor_agreed_on) == ("We bake.", first, first)
    assert stored.needs_agreed_on == today()


REFUSED = (
    ({"sentence": ""}, "Say in a sentence what your group does"),
    ({"sentence": "Ring us: 0161 496 0123"}, NO_CONTACTS),
    ({"sentence": "Write to ann@example.org"}, NO_CONTACTS),
    ({"sentence": "a" * 5000}, "characters or fewer"),
    ({"sentence": "a " * 60}, "must be 40 words or fewer"),
    ({"theme": ""}, "Choose what it is about"),
    ({"theme": "crime"}, "Choose one of the answers listed"),
    ({"ward": "999"}, "Choose one of the answers listed"),
    ({"district": "Sale"}, "Enter the first half of a postcode, like M33, or leave it empty"),
    ({"website": "javascript:alert(1)"}, "Enter the address of a website"),
    ({"website": "https://a@b.example"}, "Enter the address of a website"),
    ({"website": "https://[x"}, "Enter the address of a website"),
    ({"photo": "0" * 64}, "Choose one of the answers listed"),
    ({"photo": "DIGEST", "photo_text": ""}, "Say what the photo shows"),
    ({"photo": "DIGEST", "photo_text": "0161 496 0123"}, NO_CONTACTS),
    ({"story": "y"}, "Your report can’t be your story as it is."),
)


def test_what_will_not_do_is_refused_in_a_sentence(app: Flask) -> None:
    digest = give_bid_photo(app)
    report_of(app, "Ann came: ann@example.org")
    group = browser(app, GROUP)
    for changes, sentence in REFUSED:
        data = {name: digest if value == "DIGEST" else value for name, value in {**LISTING, **changes}.items()}
        answer = group.post(AT, data=data)
        assert (answer.status_code, sentence in text_of(answer)) == (422, True), changes
    assert listing(app) is None


def test_a_script_is_shown_as_it_was_typed(app: Flask, client: CheckedClient) -> None:
    list_group(app, sentence="<script>alert(1)</script>")
    for address in ("/groups/1", "/localities/sale/groups"):
        page = client.get(address).get_data(as_text=True)
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page


def test_a_group_that_has_not_accepted_or_gave_it_back_stands_nowhere(app: Flask, client: CheckedClient) -> None:
    list_group(app)
    with writing(app):
        db.session.execute(sa.update(Award).values(state=AwardState.OFFERED))
    assert "We cook" not in text_of(client.get("/groups/1"))
    assert "once it has accepted its grant" in text_of(browser(app, GROUP).get(AT))
    with writing(app):
        db.session.execute(sa.update(Award).values(state=AwardState.DECLINED))
    assert client.get("/groups/1").status_code == 404
    assert "Group 1" not in groups_page(client)
    with writing(app):
        db.session.execute(sa.update(Award).values(state=AwardState.ACCEPTED, told_at=now() + dt.timedelta(minutes=9)))
    assert client.get("/groups/1").status_code == 404, "its letter can still be called back"
    assert "Group 1" not in groups_page(client)
    assert "/groups/1" not in client.get("/results/" + slug(app)).get_data(as_text=True)


def slug(app: Flask) -> str:
    return f"sale-{today().year}"


def test_another_groups_contact_finds_nothing(app: Flask) -> None:
    other = browser(app, "group2@group.example")
    assert other.get(AT).status_code == 404
    assert other.post(AT, data=LISTING).status_code == 404
    assert other.post(f"{AT}/take-back", data={"part": "all"}).status_code == 404


def test_the_directory_is_searched_filtered_sorted_and_taken_away(app: Flask, client: CheckedClient) -> None:
    ward = add_ward(app)
    stay_with_all(app)
    list_group(app, ward_id=ward, shows_needs=True)
    list_group(app, 2, sentence="We plant trees.", district="M41", theme="green")
    meet(app, ["venue", "volunteers"], ago=2)
    page = client.get("/localities/sale/groups").get_data(as_text=True)
    assert "Could use:</strong> Volunteers · A venue" in page
    assert page.index("/groups/1") < page.index("/groups/2")
    found = {
        "?words=NEIGHBOURS": (1, 0),
        "?theme=green": (0, 1),
        f"?ward={ward}": (1, 0),
        "?postcode=m41 5ax": (0, 1),
        "?need=venue": (1, 0),
        "?need=advice": (0, 0),
        "?ward=12345&theme=x&order=x&page=-3": (1, 1),
    }
    for query, (first, second) in found.items():
        shown = text_of(client.get(f"/localities/sale/groups{query}"))
        assert ("We cook" in shown, "We plant" in shown) == (bool(first), bool(second)), query
        written = client.get(f"/localities/sale/groups.csv{query}").get_data(as_text=True)
        assert ("We cook" in written, "We plant" in written) == (bool(first), bool(second)), query
    tiles = client.get("/localities/sale/groups?theme=green").get_data(as_text=True)
    assert tiles.count('class="ward-tiles__other"') == 1
    assert client.get("/localities/sale/groups.pdf").status_code == 404
    assert client.get("/localities/nowhere/groups").status_code == 404


def test_needs_show_only_where_the_group_says_so(app: Flask, client: CheckedClient) -> None:
    list_group(app)
    meet(app, ["venue"], ago=2)
    assert "Could use: A venue" not in groups_page(client)
    assert "We cook" not in groups_page(client, "?need=venue")


def test_the_way_moves_with_what_happened(app: Flask, client: CheckedClient) -> None:
    def stop() -> str:
        page = client.get("/groups/1").get_data(as_text=True)
        return text_of_step(page)

    assert stop() == "Offered"
    with writing(app):
        db.session.execute(sa.update(Award).where(Award.id == 1).values(paid_pence=100))
    assert stop() == "Paid"
    meet(app, [])
    assert stop() == "Under way"
    report_of(app)
    assert stop() == "Reported"
    with writing(app):
        db.session.execute(sa.update(Award).where(Award.id == 1).values(state=AwardState.CLOSED))
    assert stop() == "Finished"


def text_of_step(page: str) -> str:
    return page.split('aria-current="step">')[1].split("<")[0].strip()


def test_the_result_leads_to_each_funded_groups_page(app: Flask, client: CheckedClient) -> None:
    page = client.get(f"/results/{slug(app)}?lang=pl").get_data(as_text=True)
    assert 'href="/groups/1"' in page
