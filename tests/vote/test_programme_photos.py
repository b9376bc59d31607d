"""The bids' photos on the prints: each is there, says what it shows, and takes no room where there is none."""

import logging
import re
from pathlib import Path

import pytest
from flask import Flask

from pbvote.call.bids.models import BidState
from pbvote.files.pictures import read_photo
from pbvote.files.service import keep_photo
from pbvote.files.store import the_store
from pbvote.vote.events.service import load_running_order
from pbvote.vote.programme.prints import KINDS
from pbvote.vote.programme.publishing import publish_page
from tests.checked_client import CheckedClient
from tests.factories import an_event, sign_in, the_event, writing
from tests.files.samples import photo_file
from tests.paper import facts_of, pictures_in, words_on
from tests.vote.prints import a_print_photo, boxes_on, drawn, matter_of, photos_on

ALT = re.compile(rb"/Alt \((.*?)\)")


def an_event_with_photos(app: Flask, *, is_published: bool = True) -> str:
    """An event whose first and third bids have a photo; its slug."""
    with writing(app):
        event = an_event()
        load_running_order(event)
        for slot in event.running_order[::2]:
            slot.bid.photo = keep_photo(read_photo(photo_file()), None)
            slot.bid.photo_text = f"What bid {slot.number} shows"
        if is_published:
            publish_page(event)
        return event.slug


def printed(client: CheckedClient, slug: str, kind: str, language: str = "en") -> bytes:
    """The print as the desk gets it."""
    answer = client.get(f"/desk/events/{slug}/page/prints/{kind}?lang={language}")
    assert answer.status_code == 200
    return answer.get_data()


@pytest.mark.parametrize("kind", KINDS)
def test_each_photo_is_on_the_print_and_says_what_it_shows(
    app: Flask, client: CheckedClient, tmp_path: Path, kind: str
) -> None:
    slug = an_event_with_photos(app)
    sign_in(client, "organiser@council.example")
    pdf = printed(client, slug, kind)
    assert ALT.findall(pdf) == [b"What bid 1 shows", b"What bid 3 shows"]
    assert sum(map(len, photos_on(pdf))) == 2
    pages = pictures_in(pdf, tmp_path)
    assert pages == [1, 3] if kind == "cards" else len(pages) in {1, 2}


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_whose_file_is_missing_takes_no_room(
    app: Flask, client: CheckedClient, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    slug = an_event_with_photos(app)
    sign_in(client, "organiser@council.example")
    with app.app_context():
        event = the_event()
        load_running_order(event)
        photo = event.running_order[0].bid.photo
        assert photo
        the_store().delete(photo.small.digest, older_than=0)
    with caplog.at_level(logging.ERROR):
        assert b"/Alt" not in printed(client, slug, kind)
    assert "is not in the store" in caplog.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_photo_leaves_its_room_empty(app: Flask, kind: str) -> None:
    photo = a_print_photo(app)
    place = Path(app.config["FILES_DIR"]) / photo.digest[:2] / photo.digest
    place.write_bytes(b"no picture")
    pdf = drawn(app, kind, matter_of(2, photos=(photo,)))
    assert pdf.startswith(b"%PDF")
    assert b"/Alt" not in pdf


@pytest.mark.parametrize("kind", KINDS)
def test_the_desk_prints_photos_before_everybody_may_see_them(app: Flask, client: CheckedClient, kind: str) -> None:
    slug = an_event_with_photos(app, is_published=False)
    sign_in(client, "organiser@council.example")
    assert ALT.findall(printed(client, slug, kind)) == [b"What bid 1 shows", b"What bid 3 shows"]
    with writing(app):
        the_event().running_order[2].bid.state = BidState.WITHDRAWN
    assert ALT.findall(printed(client, slug, kind)) == [b"What bid 1 shows"]


def test_a_preview_shows_photos_at_the_desk_s_own_address_alone(app: Flask, client: CheckedClient) -> None:
    slug = an_event_with_photos(app, is_published=False)
    with app.app_context():
        event = the_event()
        load_running_order(event)
        digests = [slot.bid.photo.digest for slot in event.running_order if slot.bid.photo]
    sign_in(client, "organiser@council.example")
    page = client.get(f"/desk/events/{slug}/page/preview").get_data(as_text=True)
    sources = re.findall(r'<img[^>]* src="([^"]+)"', page)
    assert sources == ["/desk/bids/1/photo-400.jpg", "/desk/bids/3/photo-400.jpg"]
    assert [client.get(source).status_code for source in sources] == [200, 200]
    assert [client.get(f"/photos/{digest}-400.jpg").status_code for digest in digests] == [404, 404]


@pytest.mark.parametrize("kind", KINDS)
def test_photos_are_mirrored_where_words_run_from_right_to_left(app: Flask, kind: str) -> None:
    photo = a_print_photo(app, 300, 300)
    sides = {}
    for language in ("en", "ar"):
        pdf = drawn(app, kind, matter_of(1, language, photos=(photo,)))
        [box] = [box for page in photos_on(pdf) for box in page]
        sides[language] = box
    width = {"poster": 297, "booklet": 210, "handout": 210, "cards": 210}[kind]
    assert sides["ar"].left == pytest.approx(width - sides["en"].right, abs=0.1)


@pytest.mark.parametrize("kind", KINDS)
def test_a_bid_without_a_photo_is_printed_as_where_no_bid_has_one(app: Flask, tmp_path: Path, kind: str) -> None:
    photo = a_print_photo(app)

    def second(*photos: object) -> list[float]:
        """How far from the page's edge the words of the second bid begin."""
        matter = matter_of(2, photos=photos)  # type: ignore[arg-type]
        boxes = [box for *_, page in boxes_on(drawn(app, kind, matter), tmp_path) for box in page]
        return sorted({round(box.left, 1) for box in boxes if box.text == "Friends"})

    assert second(None, photo)[0] == second(None)[0]


def test_the_handout_of_twenty_bids_with_photos_has_two_sides(app: Flask, tmp_path: Path) -> None:
    photo = a_print_photo(app)
    for long in (False, True):
        pdf = drawn(app, "handout", matter_of(20, long=long, photos=(photo,)))
        pages = words_on(pdf, tmp_path)
        assert len(pages) <= 2
        assert min(word.size for page in pages for word in page) >= 7
        assert sum(map(len, photos_on(pdf))) == 20


@pytest.mark.parametrize("kind", KINDS)
def test_a_print_of_sixty_bids_with_photos_is_a_small_file(app: Flask, kind: str) -> None:
    photos = [a_print_photo(app, 400 - number, 300) for number in range(60)]
    folder = Path(app.config["FILES_DIR"])
    size = sum((folder / photo.digest[:2] / photo.digest).stat().st_size for photo in photos)
    pdf = drawn(app, kind, matter_of(60, photos=photos))
    assert len(pdf) < size + 400_000


def test_a_reader_hears_the_words_of_a_print_and_not_its_photos_alone(app: Flask, tmp_path: Path) -> None:
    pdf = drawn(app, "booklet", matter_of(1, photos=(a_print_photo(app),)))
    assert facts_of(pdf, tmp_path)["Tagged"] == "yes"
    assert pdf.count(b"/S /Figure") == 1
    assert pdf.count(b"/S /P") >= 12
    shown = [mark for mark in re.findall(rb"/S /(\w+)", pdf) if mark in {b"Figure", b"P"}]
    assert b"Figure" not in shown[:2]
