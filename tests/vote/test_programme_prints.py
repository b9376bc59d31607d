"""The prints of an event, read back: everything is on them, nothing overflows, no two texts overlap."""

from dataclasses import replace
from itertools import islice, takewhile
from pathlib import Path

import pytest
from flask import Flask

from pbvote.vote.programme.prints import KINDS
from pbvote.vote.programme.publishing import publish_page
from tests.checked_client import CheckedClient
from tests.factories import an_event, sign_in, the_event, writing
from tests.paper import POINTS_IN_MM, codes_on, facts_of, rendered, text_of, words_on
from tests.vote.prints import a_print_photo, boxes_on, drawn, matter_of, photos_on

LANGUAGES = ("en", "pl", "ur", "ar")
NUMBER = 60


@pytest.mark.parametrize("long", [False, True], ids=["usual", "long"])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_overflows_and_nothing_overlaps(
    app: Flask, tmp_path: Path, kind: str, language: str, long: bool
) -> None:
    photos = (a_print_photo(app), None, a_print_photo(app, 300, 400))
    for bids in (1, 11, NUMBER):
        pdf = drawn(app, kind, matter_of(bids, language, long=long, photos=photos))
        pages = zip(boxes_on(pdf, tmp_path), photos_on(pdf), strict=True)
        for (width, height, boxes), seen in pages:
            assert all(photo.left >= 11 and photo.right <= width - 11 for photo in seen)
            assert all(photo.top >= 11 and photo.bottom <= height - 11 for photo in seen)
            assert not [box.text for box in boxes for photo in seen if box.is_on(photo)]
            assert all(box.left >= 5 and box.right <= width - 5 for box in boxes)
            assert all(box.core[0] >= 5 and box.core[1] <= height - 5 for box in boxes)
            rows = sorted(boxes, key=lambda box: box.top)
            for place, box in enumerate(rows):
                near = takewhile(lambda other: other.top < box.bottom, islice(rows, place + 1, None))  # noqa: B023
                touching = [other.text for other in near if box.overlaps(other)]
                assert not touching, (kind, bids, box.text, touching)


@pytest.mark.parametrize("kind", KINDS)
def test_every_bid_is_there_with_all_its_words(app: Flask, tmp_path: Path, kind: str) -> None:
    matter = matter_of(NUMBER)
    items = tuple(
        replace(item, title=f"Title{item.number}", group=f"Group{item.number}", summary=f"Summary{item.number} end.")
        for item in matter.items
    )
    pages = words_on(drawn(app, kind, replace(matter, items=items)), tmp_path)
    said = [word.text for page in pages for word in page]
    for number in range(1, NUMBER + 1):
        assert said.count(f"Title{number}") == 1
        assert said.count(f"Group{number}") == 1
        assert said.count(f"Summary{number}") == (kind in {"handout", "booklet"})
        assert str(number) in said
    assert said.count("£3,999.99") == NUMBER


def test_twenty_long_bids_fit_on_the_two_sides_of_a_handout(app: Flask, tmp_path: Path) -> None:
    pages = words_on(drawn(app, "handout", matter_of(20, long=True)), tmp_path)
    assert len(pages) == 2
    assert min(word.size for page in pages for word in page) >= 7


def test_a_handout_of_one_page_does_not_count_its_pages(app: Flask, tmp_path: Path) -> None:
    one, two = (text_of(words_on(drawn(app, "handout", matter_of(bids)), tmp_path)[0]) for bids in (3, 40))
    assert "1/1" not in one
    assert "1/2" in two


def test_nothing_in_the_booklet_is_smaller_than_eighteen_points(app: Flask, tmp_path: Path) -> None:
    for language in LANGUAGES:
        sizes = {
            box.bottom - box.top
            for *_, boxes in boxes_on(drawn(app, "booklet", matter_of(5, language)), tmp_path)
            for box in boxes
        }
        # The lowest letters' box is as tall as a line of 18 points of Noto Sans, or of its Arabic sister.
        assert min(sizes) >= 18 / POINTS_IN_MM * 1.3


def test_a_number_on_a_table_card_is_read_across_a_hall(app: Flask, tmp_path: Path) -> None:
    pages = words_on(drawn(app, "cards", matter_of(12)), tmp_path)
    assert len(pages) == 12
    for number, page in enumerate(pages, 1):
        assert next(word for word in page if word.text == str(number)).size > 100


@pytest.mark.parametrize(
    ("kind", "width", "height"),
    [
        ("poster", 297, 420),
        ("handout", 210, 297),
        ("booklet", 210, 297),
        ("cards", 210, 148),
    ],
)
def test_each_print_has_its_paper(app: Flask, tmp_path: Path, kind: str, width: int, height: int) -> None:
    for wide, high, _ in boxes_on(drawn(app, kind, matter_of(3)), tmp_path):
        assert (round(wide), round(high)) == (width, height)


@pytest.mark.parametrize("kind", ["poster", "handout"])
def test_a_phone_that_scans_it_reads_more(app: Flask, tmp_path: Path, kind: str) -> None:
    [code] = codes_on(rendered(drawn(app, kind, matter_of(11)), tmp_path)[0])
    assert code.text == "https://votes.trafford.example/events/sale-2014"


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Poster of Sale decides"),
        ("pl", "Plakat: Sale decides"),
        ("ur", "پوسٹر: Sale decides"),
    ],
)
def test_a_print_names_its_title_and_language(app: Flask, tmp_path: Path, language: str, title: str) -> None:
    pdf = drawn(app, "poster", matter_of(3, language))
    assert facts_of(pdf, tmp_path)["Title"] == title
    assert f"/Lang ({language})".encode() in pdf


def test_a_poster_runs_from_right_to_left_in_arabic(app: Flask, tmp_path: Path) -> None:
    def numbers(language: str) -> list[float]:
        page = words_on(drawn(app, "poster", matter_of(9, language)), tmp_path)[0]
        return [word.x for word in page if word.text in {"3", "4", "8", "9"} and word.size > 30]

    assert numbers("en")
    assert max(numbers("en")) < 148 < min(numbers("ar"))


def test_poster_and_handout_are_public_with_the_page_and_the_rest_is_the_desks(
    app: Flask, client: CheckedClient, tmp_path: Path
) -> None:
    with writing(app):
        event = an_event()
        publish_page(event)
        slug = event.slug
    for kind in ("poster", "handout"):
        answer = client.get(f"/events/{slug}/{kind}.pdf?lang=pl")
        assert answer.mimetype == "application/pdf"
        assert ["Project", "of", "Group", "2"][0] in text_of(words_on(answer.data, tmp_path)[0])
    assert client.get(f"/events/{slug}/booklet.pdf").status_code == 404
    sign_in(client, "organiser@council.example")
    for kind in KINDS:
        for language in LANGUAGES:
            answer = client.get(f"/desk/events/{slug}/page/prints/{kind}?lang={language}")
            assert answer.data.startswith(b"%PDF"), (kind, language)
            assert f"/Lang ({language})".encode() in answer.data


def test_a_print_follows_what_changes(app: Flask, client: CheckedClient, tmp_path: Path) -> None:
    with writing(app):
        event = an_event()
        publish_page(event)
        slug = event.slug
    before = client.get(f"/events/{slug}/poster.pdf").data
    with writing(app):
        the_event().running_order[0].bid.title = "Something else"
    after = client.get(f"/events/{slug}/poster.pdf").data
    assert "Something" not in text_of(words_on(before, tmp_path)[0])
    assert "Something else" in text_of(words_on(after, tmp_path)[0])
