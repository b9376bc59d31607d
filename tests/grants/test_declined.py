"""Money that a group did not take: who would be next by the count, and an organiser who is told and decides."""

import re

import pytest
from flask import Flask

from pbvote.call.bids.models import Bid
from pbvote.call.checking.interests import declare_interest
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
from tests.conftest import both_databases
from tests.factories import an_event, cast, count_closed, the_event, writing
from tests.grants.accepting import accepted
from tests.grants.decided import ORGANISER, later, outbox, send
from tests.grants.deciding import DECISION, make_awards
from tests.hall import organiser_does
from tests.pages import browser, text_of
from tests.together import together

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
    organiser_does(app, make_awards)
    return browser(app, ORGANISER)


def test_whoever_belongs_to_the_next_in_line_does_not_offer_it_the_money(app: Flask) -> None:
    desk = a_result(app, (3_000_00, 2_000_00, 1_500_00))
    decline(app, 2)
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        declare_interest(db.session.get_one(Bid, 3), organiser, "its treasurer", organiser)
    refused = desk.post(f"{awards_page(app)}/next")
    assert refused.status_code == 409
    said = "You belong to Group 3, which bid for this money, so you decide nothing about it. No other organiser can do"
    assert said in text_of(refused)
    page = text_of(desk.get(awards_page(app)))
    assert said in page
    assert "Draft the offer to B-03" not in page
    kept = desk.post("/desk/awards/2/freed", data={"freed_reason": "It stays in Sale."})
    assert kept.status_code == 409
    assert said in text_of(kept)


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


def in_line(app: Flask) -> CheckedClient:
    """£2,000 were declined; the bids for £1,500 and for £400 are next. Their groups had heard that they had lost."""
    desk = a_result(app, (3_000_00, 2_000_00, 1_500_00, 400_00))
    decline(app, 2)
    return desk


def test_one_press_drafts_the_offer_to_the_next_in_line_and_it_is_sent_as_the_first_was(app: Flask) -> None:
    desk, address = in_line(app), awards_page(app)
    group = browser(app, "group3@group.example")
    assert "Residents did not choose it this time." in text_of(group.get("/my/bids/"))
    assert "Draft the offer to them" in text_of(desk.get(address))
    made = desk.post(address + "/next")
    assert made.status_code == 302
    letters_page = made.headers["Location"]
    page = text_of(desk.get(letters_page))
    assert "Group 2 declined. By the same votes and the same rule, the money goes to the next in line." in page
    assert "£100 of the declined money is left. It stays with the council." in page
    assert "Send 2 letters" in page
    assert desk.post(address + "/next").status_code == 409  # a draft waits
    assert send(desk, letters_page).status_code == 302
    subject, body = outbox(app)["group3@group.example"]
    assert subject == "Your grant: £1,500"
    assert "We wrote to you that residents of Sale did not choose “Project of Group 3” (B-03) this time." in body
    assert "Since then another group could not take its grant." in body
    assert "Group 2" not in body
    page = text_of(desk.get(address))
    assert "3 awards of £4,900 together" in page
    assert "Offered on" in page
    assert "is free in Sale" not in page + text_of(desk.get("/desk/"))
    assert "did not choose it" in text_of(group.get("/my/bids/"))  # for ten minutes more
    with later(11):
        assert "You have an offer." in text_of(group.get("/my/bids/"))
        assert "£1,500" in text_of(group.get("/my/awards/"))


def test_a_next_decision_that_is_called_back_leaves_the_money_free(app: Flask) -> None:
    desk, address = in_line(app), awards_page(app)
    letters_page = desk.post(address + "/next").headers["Location"]
    send(desk, letters_page)
    assert desk.post(f"{letters_page}/call-back").status_code == 302
    page = text_of(desk.get(address))
    assert "£2,000 is free in Sale" in page
    assert "1 award of £3,000 together" in page
    assert send(desk, desk.post(address + "/next").headers["Location"]).status_code == 302


@both_databases
def test_money_is_kept_or_offered_on_and_never_both(app: Flask) -> None:
    desk, address = in_line(app), awards_page(app)
    letters_page = desk.post(address + "/next").headers["Location"]
    seen = re.findall(r'name="seen" value="(\w+)"', desk.get(letters_page).get_data(as_text=True))[0]
    statuses: list[int] = []

    def press(path: str, **form: str) -> None:
        statuses.append(browser(app, ORGANISER).post(path, data=form).status_code)

    together(
        lambda: press(f"{letters_page}/send", seen=seen),
        lambda: press("/desk/awards/2/freed", freed_reason="It stays in Sale."),
    )
    assert sorted(statuses) == [302, 409]
    with app.app_context():
        award = service.award_of(2)
        assert award
        assert bool(award.freed_reason) is not bool(award.offered_on_id)
        offered = {each.bid.reference for each in service.awards_of(the_event()) if each.is_standing}
        assert offered == ({"B-01", "B-03", "B-04"} if award.offered_on_id else {"B-01"})


def test_nothing_is_offered_on_where_nothing_was_declined(app: Flask) -> None:
    desk = a_result(app, (3_000_00, 2_000_00, 1_500_00))
    refused = desk.post(awards_page(app) + "/next")
    assert refused.status_code == 409
    assert "No bid is next in line now" in text_of(refused)


@pytest.fixture
def grants(demonstration: None, app: Flask) -> CheckedClient:
    """The organiser of the demonstration."""
    return browser(app, "olivia@council.example")


def test_a_decline_leaves_twenty_seven_thousand_of_twenty_nine_in_every_figure(
    app: Flask, grants: CheckedClient
) -> None:
    address = "/desk/events/urmston-partington-2014/awards"
    [letters_page] = re.findall(r'href="(/desk/award-decisions/\d+)"', grants.get(address).get_data(as_text=True))
    assert send(grants, letters_page).status_code == 302
    assert "10 awards of £29,349.50 together" in text_of(grants.get(address))
    with app.app_context():
        standing = service.standing_awards()
        already = sum(award.award_pence for award in standing) - 29_349_50
        [award_id] = [award.id for award in standing if award.award_pence == 2_150_00]
    with later(11):
        with writing(app):
            award = service.award_of(award_id)
            assert award
            assert award.bid.group
            contact = award.bid.group.contacts[0].account
            accepted(award, contact)
            service.give_back(award, contact, "Our gardener has moved away.")
        assert "9 awards of £27,199.50 together" in text_of(grants.get(address))
        today_page = text_of(grants.get("/desk/"))
        assert "£2,150 is free in Urmston & Partington: decide" in today_page
        assert "Green Gym can’t do it: “Our gardener has moved away.”" in today_page
        assert "Green Gym" not in text_of(grants.get("/desk/monitoring/"))
        with app.app_context():
            assert sum(each.award_pence for each in service.standing_awards()) - already == 27_199_50


def test_the_demonstrations_decision_of_2014_is_on_record(grants: CheckedClient) -> None:
    page = grants.get("/desk/events/old-trafford-stretford-2014/awards")
    [decision] = re.findall(r'href="(/desk/award-decisions/\d+)"', page.get_data(as_text=True))
    record = text_of(grants.get(decision))
    assert "28 July 2014" in record
    assert "The council follows the residents’ vote." in record
    assert "not chosen" in record
    assert grants.post(f"{decision}/call-back").status_code == 409
    assert "Send the letters about Urmston & Partington decide" in text_of(grants.get("/desk/"))
