"""An event's translations: what is missing is counted, and many are taken in at once, or none."""

import pytest
from flask import Flask

from pbvote.call.bids.deciding import word_bid
from tests.checked_client import CheckedClient
from tests.factories import an_event, an_open_poll, sign_in, the_event, writing
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
