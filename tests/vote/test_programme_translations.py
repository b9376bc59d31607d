"""An event's translations: what is missing is counted, and many are taken in at once, or none."""

import re

import pytest
from flask import Flask

from pbvote.call.attachments.service import set_photo
from pbvote.call.bids.deciding import word_bid
from pbvote.db import db
from pbvote.files.pictures import read_photo
from pbvote.vote.events.service import load_running_order
from pbvote.vote.programme.publishing import publish_page
from tests.checked_client import CheckedClient
from tests.factories import an_event, an_open_poll, sign_in, the_event, writing
from tests.files.samples import photo_file
from tests.pages import text_of

GOOD = '1\tOgród\tPodwyższone grządki.\nB-02\tBramki\t"Dwa ""ciężkie"" komplety,\nraz w tygodniu."\n\n'


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser before an event with three bids, the first of them in Polish."""
    with writing(app):
        event = an_event()
        word_bid(event.running_order[0].bid, "pl", "Stary tytuł", "Stary opis")
    sign_in(client, "organiser@council.example")
    return client


def address(app: Flask) -> str:
    """The page."""
    with app.app_context():
        return f"/desk/events/{the_event().slug}/translations"


def polish(app: Flask) -> list[str]:
    """The Polish titles in running order; "" where there is none."""
    with app.app_context():
        wordings = [slot.bid.wording("pl") for slot in the_event().running_order]
        return [wording.title if wording else "" for wording in wordings]


def test_what_is_missing_is_counted_and_given_out_to_be_translated(app: Flask, desk: CheckedClient) -> None:
    answer = desk.get(address(app))
    said = text_of(answer)
    assert "Polish 1 of 3 2 missing" in said
    assert "Arabic 0 of 3 3 missing" in said
    assert "Stary tytuł" in said
    assert "2\tProject of Group 2\tWhat we would do.\n" in answer.get_data(as_text=True)


def test_many_lines_are_taken_in_at_once(app: Flask, desk: CheckedClient) -> None:
    answer = desk.post(address(app), data={"language": "pl", "lines": f"Number\tTitle\tSummary\n{GOOD}"})
    assert answer.status_code == 302
    assert polish(app) == ["Ogród", "Bramki", ""]
    assert "The words of 2 bids are saved in Polish." in text_of(desk.get(address(app)))
    with app.app_context():
        wording = the_event().running_order[1].bid.wording("pl")
        assert wording
        assert wording.summary == 'Dwa "ciężkie" komplety, raz w tygodniu.'


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("9\tTytuł\tOpis", "Line 5: no bid has the number “9”"),
        ("\tTytuł\tOpis", "Line 5: no bid has the number “”"),
        ("3\tTytuł", "Line 5: it needs a number, a title and a summary, with a tab between them"),
        ("3 Tytuł Opis", "Line 5: no bid has the number “3 Tytuł Opis”"),
        ("3\t\tOpis", "Line 5: the title or the summary is empty"),
        ("3\t" + "x" * 81 + "\tOpis", "Line 5: the title has 81 characters, and 80 fit"),
        ("3\tTytuł\t" + "słowo " * 81, "Line 5: the summary has 81 words, and 80 fit"),
        ("1\tTytuł\tOpis", "Line 5: bid 1 is there twice"),
        ('3\tTytuł\t"' + "x" * 140_000, "is too long, or a quotation mark is not closed"),
    ],
)
def test_one_bad_line_is_named_and_nothing_is_taken_in(
    app: Flask, desk: CheckedClient, line: str, complaint: str
) -> None:
    answer = desk.post(address(app), data={"language": "pl", "lines": GOOD + line})
    assert answer.status_code == 422
    assert complaint in text_of(answer)
    assert "Podwyższone grządki." in text_of(answer), "what was pasted is still there"
    assert polish(app) == ["Stary tytuł", "", ""]


def test_every_bad_line_is_listed(app: Flask, desk: CheckedClient) -> None:
    answer = desk.post(address(app), data={"language": "ur", "lines": "8\ta\tb\n9\ta\tb\n"})
    for complaint in ("Line 1: no bid has the number “8”", "Line 2: no bid has the number “9”"):
        assert complaint in text_of(answer)


def test_a_language_is_needed_and_one_of_ours(app: Flask, desk: CheckedClient) -> None:
    for language in ("", "en", "xx"):
        assert desk.post(address(app), data={"language": language, "lines": GOOD}).status_code == 422
    assert desk.post(address(app), data={"language": "pl", "lines": " \n "}).status_code == 422


def test_once_voting_has_opened_the_words_stay(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        an_open_poll(1)
    sign_in(client, "organiser@council.example")
    assert "can’t change" in text_of(client.get(address(app)))
    assert client.post(address(app), data={"language": "pl", "lines": GOOD}).status_code == 409
    assert polish(app) == ["", "", ""]


def test_a_single_translation_leads_back_to_the_list(app: Flask, desk: CheckedClient) -> None:
    list_ = address(app)
    slug = list_.split("/")[3]
    form = f"/desk/bids/1/wording/pl?event={slug}"
    assert f'href="{list_}"' in desk.get(form).get_data(as_text=True)
    answer = desk.post(form, data={"title": "Nowy", "summary": "Opis"})
    assert answer.headers["Location"] == list_
    elsewhere = desk.post("/desk/bids/1/wording/pl?event=//evil.example", data={"title": "Nowy", "summary": "Opis"})
    assert elsewhere.headers["Location"] == "/desk/bids/1"


@pytest.fixture
def with_photo(app: Flask, desk: CheckedClient) -> CheckedClient:
    """The same, and the second bid has a photo."""
    with writing(app):
        event = the_event()
        load_running_order(event)
        set_photo(event.running_order[1].bid, read_photo(photo_file()), "Two goals on a field", None)
        publish_page(event)
    return desk


def shown(app: Flask, desk: CheckedClient, language: str) -> list[tuple[str, str]]:
    """The photo's words and their language, on the event's page and on the example of the ballot."""
    with app.app_context():
        slug, share_id = the_event().slug, the_event().share_id
    pages = (f"/events/{slug}?lang={language}", f"/desk/shares/{share_id}/as-a-resident?lang={language}")
    images = [re.search(r"<img[^>]*>", desk.get(page).get_data(as_text=True)) for page in pages]
    found = []
    for image in images:
        assert image
        alt, lang = re.search(r'alt="([^"]*)"', image[0]), re.search(r'lang="(\w+)"', image[0])
        found.append((alt[1] if alt else "", lang[1] if lang else ""))
    return found


def test_what_a_photo_shows_is_heard_in_the_page_s_language(app: Flask, with_photo: CheckedClient) -> None:
    assert shown(app, with_photo, "pl") == [("Two goals on a field", "en")] * 2
    page = with_photo.get(address(app)).get_data(as_text=True)
    assert "2\tProject of Group 2\tWhat we would do.\tTwo goals on a field\n" in page
    lines = "2\tBramki\tDwa komplety\tDwie bramki na boisku\n3\tRower\tNaprawa\t\n"
    assert with_photo.post(address(app), data={"language": "pl", "lines": lines}).status_code == 302
    assert shown(app, with_photo, "pl") == [("Dwie bramki na boisku", "")] * 2
    assert shown(app, with_photo, "ar") == [("Two goals on a field", "en")] * 2
    assert shown(app, with_photo, "en") == [("Two goals on a field", "")] * 2


def test_a_bid_whose_photo_s_words_are_missing_is_counted(app: Flask, with_photo: CheckedClient) -> None:
    assert "Polish 1 of 3 2 missing" in text_of(with_photo.get(address(app)))
    without = {"language": "pl", "lines": "2\tBramki\tDwa komplety\n3\tRower\tNaprawa"}
    assert with_photo.post(address(app), data=without).status_code == 302
    assert "Polish 2 of 3 1 missing" in text_of(with_photo.get(address(app)))
    words = {"title": "Bramki", "summary": "Dwa komplety", "photo_text": "Dwie bramki"}
    assert with_photo.post("/desk/bids/2/wording/pl", data=words).status_code == 302
    assert "Polish 3 of 3" in text_of(with_photo.get(address(app)))
    # A line that says nothing of the photo leaves its words as they are.
    assert with_photo.post(address(app), data=without).status_code == 302
    assert shown(app, with_photo, "pl")[0] == ("Dwie bramki", "")
    nothing = {"language": "pl", "lines": "3\tRower\tNaprawa\tKoło"}
    assert "Line 1: there is something after the summary" in text_of(with_photo.post(address(app), data=nothing))
    assert "What the photo shows" not in text_of(with_photo.get("/desk/bids/3/wording/pl"))


def test_other_words_for_a_photo_are_forgotten_with_it(app: Flask, with_photo: CheckedClient) -> None:
    for text, kept in (("Two goals on a field", "Dwie bramki"), ("Three goals", "")):
        with writing(app):
            bid = the_event().running_order[1].bid
            word_bid(bid, "pl", "Bramki", "Dwa komplety", "Dwie bramki")
            set_photo(bid, None, text, None)
            db.session.expire(bid)
            wording = bid.wording("pl")
            assert wording
            assert (wording.title, wording.photo_text) == ("Bramki", kept)
