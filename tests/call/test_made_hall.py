"""The made-up hall: the tally counts it, every ballot in it is complete, and the same numbers make the same hall."""

import pytest
from flask import Flask

from pbvote.access import Role
from pbvote.call.rounds.ballot_forms import HALL_RULES
from pbvote.call.rounds.breaking import USUAL_BALLOTS, trials
from pbvote.call.rounds.made_hall import MOST_VOTERS, ONE_GROUP, SHARE_PENCE, TEN_BIDS, Hall, election
from pbvote.call.rounds.ten_bids import VOTERS, worked_example
from pbvote.tally import BallotKind, Rule, TieKey
from tests.checked_client import CheckedClient
from tests.factories import a_locality, an_account, an_open_round, sign_in, writing
from tests.pages import text_of

HALF = SHARE_PENCE // 2
TIES = (TieKey.CHEAPER, TieKey.LOT)
BREAK = "/desk/shares/1/break-my-rule"


@pytest.mark.parametrize("kind", BallotKind)
def test_every_made_up_ballot_is_complete(kind: BallotKind) -> None:
    rules = USUAL_BALLOTS[kind].within(SHARE_PENCE)
    made = election(Hall(150, 60, HALF), rules)
    asks = {bid.ref: bid.ask for bid in made.bids}
    assert made.ballots.voters == 150
    assert [rules.faults(choices, asks) for choices, _ in made.ballots.choices() if rules.faults(choices, asks)] == []


def test_sixty_of_150_take_half_of_the_money_by_most_votes_and_nothing_by_equal_shares() -> None:
    ballot, rule = USUAL_BALLOTS[BallotKind.APPROVAL], Rule("greedy", TIES)
    own = trials(Hall(150, 60, HALF), ballot, rule)[0]
    by_rule = {attempt.rule.name: attempt for attempt in own.attempts}
    assert own.is_own
    assert by_rule["greedy"].is_own
    assert by_rule["greedy"].gets_pence == HALF
    assert len(by_rule["greedy"].pushed_out) == 5
    assert by_rule["equalshares/add1"].gets_pence == 0
    assert trials(Hall(150, 60, HALF), ballot, rule)[0] == own
    for trial in trials(Hall(150, 60, HALF), ballot, rule):
        for attempt in trial.attempts:
            assert attempt.gets_pence + attempt.others_pence <= SHARE_PENCE


def test_nobody_pushes_anybody_out_where_nobody_comes_for_one_group() -> None:
    for trial in trials(Hall(150, 0), USUAL_BALLOTS[BallotKind.SCORE], Rule("greedy", TIES)):
        assert [attempt.pushed_out for attempt in trial.attempts] == [()] * len(trial.attempts)


@pytest.mark.parametrize("name", HALL_RULES)
@pytest.mark.parametrize("kind", BallotKind)
def test_the_worked_example_tells_of_every_bid_and_adds_up(kind: BallotKind, name: str) -> None:
    example = worked_example(USUAL_BALLOTS[kind], Rule(name, ties=(TieKey.CHEAPER, TieKey.VOTES, TieKey.DRAW)))
    assert sorted(turn.title for turn in example.turns) == sorted(bid.title for bid in TEN_BIDS)
    assert sum(turn.ask_pence for turn in example.turns if turn.is_funded) == example.spent_pence <= SHARE_PENCE
    assert all(turn.sentence.startswith("Funded") is turn.is_funded for turn in example.turns)
    assert example.voters == VOTERS


def test_a_hall_that_can_not_be_is_refused() -> None:
    for voters, for_one in [(0, 0), (10, 11), (MOST_VOTERS + 1, 0)]:
        with pytest.raises(ValueError, match="A hall has"):
            Hall(voters, for_one)


def test_the_page_tries_every_ballot_by_every_rule(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
        an_open_round()
    sign_in(client, "organiser@council.example")
    page = text_of(client.get(BREAK))
    assert page.count("The one group gets") == 6 * 5
    assert f"Hardly anybody likes “{ONE_GROUP.title}” but its friends" in page
    assert "Your rule" in page
    for query, complaint in [
        ("voters=10&for_one=11&asks_pence=500", "No more people can come for one group than vote"),
        ("voters=4000&for_one=1&asks_pence=500", "400 or less"),
        ("voters=&for_one=1&asks_pence=500", "Enter how many people vote"),
        ("voters=10&for_one=1&asks_pence=20,000", "£10,000 or less"),
    ]:
        refused = client.get(f"{BREAK}?{query}")
        assert refused.status_code == 422
        assert complaint in text_of(refused)
