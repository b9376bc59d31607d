"""Photos of a visit: stored once, with everybody's consent, and seen by those who read its words."""

import datetime as dt
import io
import re
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from PIL import Image
from werkzeug.test import TestResponse

from pbvote.bodies import body_limit
from pbvote.db import db
from pbvote.files import pictures
from pbvote.files.models import StoredFile
from pbvote.files.refusals import MEGABYTE
from pbvote.files.store import the_store
from pbvote.grants.visits.models import CheckInPhoto
from pbvote.people.tries import FILES, note, of_files
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.files.samples import photo_file
from tests.grants.handing_in import OURS, number_of
from tests.grants.visiting import GROUP, MEMBER, ORGANISER, OTHER, account, hand_over, log, logged
from tests.pages import browser, text_of

KEYS = [f"{number:032x}" for number in range(1, 6)]
HERS = "/my/groups/1/check-ins/1/photo-1-400.jpg"
GROUPS = "/my/awards/1/check-ins/1/photo-1-400.jpg"
DESKS = "/desk/monitoring/1/check-ins/1/photo-1-400.jpg"
A_DAY_LATER = dt.timedelta(hours=24, minutes=1)


def send(
    app: Flask, member: CheckedClient, key: str = KEYS[0], content: bytes = b"", of: str = MEMBER, **changes: str
) -> TestResponse:
    """Send a photo as a phone does."""
    data: dict[str, Any] = {"account": number_of(app, of), "key": key, "agreed": "y", **changes}
    data["photo"] = (io.BytesIO(content or photo_file()), "IMG_0001.jpg")
    return member.post("/my/groups/1/check-ins/1/photos", data=data, headers=OURS)


def places(app: Flask) -> list[int]:
    """The places of all photos."""
    with app.app_context():
        return list(db.session.scalars(sa.select(CheckInPhoto.place).order_by(CheckInPhoto.id)))


