"""What a member shows to everybody: agreed to, published by an editor, taken back at once by the member alone."""

import datetime as dt

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.partnership.members.models import MemberProfile
from pbvote.partnership.members.profiles import publish_profile, withdraw_words, write_words
from pbvote.people.service import take_role
from tests.conftest import both_databases
from tests.factories import sign_in, writing
from tests.files.samples import photo_file
from tests.outbox import letters
from tests.pages import browser, client_of, text_of
from tests.partnership.keeping import (
    ABROAD,
    AUDITOR,
    EDITOR,
    KEEP,
    MEMBER,
    ORGANISER,
    OWN,
    PUBLIC,
    account,
    give_photo,
    id_of,
    member_named,
    number_of_photos,
    publish,
    write,
)
from tests.together import together


def public_pages(app: Flask) -> str:
    """What anybody reads of the members."""
    anybody = client_of(app)
    return text_of(anybody.get(PUBLIC)) + text_of(anybody.get(f"{PUBLIC}/members"))


def test_a_profile_waits_until_an_editor_publishes_it(app: Flask, partnership: None) -> None:
    nia, editor = browser(app, MEMBER), browser(app, EDITOR)
    photo = f"{PUBLIC}/members/{id_of(app, 'Nia')}/photo-400.jpg"
    assert write(nia).status_code == give_photo(nia).status_code == 302
    assert "footpaths" not in public_pages(app)
    assert client_of(app).get(photo).status_code == 404
    assert "Waits for an editor" in text_of(nia.get(OWN))
    assert "Read the profile of Nia" in text_of(editor.get("/my/today"))
    assert "Read the profile of Nia" in text_of(browser(app, ORGANISER).get("/desk/"))
    assert publish(editor, id_of(app, "Nia")).status_code == 302
    assert public_pages(app).count("I walk the footpaths.") == 2
    assert client_of(app).get(photo).mimetype == "image/jpeg"
    assert "Read the profile of Nia" not in text_of(editor.get("/my/today"))
    with app.app_context():
        assert [letter.subject for letter in letters()] == ["Your profile is public"]


def test_a_change_waits_beside_what_is_public(app: Flask, partnership: None) -> None:
    nia, editor = browser(app, MEMBER), browser(app, EDITOR)
    write(nia)
    publish(editor, id_of(app, "Nia"))
    write(nia, "I sing.")
    page = text_of(editor.get(f"{KEEP}/profiles/{id_of(app, 'Nia')}"))
    assert (
        page.index("Waits for an editor") < page.index("I sing.") < page.index("Public now") < page.index("footpaths")
    )
    assert "footpaths" in public_pages(app)
    assert "I sing." not in public_pages(app)


def test_both_go_at_a_press_of_their_member_alone(app: Flask, partnership: None) -> None:
    nia, editor, nias = browser(app, MEMBER), browser(app, EDITOR), id_of(app, "Nia")
    for _ in range(2):  # what is public, and what waits beside it
        write(nia, f"I sing {now()}.")
        give_photo(nia)
        publish(editor, nias)
    write(nia, "I dance.")
    give_photo(nia, photo_file("PNG"))
    assert number_of_photos(app) == 2
    assert nia.post(f"{OWN}/photo/withdraw").status_code == 302
    assert number_of_photos(app) == 0
    assert client_of(app).get(f"{PUBLIC}/members/{nias}/photo-400.jpg").status_code == 404
    assert "I sing" in public_pages(app)
    assert nia.post(f"{OWN}/words/withdraw").status_code == 302
    assert "I sing" not in public_pages(app)
    assert "I dance" not in text_of(nia.get(OWN)) + text_of(editor.get(f"{KEEP}/profiles/{nias}"))
    with app.app_context():
        assert db.session.scalars(sa.select(MemberProfile.words + MemberProfile.new_words)).all() == [""]


def test_each_part_has_a_consent_and_a_day_of_its_own(app: Flask, partnership: None) -> None:
    nia = browser(app, MEMBER)
    refused = nia.post(OWN, data={"words": "I walk."})
    assert "Tick that anyone may read these words." in text_of(refused)
    assert "I walk." in text_of(refused)
    assert nia.post(f"{OWN}/photo", data={}).status_code == 422
    with time_machine.travel(now() - dt.timedelta(days=3)):
        sign_in(nia, MEMBER)
        write(nia)
    sign_in(nia, MEMBER)
    give_photo(nia)
    with app.app_context():
        profile = db.session.scalars(sa.select(MemberProfile)).one()
        assert profile.new_photo_agreed_on == today()
        assert profile.new_words_agreed_on == today() - dt.timedelta(days=3)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("x" * 5_000, "must be 400 characters or fewer"),
        ("Ring me on 0161 496 0123.", "Leave out telephone numbers and e-mail addresses."),
        ("Ring +44 (0)161-496-0123", "Leave out telephone numbers and e-mail addresses."),
        ("nia@partnership.example", "Leave out telephone numbers and e-mail addresses."),
        ("", "Write a few words"),
    ],
)
def test_words_that_will_not_do_are_said_in_a_sentence(
    app: Flask, partnership: None, words: str, sentence: str
) -> None:
    refused = write(browser(app, MEMBER), words)
    assert refused.status_code == 422
    assert sentence in text_of(refused)
    with app.app_context():
        assert not db.session.scalars(sa.select(MemberProfile)).all()


