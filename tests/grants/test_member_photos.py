"""The photo that a member puts beside their name: seen by their groups alone, and gone at a press."""

import datetime as dt
import io

import sqlalchemy as sa
from flask import Flask
from PIL import Image
from werkzeug.test import TestResponse

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.files.models import Photo, StoredFile
from pbvote.files.pictures import read_photo
from pbvote.grants.mentors.absences import NewAbsence, go_away
from pbvote.grants.mentors.models import MemberCard
from pbvote.grants.mentors.photos import put_photo
from pbvote.people.service import take_role
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.files.samples import photo_file
from tests.grants.visiting import GROUP, MEMBER, ORGANISER, OTHER, account, body_of, hand_over
from tests.pages import browser, client_of, text_of
from tests.together import together

OWN = "/my/about/photo-400.jpg"


def put(member: CheckedClient, content: bytes = b"") -> TestResponse:
    """Send a photo by the page."""
    return member.post("/my/about/photo", data={"photo": (io.BytesIO(content or photo_file()), "IMG_0001.jpg")})


def for_group(app: Flask, email: str = MEMBER) -> str:
    """Where the group of award 1 would see a member's photo."""
    with app.app_context():
        return f"/my/awards/1/members/{account(email).id}/photo-400.jpg"


def number_of_photos(app: Flask) -> tuple[int, int]:
    """How many photos are kept, and how many files."""
    with app.app_context():
        return tuple(db.session.scalar(sa.select(sa.func.count()).select_from(of)) or 0 for of in (Photo, StoredFile))  # type: ignore[return-value]


def test_the_group_sees_it_and_nobody_else_does(app: Flask, funded: None) -> None:
    member, group, address = browser(app, MEMBER), browser(app, GROUP), for_group(app)
    assert group.get(address).status_code == 404
    assert put(member).status_code == 302
    assert f'src="{address}"' in group.get("/my/awards/").get_data(as_text=True)
    assert group.get(address).mimetype == "image/jpeg"
    assert member.get(OWN).status_code == 200
    for email in ("group2@group.example", OTHER, ORGANISER):
        assert browser(app, email).get(address).status_code in {403, 404}
    assert browser(app, OTHER).get(OWN).status_code == 404
    assert client_of(app).get(address).status_code == 302  # to sign in


def test_nothing_of_the_camera_is_kept(app: Flask, funded: None) -> None:
    put(browser(app, MEMBER))
    shown = browser(app, GROUP).get(for_group(app)).get_data()
    with Image.open(io.BytesIO(shown)) as picture:
        assert not picture.getexif()
    assert b"Ann Smith" not in shown


def test_the_letter_says_where_the_photo_is_and_carries_none(app: Flask, funded: None) -> None:
    put(browser(app, OTHER))
    hand_over(app)
    letter = body_of(app, GROUP)
    assert "You see a photo of The lp_member on the page below." in letter
    assert "photo-400" not in letter
    assert browser(app, GROUP).get(for_group(app, OTHER)).status_code == 200


def test_a_group_that_was_handed_over_sees_it_no_longer(app: Flask, funded: None) -> None:
    put(browser(app, MEMBER))
    hand_over(app)
    assert browser(app, GROUP).get(for_group(app)).status_code == 404


def test_the_group_sees_who_covers_while_they_cover(app: Flask, funded: None) -> None:
    put(browser(app, OTHER))
    group = browser(app, GROUP)
    assert group.get(for_group(app, OTHER)).status_code == 404
    with writing(app):
        go_away(account(MEMBER), NewAbsence(today(), today() + dt.timedelta(days=3), account(OTHER)))
    assert for_group(app, OTHER) in group.get("/my/awards/").get_data(as_text=True)
    assert group.get(for_group(app, OTHER)).status_code == 200


def test_one_press_deletes_it_for_good_and_the_sentence_stays(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    member.post("/my/about", data={"sentence": "I dig.", "phone": ""})
    for _ in range(2):
        put(member)
    assert number_of_photos(app) == (1, 2)
    member.post("/my/about", data={"sentence": "I dig deep.", "phone": ""})
    assert member.get(OWN).status_code == 200
    assert "Delete the photo" in text_of(member.get("/my/about"))
    for _ in range(2):
        assert member.post("/my/about/photo/remove").status_code == 302
    assert number_of_photos(app) == (0, 0)
    page = text_of(member.get("/my/about"))
    assert "Delete the photo" not in page
    assert "I dig deep." in page
    assert member.get(OWN).status_code == 404


def test_what_is_no_photo_is_refused_and_what_was_written_stays(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    member.post("/my/about", data={"sentence": "I dig.", "phone": ""})
    refused = put(member, b"GIF89a, of sorts")
    assert refused.status_code == 422
    assert "I dig." in text_of(refused)
    assert member.post("/my/about/photo").status_code == 422
    assert number_of_photos(app) == (0, 0)


@both_databases
def test_of_two_photos_put_at_once_one_is_kept(app: Flask, funded: None) -> None:
    def verb() -> None:
        new = read_photo(photo_file())
        with writing(app):
            put_photo(account(MEMBER), new)

    together(verb, verb)
    assert number_of_photos(app) == (1, 2)
    with app.app_context():
        assert len(db.session.scalars(sa.select(MemberCard)).all()) == 1


def test_the_photo_of_who_is_no_member_any_more_is_tidied_away(app: Flask, funded: None) -> None:
    put(browser(app, MEMBER))
    run = app.test_cli_runner()
    run.invoke(args=["tidy"])
    assert number_of_photos(app) == (1, 2)
    with writing(app):
        take_role(account(MEMBER), account(MEMBER).grants[0].id, account(ORGANISER))
    assert browser(app, GROUP).get(for_group(app)).status_code == 404  # at once
    run.invoke(args=["tidy"])
    assert number_of_photos(app) == (0, 0)
