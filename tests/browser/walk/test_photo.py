"""A bid's photo, chosen on a 360 px phone: what is refused says so beside its box, and nothing else is lost."""

import io
import re

import pytest
import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import expect

from pbvote.call.bids.models import Bid
from pbvote.call.rounds.models import Share
from pbvote.db import db
from pbvote.files.pictures import MOST_BYTES
from tests.browser.conftest import check_accessible
from tests.browser.voter import sign_in
from tests.browser.walk.people import Council
from tests.browser.walk.phone import Phone
from tests.factories import a_bid, writing
from tests.files.samples import SVG, heic_file, huge_png, is_upright, photo_file

SHOWS, OTHER_WORDS = "Six neighbours plant herbs.", "Seven neighbours plant herbs."
TOO_LARGE = "This file is larger than 15 MB. Choose a smaller one"
NO_PHOTO = "This file is not a photo. Choose a JPEG, PNG, WebP or HEIC picture"
DAMAGED = "This file is damaged or was cut short. Save it again, or choose another"
TOO_MANY = "This picture has far too many pixels. Make it smaller: 50 million pixels at most"


@pytest.fixture
def ann(council: Council) -> Phone:
    """The phone of a bid's contact, at the page for its photo."""
    with writing(council.app):
        bid = a_bid(db.session.scalars(sa.select(Share)).one())
        files = f"/my/bids/{bid.id}/files"
    phone = Phone(council, "growers@group.example")
    sign_in((council.app, council.address), phone.page, phone.email)
    phone.goes_to(files)
    return phone


def words_kept(council: Council) -> str:
    """What the stored photo is said to show; "" where there is none."""
    with council.app.app_context():
        bid = db.session.scalars(sa.select(Bid)).one()
        return bid.photo_text if bid.photo_id else ""


def test_what_an_iphone_takes_stands_upright(council: Council, ann: Phone) -> None:
    ann.gives_photo("IMG_0042.HEIC", "image/heic", heic_file(orientation=6), SHOWS)
    ann.reads("The photo and its words are saved.")
    shown = ann.page.get_by_role("img", name=SHOWS)
    shown.scroll_into_view_if_needed()  # a photo is loaded once it is near, and `decode()` would wait for ever
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("photo => photo.naturalWidth > photo.naturalHeight")
    assert is_upright(Image.open(io.BytesIO(ann.downloads(shown.get_attribute("src") or ""))))
    check_accessible(ann.page)


def test_what_is_no_photo_is_refused_beside_its_box_and_the_rest_is_kept(council: Council, ann: Phone) -> None:
    ann.gives_photo("IMG_0001.jpg", "image/jpeg", photo_file(), SHOWS)
    box = ann.page.locator("input[name=photo]")
    for name, kind, content, sentence in (
        ("photo.png", "image/png", SVG, NO_PHOTO),
        ("IMG_0002.jpg", "image/jpeg", photo_file()[:2000], DAMAGED),
        ("map.png", "image/png", huge_png(), TOO_MANY),
    ):
        ann.gives_photo(name, kind, content, OTHER_WORDS)
        expect(ann.page.locator(".govuk-form-group--error", has=box)).to_contain_text(sentence)
        expect(box).to_have_accessible_description(re.compile(re.escape(sentence)))
        expect(ann.page.locator("[name=text]")).to_have_value(OTHER_WORDS)
        expect(ann.page.get_by_role("img", name=SHOWS)).to_be_visible()
        ann.page.get_by_role("link", name=sentence).click()
        expect(box).to_be_focused()
    check_accessible(ann.page)
    assert words_kept(council) == SHOWS


def test_a_photo_that_is_too_large_is_not_even_sent(council: Council, ann: Phone) -> None:
    ann.page.clock.install()
    sent: list[str] = []
    ann.page.on("request", lambda request: sent.append(request.method))
    box = ann.page.locator("input[name=photo]")
    box.set_input_files({"name": "IMG_0003.jpg", "mimeType": "image/jpeg", "buffer": bytes(MOST_BYTES + 1)})
    ann.types(text=SHOWS)
    expect(ann.page.locator(".govuk-form-group--error", has=box)).to_contain_text(TOO_LARGE)
    ann.page.get_by_role("button", name="Save the photo").click()
    expect(box).to_be_focused()
    expect(box).to_have_accessible_description(re.compile(TOO_LARGE))
    expect(ann.page.locator("[name=text]")).to_have_value(SHOWS)
    check_accessible(ann.page)
    assert sent == []
    ann.page.clock.fast_forward(1100)  # for a second the button takes no second press
    ann.gives_photo("IMG_0004.jpg", "image/jpeg", photo_file(), SHOWS)
    ann.reads("The photo and its words are saved.")
    assert words_kept(council) == SHOWS