def test_a_script_is_read_as_its_letters(app: Flask, partnership: None) -> None:
    write(browser(app, MEMBER), "<script>alert(1)</script>")
    publish(browser(app, EDITOR), id_of(app, "Nia"))
    page = client_of(app).get(PUBLIC).get_data(as_text=True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_a_photo_of_60_megabytes_is_refused_in_a_sentence(app: Flask, partnership: None) -> None:
    nia = browser(app, MEMBER)
    write(nia)
    size = {"CONTENT_LENGTH": str(60 * 1024 * 1024)}
    refused = nia.post(f"{OWN}/photo", data={"agrees_to_photo": "yes"}, environ_overrides=size)
    assert refused.status_code == 413
    assert "Files can have 15 MB at most." in text_of(refused)
    assert "I walk the footpaths." in text_of(nia.get(OWN))


def test_what_is_no_photo_is_refused_on_the_page(app: Flask, partnership: None) -> None:
    assert give_photo(browser(app, MEMBER), b"GIF89a, of sorts").status_code == 422


def test_an_editor_sends_it_back_with_a_sentence(app: Flask, partnership: None) -> None:
    nia, editor, page = browser(app, MEMBER), browser(app, EDITOR), f"{KEEP}/profiles/{id_of(app, 'Nia')}"
    write(nia, "I am the best.")
    seen = {"seen": editor.get(page).get_data(as_text=True).partition('name="seen" value="')[2].partition('"')[0]}
    assert editor.post(f"{page}/send-back", data=seen).status_code == 422
    assert editor.post(f"{page}/send-back", data={**seen, "why": "Say what you do."}).status_code == 302
    assert "Say what you do." in text_of(nia.get(OWN))
    assert "Change your public profile" in text_of(nia.get("/my/today"))
    assert "Read the profile" not in text_of(editor.get("/my/today"))
    write(nia, "I mend bikes.")
    assert "Read the profile of Nia" in text_of(editor.get("/my/today"))


def test_an_editor_publishes_only_what_they_have_read(app: Flask, partnership: None) -> None:
    nia, editor, page = browser(app, MEMBER), browser(app, EDITOR), f"{KEEP}/profiles/{id_of(app, 'Nia')}"
    write(nia)
    seen = editor.get(page).get_data(as_text=True).partition('name="seen" value="')[2].partition('"')[0]
    write(nia, "Something else.")
    refused = editor.post(f"{page}/publish", data={"seen": seen})
    assert refused.status_code == 409
    assert "changed this since you read it" in text_of(refused)
    assert "Something else." not in public_pages(app)


def test_nobody_else_reads_or_publishes_what_waits(app: Flask, partnership: None) -> None:
    nia, page = browser(app, MEMBER), f"{KEEP}/profiles/{id_of(app, 'Nia')}"
    write(nia, "Not yet.")
    give_photo(nia)
    for email, status in ((MEMBER, 403), (ABROAD, 404)):
        for address in (page, f"{page}/new-photo-400.jpg"):
            assert browser(app, email).get(address).status_code == status
        assert browser(app, email).post(f"{page}/publish", data={"seen": "3"}).status_code == status
    assert browser(app, AUDITOR).get(page).status_code == 200
    assert browser(app, AUDITOR).post(f"{page}/publish", data={"seen": "3"}).status_code == 403
    assert client_of(app).get(page).status_code == 302
    assert "Not yet." not in public_pages(app)
    assert browser(app, ORGANISER).get(OWN).status_code == 403


def test_who_ends_today_is_public_today_and_gone_tomorrow(app: Flask, partnership: None) -> None:
    nia, editor, nias = browser(app, MEMBER), browser(app, EDITOR), id_of(app, "Nia")
    write(nia)
    give_photo(nia)
    publish(editor, nias)
    day = {"last_on-day": str(today().day), "last_on-month": str(today().month), "last_on-year": str(today().year)}
    assert editor.post(f"{KEEP}/members/{nias}/end", data=day).status_code == 302
    photo = f"{PUBLIC}/members/{nias}/photo-400.jpg"
    assert "footpaths" in public_pages(app)
    assert client_of(app).get(photo).status_code == 200
    with time_machine.travel(now() + dt.timedelta(days=1)):
        assert "footpaths" not in public_pages(app)
        assert client_of(app).get(photo).status_code == 404
        assert "Nia, Community Ambassador, Trafford Council:" in text_of(client_of(app).get(f"{PUBLIC}/members"))
        assert "Nia" not in text_of(client_of(app).get(PUBLIC))
        app.test_cli_runner().invoke(args=["tidy"])
        assert number_of_photos(app) == 0
    with time_machine.travel(now() + dt.timedelta(days=367)):
        assert "Nia" not in public_pages(app)
        app.test_cli_runner().invoke(args=["tidy"])
    with app.app_context():
        assert db.session.scalars(sa.select(MemberProfile)).all() == []
        assert "Nia" not in {member_named(name).name for name in ("Marek", "Gwen Parry")}


def test_who_can_take_nothing_back_any_more_shows_nothing(app: Flask, partnership: None) -> None:
    write(browser(app, MEMBER))
    publish(browser(app, EDITOR), id_of(app, "Nia"))
    with writing(app):
        take_role(account(MEMBER), account(MEMBER).grants[0].id, account(ORGANISER))
    assert "footpaths" not in public_pages(app)
    assert "Nia" in public_pages(app)


@both_databases
def test_of_publishing_and_taking_back_at_once_nothing_stays_public(app: Flask, partnership: None) -> None:
    with writing(app):
        write_words(member_named("Nia"), "I walk.")
        seen = db.session.scalars(sa.select(MemberProfile)).one().version

    def take_back() -> None:
        with writing(app):
            withdraw_words(member_named("Nia"))

    def publish_it() -> None:
        try:
            with writing(app):
                publish_profile(member_named("Nia"), seen, account(EDITOR))
        except Refusal:
            pass

    together(publish_it, take_back)
    with app.app_context():
        profile = db.session.scalars(sa.select(MemberProfile)).one()
        assert (profile.words, profile.new_words, profile.words_agreed_on) == ("", "", None)
