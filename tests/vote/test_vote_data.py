"""A result as open data: as much as was promised beforehand, and nothing before it is published."""

import csv
import io
from pathlib import Path

import pytest
from flask import Flask

from pbvote.tally import BallotRules, Rule
from tests.bundles import DRAWN, contents
from tests.checked_client import CheckedClient
from tests.factories import APPROVAL, SCORE, the_event
from tests.finished_polls import bundle_file, finish_poll
from tests.pabulib_checker import errors_in
from tests.pages import text_of

FILES = ("data", "bids.csv", "bids.xlsx", "votes.pb", "bundle.zip")


def address(app: Flask, file: str) -> str:
    """One of the files of the event."""
    with app.app_context():
        return f"/results/{the_event().slug}/{file}"


def test_before_the_publication_every_address_is_as_if_there_were_nothing(app: Flask, client: CheckedClient) -> None:
    finish_poll(app, SCORE, Rule("greedy", ties=DRAWN), is_published=False)
    for file in FILES:
        sealed, nothing = client.get(address(app, file)), client.get(f"/results/nothing-at-all/{file}")
        assert sealed.status_code == nothing.status_code == 404
        assert text_of(sealed) == text_of(nothing)
    assert "Votes" not in text_of(client.get("/open"))


@pytest.mark.parametrize(
    ("rules", "whole", "voters", "said"),
    [
        (APPROVAL, True, 9, "it was said that whole ballots are published"),
        (SCORE, False, 9, "it was said that whole ballots stay secret"),
        (SCORE, True, 4, "So few voted"),
    ],
    ids=["ballots", "marks", "awards"],
)
def test_it_holds_what_was_promised(
    app: Flask, client: CheckedClient, tmp_path: Path, rules: BallotRules, whole: bool, voters: int, said: str
) -> None:
    finish_poll(app, rules, Rule("greedy", ties=DRAWN), 1, voters, whole=whole)
    page = text_of(client.get(address(app, "data")))
    assert said in page
    has_totals, has_ballots = voters > 4, whole and voters > 4
    bids = list(csv.DictReader(io.StringIO(client.get(address(app, "bids.csv")).get_data(as_text=True)[1:])))
    counted = "Votes" if rules is APPROVAL else "Points"
    assert [bid["Number"] for bid in bids] == [str(number) for number in range(1, len(bids) + 1)]
    assert {bid["Funded"] for bid in bids} == {"Yes", "No"}
    assert all((counted in bid) is ("What became of it" in bid) is has_totals for bid in bids)
    assert all((bid["Funded"] == "Yes") is (bid["What became of it"] == "Funded") for bid in bids if has_totals)
    ballots = client.get(address(app, "votes.pb"))
    assert ballots.status_code == (200 if has_ballots else 404)
    assert ("votes.pb" in page) is has_ballots
    if has_ballots:
        text = ballots.get_data(as_text=True)
        assert errors_in(text) == {}
        assert text == contents(bundle_file(app, tmp_path))["votes.pb"]
        assert all(f"{bid['Reference']};" in text for bid in bids)
        again = client.get(address(app, "votes.pb"), headers={"If-None-Match": ballots.headers["ETag"]})
        assert again.status_code == 304
    assert client.get(address(app, "bids.pdf")).status_code == 404
    assert f'href="{address(app, "data")}"' in client.get("/open").get_data(as_text=True)