@both_databases
def test_each_is_stored_once_and_a_fourth_is_refused_in_a_sentence(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    log(member)
    for key in (*KEYS[:3], KEYS[0], KEYS[2]):
        assert send(app, member, key).status_code == 200
    assert places(app) == [1, 2, 3]
    refused = send(app, member, KEYS[3])
    assert (refused.status_code, refused.get_json()) == (422, {"said": "A check-in can have 3 photos."})
    assert member.post("/my/groups/1/check-ins/1/photo-2/remove").status_code == 302
    assert send(app, member, KEYS[3]).status_code == 200
    assert sorted(places(app)) == [1, 2, 3]


def test_nothing_of_the_camera_is_kept(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    log(member)
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    written = io.BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(written, "JPEG", exif=exif)
    send(app, member, content=written.getvalue())
    shown = member.get("/my/groups/1/check-ins/1/photo-1-1200.jpg")
    assert shown.mimetype == "image/jpeg"
    assert "no-store" in shown.headers["Cache-Control"]
    with Image.open(io.BytesIO(shown.data)) as picture:
        assert picture.size == (1200, 675)
        assert not picture.getexif()


def test_without_consent_or_a_picture_nothing_is_stored(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    log(member)
    for answer, said in [
        (send(app, member, agreed=""), "Ask everybody in the photo first. Then tick that they agree."),
        (send(app, member, content=b"%PDF-1.7"), "This file is not a photo."),
        (send(app, member, content=b"\xff\xd8\xff cut short"), "This file is damaged"),
    ]:
        assert answer.status_code == 422
        assert answer.get_json()["said"].startswith(said)
    assert send(app, member, key="a key of somebody").status_code == 400
    assert places(app) == []


def test_only_the_member_who_logged_it_adds_and_removes_one(app: Flask, funded: None) -> None:
    member, other = browser(app, MEMBER), browser(app, OTHER)
    log(member)
    send(app, member)
    hand_over(app)
    assert send(app, other, KEYS[1], of=OTHER).status_code == 404
    assert send(app, other, KEYS[1]).status_code == 403  # what another member's phone kept
    assert other.post("/my/groups/1/check-ins/1/photo-1/remove").status_code == 404
    assert other.get(HERS).status_code == 200  # the mentor sees it at once
    assert send(app, member, KEYS[1]).status_code == 200  # whoever was the mentor then
    assert places(app) == [1, 2]


def test_the_group_sees_it_a_day_later_and_the_desk_at_once(app: Flask, funded: None) -> None:
    member, group, desk = browser(app, MEMBER), browser(app, GROUP), browser(app, ORGANISER)
    log(member)
    send(app, member)
    assert HERS in member.get("/my/groups/1").get_data(as_text=True)
    assert DESKS in desk.get("/desk/monitoring/1").get_data(as_text=True)
    assert desk.get(DESKS).status_code == 200
    assert group.get(GROUPS).status_code == 404
    with time_machine.travel(dt.datetime.now(dt.UTC) + A_DAY_LATER, tick=False):
        group = browser(app, GROUP)
        assert GROUPS in group.get("/my/awards/1/visits").get_data(as_text=True)
        assert group.get(GROUPS).status_code == 200
        assert browser(app, "group2@group.example").get(GROUPS).status_code == 404


def test_without_script_the_form_takes_them_with_the_words_and_a_bad_one_holds_up_nothing(
    app: Flask, funded: None
) -> None:
    member = browser(app, MEMBER)
    for _ in range(2):
        files = [(io.BytesIO(photo_file()), "hall.jpg"), (io.BytesIO(b"%PDF-1.7"), "plan.pdf")]
        assert log(member, "one-page", photos=files, agreed="y").status_code == 302  # type: ignore[arg-type]
    said = text_of(member.get("/my/groups/"))
    assert "Your check-in is stored." in said
    assert "plan.pdf is not stored. This file is not a photo." in said
    assert len(logged(app)) == 1
    assert places(app) == [1]
    refused = log(member, words="Another visit.", photos=[(io.BytesIO(photo_file()), "hall.jpg")])  # type: ignore[list-item]
    assert refused.status_code == 422
    assert "Ask everybody in the photo first." in text_of(refused)
    assert "Another visit." in text_of(refused)


def test_a_photo_that_is_removed_leaves_no_file_to_be_named(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    log(member)
    send(app, member)
    assert member.post("/my/groups/1/check-ins/1/photo-1/remove").status_code == 302
    assert member.get(HERS).status_code == 404
    with app.app_context():
        assert db.session.scalars(sa.select(StoredFile)).all() == []
        assert list(the_store().digests())  # until it is swept


def test_many_photos_in_a_short_time_wait_and_the_words_do_not(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    with writing(app):
        for _ in range(FILES.free):
            note(of_files(account(MEMBER).id))
    photos = [(io.BytesIO(photo_file()), "hall.jpg")]
    answer = log(member, words="We met.", photos=photos, agreed="y")  # type: ignore[arg-type]
    assert answer.status_code == 302
    assert "Your photos are not stored: you have sent many in a short time." in text_of(member.get("/my/groups/"))
    assert [one.words for one in logged(app)] == ["We met."]
    assert places(app) == []


def test_without_script_photos_are_sent_one_at_a_time(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    page = member.get("/my/groups/1").get_data(as_text=True)
    [box] = re.findall(r'<input[^>]*name="photos"[^>]*>', page)
    assert "multiple" not in box, "three photos of a camera pass the size of a form"
    assert "Without this page’s script send one photo at a time." in text_of(member.get("/my/groups/1"))


def test_a_photo_of_30_mb_is_left_out_and_its_words_are_stored(
    app: Flask, funded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert body_limit("/my/groups/1").bytes > 30 * MEGABYTE
    monkeypatch.setattr(pictures, "MOST_BYTES", 10_000)
    photo = [(io.BytesIO(b"\xff\xd8\xff" + bytes(20_000)), "huge.jpg")]
    member = browser(app, MEMBER)
    assert log(member, words="We met.", photos=photo, agreed="y").status_code == 302  # type: ignore[arg-type]
    assert "huge.jpg is not stored. This file is larger than" in text_of(member.get("/my/groups/"))
    assert [one.words for one in logged(app)] == ["We met."]
    assert places(app) == []


def test_the_same_words_with_another_photo_put_it_beside_the_first(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    for kind in ("JPEG", "PNG"):
        photo = [(io.BytesIO(photo_file(kind)), "IMG_0001.jpg")]
        assert log(member, photos=photo, agreed="y").status_code == 302  # type: ignore[arg-type]
    assert len(logged(app)) == 1
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(CheckInPhoto.id))) == 2
