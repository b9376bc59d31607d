"""Money that a group did not take: who would be next by the count, and an organiser who is told and decides."""

import pytest
from flask import Flask

from pbvote.call.rounds.service import settle_share
from pbvote.db import db
from pbvote.grants.awards import declined, service
from pbvote.people.service import account_with_email
from pbvote.tally import Rule, TieKey
from pbvote.vote.count.outcome import outcome_of
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.factories import an_event, cast, count_closed, the_event, writing
from tests.grants.test_awards import DECISION, ORGANISER, decision
from tests.hall import organiser_does
from tests.pages import browser, text_of

HALF = Rule("greedy", ties=(TieKey.CHEAPER, TieKey.DRAW), part_funding_percent=50)


def a_result(app: Flask, asks: tuple[int, ...], rule: Rule | None = None, pot_pence: int = 5_000_00) -> CheckedClient:
    """The awards of a vote that liked the first bid best, then the second and so on; the organiser's browser."""
    with writing(app):
        event = an_event(asks, pot_pence=pot_pence)
        settle_share(event.share, {"cap_pence": pot_pence, **({"count_rule": rule} if rule else {})})
        slips = make_slips(event, 2, None, SlipState.LIVE)
        organiser = account_with_email(ORGANISER)
        assert organiser
        open_poll(event, organiser)
    with writing(app):
        for slip in slips:
            cast(slip.code, {f"B-{number:02d}": 6 - number for number in range(1, len(asks) + 1)})
    for verb in (close_poll, count_closed, publish_outcome):
        organiser_does(app, verb)
    desk = browser(app, ORGANISER)
    assert desk.post(awards_page(app), data=decision()).status_code == 302
    return desk


def awards_page(app: Flask) -> str:
    """The address of the event's awards."""
    with app.app_context():
        return f"/desk/events/{the_event().slug}/awards"


def decline(app: Flask, number: int) -> int:
    """The group with this number declines; the award's id."""
    with writing(app):
        award = next(each for each in service.awards_of(the_event()) if each.bid.reference == f"B-{number:02d}")
        assert award.bid.group
        service.decline_offer(award, award.bid.group.contacts[0].account)
        return award.id


def test_the_next_bid_that_fits_is_named_and_today_asks_for_a_decision(app: Flask) -> None:
    # £3,000 and £2,000 are funded; with the £2,000 back, the bid for £1,500 is next, and that for £400 fits as well.
    desk = a_result(app, (3_000_00, 2_000_00, 1_500_00, 400_00))
    assert "is free" not in text_of(desk.get("/desk/"))
    award_id = decline(app, 2)
    assert "£2,000 is free in Sale: decide" in text_of(desk.get("/desk/"))
    page = text_of(desk.get(awards_page(app)))
    assert "1 award of £3,000 together" in page
    assert "£2,000 is free in Sale" in page
    assert "B-03 Project of Group 3: £1,500" in page
    assert "B-04 Project of Group 4: £400" in page
    address = f"/desk/awards/{award_id}/freed"
    assert desk.post(address, data={"freed_reason": ""}).status_code == 422
    assert desk.post(address, data={"freed_reason": "It stays in Sale for next year."}).status_code == 302
    assert "is free" not in text_of(desk.get("/desk/"))
    page = text_of(desk.get(awards_page(app)))
    assert "It stays in Sale for next year." in page
    assert "is free" not in page
    assert desk.post(address, data={"freed_reason": "Once more"}).status_code == 409


def test_a_part_that_was_declined_goes_to_the_next_part_by_the_rule(app: Flask) -> None:
    # £3,000 is funded. £2,000 is left: half or more of £4,000 and of £3,500, and too little of £4,500.
    desk = a_result(app, (3_000_00, 4_000_00, 4_500_00, 3_500_00), HALF)
    decline(app, 2)
    page = text_of(desk.get(awards_page(app)))
    assert "£2,000 is free in Sale" in page
    assert "B-04 Project of Group 4: £2,000, a part of what it asked for" in page
    assert "B-03" not in page.split("is free in Sale")[1].split("Write it down")[0]


def test_where_nothing_fits_the_page_says_so(app: Flask) -> None:
    desk = a_result(app, (3_000_00, 2_000_00, 4_000_00))
    decline(app, 2)
    assert "no other bid fits into it" in text_of(desk.get(awards_page(app)))


def test_whoever_has_an_award_keeps_it_whatever_the_second_count_says(app: Flask) -> None:
    # By Equal Shares the second count may share the money out in another way.
    equal = Rule("equalshares/add1u", ties=(TieKey.CHEAPER, TieKey.LOT))
    desk = a_result(app, (2_000_00, 1_500_00, 1_400_00, 1_600_00), equal)
    with app.app_context():
        funded = {award.bid.reference for award in service.awards_of(the_event())}
    decline(app, 1)
    with app.app_context():
        outcome = outcome_of(the_event())
        assert outcome
        free = declined.free_money(the_event(), service.awards_of(the_event()), outcome)
        assert free
        assert free.pence == 2_000_00
        assert not funded & {line.bid.reference for line in free.in_line}
        assert sum(line.pence for line in free.in_line) <= 2_100_00
    assert desk.get(awards_page(app)).status_code == 200


def test_money_that_was_not_declined_is_not_decided_about(app: Flask) -> None:
    a_result(app, (3_000_00, 2_000_00))
    with writing(app):
        [award, _] = service.awards_of(the_event())
        with pytest.raises(declined.NothingFree):
            declined.decide_about(award, DECISION)
        db.session.rollback()
