"""The demonstration's open vote shows a picture for every bid, drawn by us, the same at every load."""

import re

from flask import Flask

from pbvote.db import db
from pbvote.demonstration.pictures import PICTURES
from pbvote.demonstration.projects import SALE
from pbvote.files.models import StoredFile
from pbvote.files.store import the_store
from pbvote.vote.events.service import event_called
from pbvote.vote.poll.paper import Paper
from tests.checked_client import CheckedClient
from tests.pages import browser, text_of


def test_every_bid_of_the_open_vote_has_a_picture_of_its_own(
    demonstration: None, app: Flask, client: CheckedClient
) -> None:
    with app.app_context():
        event = event_called("sale-2014")
        assert event
        lines = [line for line in Paper.of(event).lines if line.photo]
        photos, texts = [line.photo for line in lines if line.photo], [line.words("en").photo_text for line in lines]
        assert set(texts) == {picture.shows for picture in PICTURES.values()}
        assert the_store().missing(db.session.scalars(db.select(StoredFile.digest))) == []
    assert len({photo.digest for photo in photos}) == len(SALE) == 11
    for photo in photos:
        small = client.get(f"/photos/{photo.digest}-400.jpg")
        assert small.status_code == 200
        assert len(small.data) < 25_000
    for text in texts:
        assert re.fullmatch(r"[A-Z][^<>]{20,100}\.", text)


def test_nothing_that_a_voter_of_the_open_vote_reads_or_hears_is_left_in_english(
    demonstration: None, app: Flask, client: CheckedClient
) -> None:
    with app.app_context():
        event = event_called("sale-2014")
        assert event
        lines = Paper.of(event).lines
    for language in ("pl", "ur", "ar"):
        words = [line.words(language) for line in lines]
        assert not any(each.is_partly_english for each in words), language
        assert len({each.photo_text for each in words}) == len(SALE)
    organiser = browser(app, "olivia@council.example")
    page = text_of(organiser.get("/desk/events/sale-2014/translations"))
    assert page.count("11 of 11") == 3


def test_pictures_are_drawn_the_same_each_time() -> None:
    picture = PICTURES["Bikes for everyone"]
    assert picture.drawn() == picture.drawn()
