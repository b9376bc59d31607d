"""What stands beside a result: how close each bid came, and what other rules would have funded."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.tally import closeness
from pbvote.vote.count import study
from pbvote.vote.count.models import Counted, StoredOutcome
from pbvote.vote.count.outcome import election_of
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.results.service import publish_outcome
from tests.checked_client import CheckedClient
from tests.conftest import AppMaker
from tests.factories import cast, count_closed, count_with_two, sign_in, the_event, writing
from tests.hall import open_poll_codes, organiser_does
from tests.pages import text_of
from tests.stepping import look_first, take_step

# £5,000 to share out; the bids ask for £4,000, £3,000 and £2,000.
MARKS = {"B-01": 5, "B-02": 4, "B-03": 1}


def counted(app: Flask, client: CheckedClient, voters: int = 6) -> str:
    """A closed poll that the organiser counted at the desk; its slug."""
    for code in open_poll_codes(app, voters):
        with writing(app):
            cast(code, MARKS)
    organiser_does(app, close_poll)
    sign_in(client, "organiser@council.example")
    with app.app_context():
        slug = the_event().slug
    count_with_two(client, slug)
    return slug


def test_the_count_says_how_close_every_other_bid_came(app: Flask, client: CheckedClient) -> None:
    page = text_of(look_first(client, f"/desk/events/{counted(app, client)}"))
    # 30 points against 24: with two more ballots of 5 points and 1 it is first, with one it is not.
    more = "2 more ballots with 5 points for this bid and 1 for each other would have been enough."
    assert f"{more} One fewer would not have been enough." in page
    assert "Asking for £2,000 less would have been enough." in page


def test_the_margin_stands_beside_the_outcome(app: Flask, client: CheckedClient) -> None:
    slug = counted(app, client)
    organiser_does(app, publish_outcome)
    # Every ballot puts the first bid ahead of the second by a point: only when all are gone does it lose its award.
    words = "6 fewer ballots could have changed an award. 5 fewer could not, whichever they were."
    assert words in client.get(f"/results/{slug}").get_data(as_text=True)


def test_what_other_rules_would_have_funded_is_marked_as_not_the_result(app: Flask, client: CheckedClient) -> None:
    slug = counted(app, client)
    look_first(client, f"/desk/events/{slug}")
    at_the_desk = client.get(f"/desk/events/{slug}/other-rules").get_data(as_text=True)
    assert "This is not the result." in at_the_desk
    assert "Equal Shares" in at_the_desk
    client.delete_cookie("session")
    assert client.get(f"/results/{slug}/other-rules").status_code == 404
    organiser_does(app, publish_outcome)
    public = client.get(f"/results/{slug}/other-rules").get_data(as_text=True)
    assert "Which bids each rule funds" in public
    assert "The result" in public


def test_with_very_few_voters_nothing_is_said_beside_the_awards(app: Flask, client: CheckedClient) -> None:
    slug = counted(app, client, voters=4)
    organiser_does(app, publish_outcome)
    assert client.get(f"/results/{slug}/other-rules").status_code == 404
    assert client.get(f"/results/{slug}/close/B-02").status_code == 404
    assert "would have been enough" not in client.get(f"/results/{slug}").get_data(as_text=True)


def test_in_a_city_closeness_is_worked_out_when_somebody_asks(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study, "MOST_BALLOTS", 0)
    slug = counted(app, client)
    organiser_does(app, publish_outcome)
    page = client.get(f"/results/{slug}").get_data(as_text=True)
    assert "would have been enough" not in page
    assert f'href="/results/{slug}/close/B-02"' in page
    assert "would have been enough" in client.get(f"/results/{slug}/close/B-02").get_data(as_text=True)
    assert client.get(f"/results/{slug}/close/B-01").status_code == 404  # it is funded
    assert client.get(f"/results/{slug}/close/B-99").status_code == 404


def test_while_one_bid_is_worked_out_nobody_can_make_the_server_work_out_another(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study, "MOST_BALLOTS", 0)
    slug = counted(app, client)
    organiser_does(app, publish_outcome)
    address, others = f"/results/{slug}/close/B-02", []
    asked_twice, readings = closeness, []

    def in_the_middle(*args: Any) -> Any:
        others.append(app.test_client().get(address))
        return asked_twice(*args)

    def reading(*args: Any, with_ballots: bool) -> Any:
        readings.append(with_ballots)
        return election_of(*args, with_ballots=with_ballots)

    monkeypatch.setattr(study, "closeness", in_the_middle)
    monkeypatch.setattr(study, "election_of", reading)
    assert "would have been enough" in client.get(address).get_data(as_text=True)
    [other] = others
    assert other.status_code == 503
    assert "We are working out another bid. Ask again in a few seconds." in other.get_data(as_text=True)
    assert client.get(address).status_code == 200
    # The ballots of a city take longer to read than the bid to work out: whoever was refused or comes later reads none.
    assert readings.count(True) == 1


def test_what_was_worked_out_for_one_database_answers_for_no_other(
    app: Flask, client: CheckedClient, make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study, "MOST_BALLOTS", 0)
    slug = counted(app, client)
    organiser_does(app, publish_outcome)
    address = f"/results/{slug}/close/B-02"
    assert "2 more ballots" in client.get(address).get_data(as_text=True)
    # The same rows by number, with other ballots: a database that was made again, or another council's.
    with writing(app):
        db.session.execute(sa.update(Counted).values(voters=21))
        db.session.execute(sa.update(StoredOutcome).values(counted_at=now() + dt.timedelta(microseconds=1)))
    for each in (app, make_app()):
        assert "6 more ballots" in each.test_client().get(address).get_data(as_text=True)


def test_a_count_that_was_cut_off_before_its_study_makes_it_up_when_published(
    app: Flask, client: CheckedClient
) -> None:
    for code in open_poll_codes(app, 6):
        with writing(app):
            cast(code, MARKS)
    for verb in (close_poll, count_closed):
        organiser_does(app, verb)
    with app.app_context():
        slug = the_event().slug
        assert study.study_of(the_event()) is None
    sign_in(client, "organiser@council.example")
    look_first(client, f"/desk/events/{slug}")
    assert "not been worked out yet" in client.get(f"/desk/events/{slug}/other-rules").get_data(as_text=True)
    assert take_step(client, f"/desk/events/{slug}/publish").status_code == 302
    assert "would have been enough" in client.get(f"/results/{slug}").get_data(as_text=True)
