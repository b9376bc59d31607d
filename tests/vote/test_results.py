"""From the closed poll to the public result, and the real elections of other cities. On both databases."""

import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.call.bids.deciding import withdraw_bid
from pbvote.db import begin_write, db
from pbvote.people.service import account_with_email
from pbvote.tally import Verdict
from pbvote.tally.pabulib import read_pabulib
from pbvote.vote.casting.service import AlreadyVoted, PollClosed
from pbvote.vote.count import outcome as service
from pbvote.vote.count.counting import agree_to_count
from pbvote.vote.count.models import Counted
from pbvote.vote.elections.importing import AlreadyImported, import_election
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import Ballot
from pbvote.vote.poll.service import OutOfTurn
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.results.view import OutcomeShown
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import cast, count_closed, count_with_two, sign_in, the_event, writing
from tests.hall import FIRST, SECOND, THIRD, open_poll_codes, organiser_does, vote
from tests.pages import client_of
from tests.stepping import look_first, take_step
from tests.tally.real import EXCEPTIONS, real_file, some_real_files


@both_databases
def test_the_count_groups_the_ballots_and_empties_the_box(app: Flask) -> None:
    vote(app, [(5, 4, 1), (5, 4, 1), (1, 2, 5)])
    organiser_does(app, count_closed)
    with app.app_context():
        counted = db.session.execute(sa.select(Counted.choices, Counted.voters).order_by(Counted.choices)).all()
        assert [tuple(row) for row in counted] == [
            ('{"B-01":1,"B-02":2,"B-03":5}', 1),
            ('{"B-01":5,"B-02":4,"B-03":1}', 2),
        ]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Ballot)) == 0
        outcome = service.outcome_of(the_event())
        assert outcome
        # £5,000: the first asks £4,000; the second's £3,000 no longer fits, nor does the third's £2,000.
        assert outcome.funded == (FIRST,)
        assert outcome.left == 1_000_00


@both_databases
def test_a_poll_is_counted_once_and_published_once(app: Flask) -> None:
    vote(app, [(5, 4, 1)])
    with pytest.raises(OutOfTurn):
        organiser_does(app, publish_outcome)
    organiser_does(app, count_closed)
    with pytest.raises(OutOfTurn):
        organiser_does(app, lambda event, organiser: agree_to_count(event, organiser, "witness 1", ""))
    organiser_does(app, publish_outcome)
    with pytest.raises(OutOfTurn):
        organiser_does(app, publish_outcome)


def test_an_open_poll_is_not_counted(app: Flask) -> None:
    open_poll_codes(app)
    with pytest.raises(OutOfTurn):
        organiser_does(app, count_closed)


@both_databases
def test_what_was_acknowledged_is_what_is_counted_when_the_poll_closes_in_the_middle(app: Flask) -> None:
    codes = open_poll_codes(app, 24)
    acknowledged: list[str] = []
    refused: list[str] = []

    def one_vote(code: str) -> None:
        try:
            with writing(app):
                cast(code, {FIRST: 5, SECOND: 1, THIRD: 1})
            acknowledged.append(code)
        except (PollClosed, AlreadyVoted):
            refused.append(code)

    threads = [threading.Thread(target=one_vote, args=(code,)) for code in codes]
    for number, thread in enumerate(threads):
        thread.start()
        if number == 12:
            closing = threading.Thread(target=organiser_does, args=(app, close_poll))
            closing.start()
        time.sleep(0.001)
    for thread in [*threads, closing]:
        thread.join()
    organiser_does(app, count_closed)
    with app.app_context():
        counted = db.session.scalar(sa.select(sa.func.sum(Counted.voters)))
    assert len(acknowledged) + len(refused) == len(codes)
    assert counted == len(acknowledged)


def test_a_withdrawn_bid_stays_on_the_ballot_and_gets_nothing(app: Flask) -> None:
    vote(app, [(5, 4, 1)] * 5)
    with writing(app):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        withdraw_bid(the_event().running_order[0].bid, organiser)
    organiser_does(app, count_closed)
    with app.app_context():
        shown = OutcomeShown.of(the_event())
        assert shown
        verdicts = {step.bid.reference: step.step.verdict for step in shown.steps}
        assert verdicts == {FIRST: Verdict.WITHDRAWN, SECOND: Verdict.FUNDED, THIRD: Verdict.FUNDED}


def test_a_tie_is_settled_by_the_rule_fixed_beforehand_and_said(app: Flask) -> None:
    # The usual list: of equals, the one that asks for less goes first.
    vote(app, [(5, 5, 1)] * 5)
    organiser_does(app, count_closed)
    with app.app_context():
        shown = OutcomeShown.of(the_event())
        assert shown
        # £4,000 and £3,000 have as many points; both don't fit into £5,000.
        assert shown.outcome.funded == (SECOND, THIRD)
        assert "asks for less goes first" in shown.steps[0].sentence


def test_nobody_sees_scores_before_the_count_and_nobody_but_organisers_before_it_is_public(
    app: Flask, client: CheckedClient
) -> None:
    vote(app, [(5, 4, 1)] * 6)
    with app.app_context():
        slug = the_event().slug
    organiser, public = f"/desk/events/{slug}/outcome", f"/results/{slug}"
    sign_in(client, "organiser@council.example")
    assert client.get(organiser).status_code == 409
    assert client.get(public).status_code == 404
    count_with_two(client, slug)
    assert "30 points" not in client.get(organiser).get_data(as_text=True)
    assert "30 points" in look_first(client, f"/desk/events/{slug}").get_data(as_text=True)
    assert client.get(public).status_code == 404
    assert take_step(client, f"/desk/events/{slug}/publish").status_code == 302
    client.delete_cookie("session")
    assert "30 points" in client.get(public).get_data(as_text=True)


def test_with_fewer_than_five_voters_only_the_awards_are_public(app: Flask, client: CheckedClient) -> None:
    vote(app, [(5, 4, 1)] * 4)
    organiser_does(app, count_closed)
    organiser_does(app, publish_outcome)
    with app.app_context():
        slug = the_event().slug
    page = client.get(f"/results/{slug}").get_data(as_text=True)
    assert "Project of Group 1" in page
    for total in ("20 points", "16 points", "4 points", ">20<", ">16<"):
        assert total not in page


@some_real_files
def test_each_real_election_imports_and_its_official_outcome_comes_out(app: Flask, name: str) -> None:
    file = read_pabulib(str(real_file(name)))
    with writing(app):
        imported = import_election(file)
        slug = imported.event.slug
    assert imported.official is None or imported.is_official is not (name in EXCEPTIONS or not imported.is_rule_known)
    page = client_of(app).get(f"/results/{slug}")
    assert page.status_code == 200
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.sum(Counted.voters))) == file.election.ballots.voters


def test_an_election_is_imported_once(app: Flask) -> None:
    file = read_pabulib(str(real_file("Poland_Warszawa_2017_Nowe_Wlochy")))
    with writing(app):
        import_election(file)
    with app.app_context():
        begin_write()
        with pytest.raises(AlreadyImported):
            import_election(file)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "META"),
        ("META\nkey;value\n", "line"),
        ("PK\x03\x04\x00\xff", "line"),
    ],
)
def test_a_bad_file_ends_the_command_with_a_reason(app: Flask, tmp_path: Path, content: str, complaint: str) -> None:
    bad = tmp_path / "bad.pb"
    bad.write_text(content)
    result = app.test_cli_runner().invoke(args=["import-election", str(bad)])
    assert result.exit_code == 2
    assert complaint in result.output
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Counted)) == 0
