"""The pages with which a result can be checked: the bundle, the check numbers, the seal."""

import io
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.tally import Rule, TieKey
from pbvote.vote.count.models import Counted, Seal
from pbvote.vote.count.sealing import seal_words
from pbvote.vote.poll.closing import close_poll
from tests.checked_client import CheckedClient
from tests.factories import SCORE, an_event, count_with_two, the_event, writing
from tests.finished_polls import finish_poll, recount
from tests.hall import FIRST, SECOND, open_poll_codes, organiser_does, vote
from tests.stepping import take_step

RULE = Rule("greedy", ties=(TieKey.CHEAPER, TieKey.VOTES, TieKey.DRAW))
ADDRESSES = ("bundle.zip", "check-numbers", "seal")


def test_the_result_leads_to_a_bundle_that_fits(app: Flask, client: CheckedClient, tmp_path: Path) -> None:
    slug = finish_poll(app, SCORE, RULE)
    page = client.get(f"/results/{slug}").get_data(as_text=True)
    assert "Check it yourself" in page
    answer = client.get(f"/results/{slug}/bundle.zip")
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{slug}.zip"'
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    (tmp_path / "bundle.zip").write_bytes(answer.data)
    assert recount(tmp_path / "bundle.zip")[0] == 0


def test_the_bundle_is_sent_once_to_whoever_has_it(app: Flask, client: CheckedClient) -> None:
    slug = finish_poll(app, SCORE, RULE)
    tag = client.get(f"/results/{slug}/bundle.zip").headers["ETag"]
    again = client.get(f"/results/{slug}/bundle.zip", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert not again.data


def test_what_is_served_is_what_was_published(app: Flask, client: CheckedClient) -> None:
    slug = finish_poll(app, SCORE, RULE)
    before = client.get(f"/results/{slug}/bundle.zip").data
    with writing(app):
        db.session.execute(sa.update(Counted).values(voters=99))
    assert client.get(f"/results/{slug}/bundle.zip").data == before
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        assert "README.txt" in archive.namelist()


def test_before_the_publication_there_is_the_seal_and_nothing_of_the_outcome(app: Flask, client: CheckedClient) -> None:
    vote(app, [(5, 4, 1)] * 6)
    with app.app_context():
        slug = the_event().slug
    assert [client.get(f"/results/{slug}/{address}").status_code for address in ADDRESSES] == [404, 404, 404]
    count_with_two(client, slug)
    client.delete_cookie("session")
    assert [client.get(f"/results/{slug}/{address}").status_code for address in ADDRESSES] == [404, 404, 200]
    page = client.get(f"/results/{slug}/seal").get_data(as_text=True)
    with app.app_context():
        words = seal_words(the_event())
        digits = db.session.execute(sa.text("SELECT hash FROM ledger WHERE type = 'seal'")).scalar_one()
    assert len(words) == 6
    assert all(f"<span>{word}</span>" in page for word in words)
    assert all(f"<span>{digits[start : start + 8]}</span>" in page for start in range(0, 64, 8))
    assert "6 ballots are counted and sealed" in page
    assert 'href="/"' in page, "who is not signed in is led to the front page"
    assert "Take a photo of this page" in page
    for telling in (FIRST, SECOND, "Project of Group", "funded", "points"):
        assert telling not in page


@pytest.mark.parametrize("address", ADDRESSES)
def test_elections_of_other_cities_and_events_that_never_were_have_none(
    app: Flask, client: CheckedClient, address: str
) -> None:
    with writing(app):
        slug = an_event().slug
        db.session.execute(sa.text("UPDATE event SET poll = 'published'"))
    assert client.get(f"/results/{slug}/{address}").status_code == 404
    assert client.get(f"/results/nowhere/{address}").status_code == 404


def test_every_check_number_is_on_one_page_that_is_the_same_for_all(app: Flask, client: CheckedClient) -> None:
    slug = finish_poll(app, SCORE, RULE)
    answer = client.get(f"/results/{slug}/check-numbers")
    page = answer.get_data(as_text=True)
    with app.app_context():
        numbers = db.session.get_one(Seal, the_event().id).check_numbers
    assert len(numbers) == 9
    for number in numbers:
        assert f'data-number="{number}">{number[:4]} {number[4:]}<' in page
    assert "9 ballots were counted" in page
    assert "Set-Cookie" not in answer.headers
    # There is nothing to send: the field has no name and stands in no form.
    field = page[page.index("data-looks-up") : page.index("</output>")]
    assert "<form" not in field
    assert " name=" not in field


def test_without_a_ballot_there_is_nothing_to_look_up(app: Flask, client: CheckedClient) -> None:
    open_poll_codes(app)
    organiser_does(app, close_poll)
    with app.app_context():
        slug = the_event().slug
    count_with_two(client, slug)
    assert take_step(client, f"/desk/events/{slug}/publish").status_code == 302
    page = client.get(f"/results/{slug}/check-numbers").get_data(as_text=True)
    assert "0 ballots were counted" in page
    assert "data-looks-up" not in page
    assert client.get(f"/results/{slug}/bundle.zip").status_code == 200
