"""Awards: made once, of a published result, and moved on step by step by whose step it is."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy import orm
from werkzeug.test import TestResponse

from pbvote.access import Role
from pbvote.call.bids.models import Bid, BidState
from pbvote.call.checking.checklist import USUAL_QUESTIONS, set_rules
from pbvote.call.checking.interests import declare_interest
from pbvote.call.checking.models import GroupLetter
from pbvote.call.rounds.grant_rules import GrantRules
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.service import settle_share
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.filters import day as day_in_words
from pbvote.grants.awards import service
from pbvote.grants.awards.models import Award, AwardState
from pbvote.mail.models import LetterState
from pbvote.people.service import account_with_email
from pbvote.tally import Rule, TieKey
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import an_account, an_event, an_open_poll, cast, count_closed, the_event, writing
from tests.grants.deciding import DECISION, make_awards
from tests.hall import organiser_does
from tests.outbox import letters
from tests.pages import browser, client_of, text_of
from tests.together import together

SECOND = "second@council.example"
ORGANISER = "organiser@council.example"


def result(app: Flask, *, is_published: bool = True) -> str:
    """An event whose £5,000 went to bids 2 and 3 (£3,000 and £2,000); the address of its awards."""
    with writing(app):
        _, slips = an_open_poll(2)
        for slip in slips:
            cast(slip.code, {"B-01": 1, "B-02": 5, "B-03": 4})
        slug = the_event().slug
    for verb in (close_poll, count_closed, *([publish_outcome] if is_published else [])):
        organiser_does(app, verb)
    return f"/desk/events/{slug}/awards"


def decision(day: dt.date | None = None, reason: str = DECISION) -> dict[str, str]:
    """The decision form, filled in."""
    decided = day or today()
    parts = {"day": decided.day, "month": decided.month, "year": decided.year}
    record = {"decided_by": "The Executive", "reason": reason, "alternatives": "Waiting.", "interests": "None"}
    return {f"decided_on-{part}": str(value) for part, value in parts.items()} | record


def awards(app: Flask) -> dict[str, tuple[int, AwardState]]:
    """Each award's pence and state by its bid's reference."""
    with app.app_context():
        found = db.session.scalars(sa.select(Award).options(orm.joinedload(Award.bid)).order_by(Award.id))
        return {award.bid.reference: (award.award_pence, award.state) for award in found}


def drafted(app: Flask, address: str) -> tuple[CheckedClient, str]:
    """The organiser, who has just written the decision down; the address of its letters."""
    desk = browser(app, ORGANISER)
    saved = desk.post(f"{address}/decision", data=decision())
    assert saved.status_code == 302
    return desk, saved.headers["Location"]


def send(desk: CheckedClient, letters_page: str) -> TestResponse:
    """Read the letters and press the button below them."""
    page = desk.get(letters_page).get_data(as_text=True)
    return desk.post(f"{letters_page}/send", data={"seen": re.findall(r'name="seen" value="(\w+)"', page)[0]})


@contextmanager
def later(minutes: int) -> Iterator[None]:
    """So many minutes from now."""
    with time_machine.travel(now() + dt.timedelta(minutes=minutes), tick=False):
        yield


def made(app: Flask) -> CheckedClient:
    """The organiser, whose awards were made an hour ago."""
    result(app)
    organiser_does(app, make_awards)
    return browser(app, ORGANISER)


def outbox(app: Flask) -> dict[str, tuple[str, str]]:
    """Subject and text of the newest letter to each address."""
    with app.app_context():
        return {letter.recipient: (letter.subject, letter.body) for letter in reversed(letters())}


def test_a_decision_is_written_down_and_read_as_letters_before_anybody_hears(app: Flask) -> None:
    address = result(app)
    before = outbox(app)
    desk, page_address = drafted(app, address)
    page = text_of(desk.get(page_address))
    assert "Nobody knows of this yet." in page
    assert "Offered all that they asked for: 2" in page
    assert "Not chosen: 1" in page
    assert "2, £5,000 together" in page
    assert "Good news: residents of Sale chose “Project of Group 2” (B-02). The council offers Group 2 £3,000." in page
    assert "We are sorry: residents of Sale did not choose it this time." in page
    assert "Send 3 letters" in page
    for said in (DECISION, "The Executive", "Waiting.", "None"):
        assert said in page
    assert awards(app) == {}
    assert outbox(app) == before
    assert "The decision is written down. Nobody knows of it yet." in text_of(desk.get(address))
    assert "Send the letters about Sale decides" in text_of(desk.get("/desk/"))


def test_the_letters_are_sent_together_and_groups_know_after_ten_minutes(app: Flask) -> None:
    address = result(app)
    desk, page_address = drafted(app, address)
    winner, loser = browser(app, "group2@group.example"), browser(app, "group1@group.example")
    pages = [(winner, "/my/bids/"), (winner, "/my/awards/"), (loser, "/my/bids/")]
    known = [text_of(group.get(path)) for group, path in pages]
    assert send(desk, page_address).status_code == 302
    assert awards(app) == {"B-02": (3_000_00, AwardState.OFFERED), "B-03": (2_000_00, AwardState.OFFERED)}
    assert "2 awards of £5,000 together" in text_of(desk.get(address))  # the money is bound from now on
    assert [text_of(group.get(path)) for group, path in pages] == known
    for verb in ("accept", "decline"):
        assert winner.post(f"/my/awards/1/{verb}").status_code == 404
    with app.app_context():
        assert all(letter.not_before and letter.not_before > now() for letter in letters()[:3])
    with later(11):
        assert "£3,000" in text_of(winner.get("/my/awards/"))
        assert "You have an offer. Accept or decline it under My grants." in text_of(winner.get("/my/bids/"))
        lost = text_of(loser.get("/my/bids/"))
        assert "Residents did not choose it this time." in lost
        assert "It is on the ballot" not in lost
        assert winner.post("/my/awards/1/accept").status_code == 302


def test_each_letter_says_what_its_group_needs_and_nothing_of_another(app: Flask) -> None:
    address = result(app)
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        set_rules(1, USUAL_QUESTIONS, organiser.id, "0161 496 0000")
        rules = GrantRules(ends_on=dt.date(2027, 7, 31), other_funds="The housing trust gives up to £300.")
        db.session.get_one(Round, 1).grant_rules = rules
    desk, page_address = drafted(app, address)
    send(desk, page_address)
    sent = outbox(app)
    subject, won = sent["group2@group.example"]
    assert subject == "Your grant: £3,000"
    for said in (
        "Dear Contact of Group 2,",
        "“What we would do.”",
        "Please spend the money by 31 July 2027.",
        "we ask for one page, with a figure for each line of your budget.",
        "Ring The organiser on 0161 496 0000.",
        "You need no password. It works once, within two days:",
        "/link#",
        "/sign-in/by-mail?next=/my/awards/",
    ):
        assert said in won, said
    assert "we ask for one page: what happened" in sent["group3@group.example"][1]
    subject, lost = sent["group1@group.example"]
    assert subject == "About your bid B-01"
    for said in (
        "Thank you for your bid “Project of Group 1” (B-01)",
        "The housing trust gives up to £300.",
        "Ring The organiser on 0161 496 0000.",
        f"/results/{slug_of(app)}",
    ):
        assert said in lost, said
    for other in ("Group 2", "Group 3", "B-02", "/link#"):
        assert other not in lost
    with app.app_context():  # two people voted, so a total would tell how they did
        assert "points" not in won + lost
        kept = db.session.scalars(sa.select(GroupLetter).where(GroupLetter.bid_id == 2).order_by(GroupLetter.id)).all()
        assert kept[-1].subject == "Your grant: £3,000"
        assert "/link#…" in kept[-1].words  # the code is in the letter alone


def test_where_enough_people_voted_each_group_reads_its_own_figures(app: Flask) -> None:
    with writing(app):
        _, slips = an_open_poll(6)
        for slip in slips:
            cast(slip.code, {"B-01": 1, "B-02": 5, "B-03": 4})
    for verb in (close_poll, count_closed, publish_outcome):
        organiser_does(app, verb)
    desk, page_address = drafted(app, f"/desk/events/{slug_of(app)}/awards")
    send(desk, page_address)
    sent = outbox(app)
    assert "Your bid got 30 points, the most in Sale." in sent["group2@group.example"][1]
    assert "Your bid got 24 points. That is place 2 of 3 in Sale." in sent["group3@group.example"][1]
    assert "Your bid got 6 points. That is place 3 of 3 in Sale." in sent["group1@group.example"][1]


def test_a_mailed_link_opens_the_offer_that_it_speaks_of(app: Flask) -> None:
    desk, page_address = drafted(app, result(app))
    send(desk, page_address)
    [code] = re.findall(r"/link#(\S+)", outbox(app)["group2@group.example"][1])
    with later(11):
        phone = client_of(app)
        opened = phone.post("/link", data={"code": code})
        assert opened.headers["Location"] == "/my/awards/#bid-2"
        page = phone.get("/my/awards/").get_data(as_text=True)
        assert 'id="bid-2"' in page
        assert "Accept the offer" in page


def test_called_back_within_ten_minutes_no_group_has_read_anything(app: Flask) -> None:
    address = result(app)
    desk, page_address = drafted(app, address)
    send(desk, page_address)
    assert desk.post(f"{page_address}/call-back").status_code == 302
    assert awards(app) == {}
    with app.app_context():
        assert {letter.state for letter in letters()[:3]} == {LetterState.CALLED_BACK}
        assert {letter.body for letter in letters()[:3]} == {""}
    page = desk.get(address)
    assert "These are the words of the decision that was called back." in text_of(page)
    assert 'value="The Executive"' in page.get_data(as_text=True)
    assert "Called back" in text_of(desk.get(page_address))
    assert desk.post(f"{page_address}/call-back").status_code == 409
    with later(11):
        assert "did not choose" not in text_of(browser(app, "group1@group.example").get("/my/bids/"))
    _, again = drafted(app, address)
    assert again != page_address
    assert send(desk, again).status_code == 302
    assert len(awards(app)) == 2


def test_after_ten_minutes_nothing_is_called_back(app: Flask) -> None:
    desk, page_address = drafted(app, result(app))
    send(desk, page_address)
    with later(11):
        refused = desk.post(f"{page_address}/call-back")
        assert refused.status_code == 409
        assert "The letters have left" in text_of(refused)
    assert len(awards(app)) == 2


def test_a_letter_that_was_tried_keeps_the_decision(app: Flask) -> None:
    desk, page_address = drafted(app, result(app))
    send(desk, page_address)
    with writing(app):
        letters()[0].attempts = 1
    assert desk.post(f"{page_address}/call-back").status_code == 409
    assert len(awards(app)) == 2


def test_what_is_sent_is_what_was_read(app: Flask) -> None:
    address = result(app)
    desk, page_address = drafted(app, address)
    seen = re.findall(r'name="seen" value="(\w+)"', desk.get(page_address).get_data(as_text=True))[0]
    desk.post(f"{page_address}/change", data=decision(reason="In other words."))
    for typed in (seen, ""):
        refused = desk.post(f"{page_address}/send", data={"seen": typed})
        assert refused.status_code == 409
        assert "Something has changed since you read these letters." in text_of(refused)
    assert awards(app) == {}
    assert "In other words." in text_of(desk.get(page_address))
    with writing(app):
        db.session.get_one(Bid, 2).state = BidState.WITHDRAWN
    assert "Send 2 letters" in text_of(desk.get(page_address))  # whoever withdrew hears nothing
    assert send(desk, page_address).status_code == 302
    assert awards(app) == {"B-03": (2_000_00, AwardState.OFFERED)}


def test_a_draft_is_dropped_without_a_trace_for_any_group(app: Flask) -> None:
    address = result(app)
    desk, page_address = drafted(app, address)
    assert desk.post(f"{page_address}/drop").status_code == 302
    assert desk.get(page_address).status_code == 404
    assert "Record the decision" in text_of(desk.get(address))


def test_whoever_belongs_to_a_group_with_an_offer_does_not_send_it(app: Flask) -> None:
    address = result(app)
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        declare_interest(db.session.get_one(Bid, 2), organiser, "its treasurer", an_account(Role.ORGANISER, SECOND))
    desk, page_address = drafted(app, address)
    refused = send(desk, page_address)
    assert refused.status_code == 409
    assert "You belong to Group 2, so somebody else sends this decision." in text_of(refused)
    assert awards(app) == {}
    assert send(browser(app, SECOND), page_address).status_code == 302


def test_a_group_without_an_email_address_is_written_to_by_post_and_answers_by_telephone(app: Flask) -> None:
    address = result(app)
    with writing(app):
        for number, name in ((1, "Ada Byrne, 0161 496 0001"), (2, "Bob Shah, 0161 496 0002")):
            group = db.session.get_one(Bid, number).group
            assert group
            group.contacts.clear()
            group.contact_by_post = name
    desk, page_address = drafted(app, address)
    assert "By post: Bob Shah, 0161 496 0002" in text_of(desk.get(page_address))
    send(desk, page_address)
    paper = text_of(desk.get(f"{page_address}/paper"))
    assert "Dear Ada Byrne," in paper
    assert "Dear Bob Shah," in paper
    assert "Write to Your Council, and say whether you accept the offer." in paper
    assert "/link" not in paper
    assert desk.post("/desk/awards/1/said-yes").status_code == 409  # the letters can still be called back
    with later(11):
        history = text_of(desk.get("/desk/bids/2"))
        assert "Letter by post" in history
        assert "They said yes" in text_of(desk.get(address))
        assert desk.post("/desk/awards/2/said-yes").status_code == 409  # that group has a page of its own
        assert desk.post("/desk/awards/1/said-yes").status_code == 302
    assert awards(app)["B-02"][1] is AwardState.ACCEPTED


def test_letters_on_paper_leave_the_history_when_they_are_called_back(app: Flask) -> None:
    address = result(app)
    with writing(app):
        group = db.session.get_one(Bid, 1).group
        assert group
        group.contacts.clear()
        group.contact_by_post = "Ada Byrne, 0161 496 0001"
    desk, page_address = drafted(app, address)
    send(desk, page_address)
    assert desk.post(f"{page_address}/call-back").status_code == 302
    assert "Letter by post" not in text_of(desk.get("/desk/bids/1"))
    assert "without a letter" in text_of(desk.get(page_address))


def test_where_residents_funded_nothing_the_groups_hear_that_too(app: Flask) -> None:
    with writing(app):
        _, slips = an_open_poll(1, asks=[5_000_00, 5_000_00])
        cast(slips[0].code, {"B-01": 5, "B-02": 5})
        for bid in db.session.scalars(sa.select(Bid)):
            bid.asks[0].ask_pence = 6_000_00  # as if each asked for more than there is
    for verb in (close_poll, count_closed, publish_outcome):
        organiser_does(app, verb)
    desk, address = browser(app, ORGANISER), f"/desk/events/{slug_of(app)}/awards"
    assert "Tell the groups of Sale decides" in text_of(desk.get("/desk/"))
    assert "Residents funded no bid at this event." in text_of(desk.get(address))
    _, page_address = drafted(app, address)
    assert send(desk, page_address).status_code == 302
    assert awards(app) == {}
    assert "We are sorry" in outbox(app)["group1@group.example"][1]
    assert "Tell the groups" not in text_of(desk.get("/desk/"))


@both_databases
def test_of_two_who_send_at_once_one_does(app: Flask) -> None:
    desk, page_address = drafted(app, result(app))
    seen = re.findall(r'name="seen" value="(\w+)"', desk.get(page_address).get_data(as_text=True))[0]
    statuses: list[int] = []

    def press() -> None:
        answer = browser(app, ORGANISER).post(f"{page_address}/send", data={"seen": seen})
        statuses.append(answer.status_code)

    together(press, press, press)
    assert sorted(statuses) == [302, 409, 409]
    assert len(awards(app)) == 2
    with app.app_context():
        assert sum(letter.subject == "Your grant: £3,000" for letter in letters()) == 1


@both_databases
def test_a_decision_that_is_called_back_twice_and_sent_again_at_once_ends_whole(app: Flask) -> None:
    desk, page_address = drafted(app, result(app))
    seen = re.findall(r'name="seen" value="(\w+)"', desk.get(page_address).get_data(as_text=True))[0]
    send(desk, page_address)
    statuses: dict[str, list[int]] = {"call-back": [], "send": []}

    def press(verb: str) -> None:
        answer = browser(app, ORGANISER).post(f"{page_address}/{verb}", data={"seen": seen})
        statuses[verb].append(answer.status_code)

    together(lambda: press("call-back"), lambda: press("call-back"), lambda: press("send"))
    assert sorted(statuses["call-back"]) == [302, 409]
    assert statuses["send"] == [409]
    assert awards(app) == {}


@both_databases
def test_of_two_who_write_the_decision_down_at_once_one_does(app: Flask) -> None:
    address = result(app)
    statuses: list[int] = []

    def write_down() -> None:
        statuses.append(browser(app, ORGANISER).post(f"{address}/decision", data=decision()).status_code)

    together(write_down, write_down, write_down)
    assert sorted(statuses) == [302, 409, 409]


def test_no_mentor_is_chosen_before_the_group_knows(app: Flask) -> None:
    desk, page_address = drafted(app, result(app))
    send(desk, page_address)
    with writing(app):
        award = service.award_of(1)
        assert award
        member = an_account(Role.LP_MEMBER, "lp@partnership.example", award.event.share.locality)
        member_id = str(member.id)
    refused = desk.post("/desk/monitoring/1", data={"member": member_id})
    assert refused.status_code == 409
    assert "The group hears of this award at" in text_of(refused)


def test_nothing_is_awarded_before_the_result_is_public(app: Flask) -> None:
    address = result(app, is_published=False)
    refused = browser(app, ORGANISER).post(f"{address}/decision", data=decision())
    assert refused.status_code == 409
    assert "Publish the result first." in text_of(refused)
    assert awards(app) == {}


def test_a_decision_without_a_day_or_a_reason_is_refused_and_keeps_what_was_typed(app: Flask) -> None:
    address = result(app)
    desk = browser(app, ORGANISER)
    for form, complaint in [
        (decision(today() + dt.timedelta(days=1)), "The day of the decision can't be in the future"),
        (
            decision(dt.date(2001, 1, 1)),
            f"Sale decides began on {day_in_words(today())}. Enter that day or a later one.",
        ),
        (decision(reason="  "), "Write the decision down"),
        ({"reason": DECISION}, "Enter the day of the decision"),
        (decision() | {"decided_by": ""}, "Enter who decided"),
        (decision() | {"interests": ""}, "Write down which interests were declared"),
        (decision() | {"decided_on-day": "32"}, "The date must be a real date"),
    ]:
        refused = desk.post(f"{address}/decision", data=form)
        assert refused.status_code == 422
        assert complaint in text_of(refused)
        assert form["reason"].strip() in text_of(refused)
        assert f'value="{form.get("decided_on-day", "")}"' in refused.get_data(as_text=True) or len(form) == 1
    assert awards(app) == {}


def test_a_group_accepts_then_the_agreement_is_signed_each_once(app: Flask) -> None:
    desk = made(app)
    group = browser(app, "group2@group.example")
    assert "£3,000" in text_of(group.get("/my/awards/"))
    assert desk.post("/desk/awards/1/sign").status_code == 409  # before the group has said yes
    assert group.post("/my/awards/1/accept").status_code == 302
    for again in ("accept", "decline"):
        refused = group.post(f"/my/awards/1/{again}")
        assert refused.status_code == 409
        assert "Somebody has moved this award on meanwhile." in text_of(refused)
    assert desk.post("/desk/awards/1/sign").status_code == 302
    assert desk.post("/desk/awards/1/sign").status_code == 409
    assert awards(app)["B-02"][1] is AwardState.SIGNED
    with app.app_context():
        history = [(step.state.value, step.account_id) for step in db.session.get_one(Award, 1).history]
        organiser, contact = (account_with_email(email) for email in (ORGANISER, "group2@group.example"))
        assert organiser
        assert contact
    assert history == [("offered", organiser.id), ("accepted", contact.id), ("signed", organiser.id)]


def test_a_declined_offer_is_over(app: Flask) -> None:
    desk = made(app)
    group = browser(app, "group2@group.example")
    assert group.post("/my/awards/1/decline").status_code == 302
    assert group.post("/my/awards/1/accept").status_code == 409
    assert group.get("/my/awards/1/give-back").status_code == 409
    assert desk.post("/desk/awards/1/sign").status_code == 409
    assert awards(app)["B-02"][1] is AwardState.DECLINED
    with app.app_context():
        assert [award.bid.reference for award in service.standing_awards()] == ["B-03"]


@pytest.mark.parametrize("is_signed", [False, True])
def test_we_cannot_do_it_after_all_puts_the_money_back_with_the_groups_words(app: Flask, is_signed: bool) -> None:
    desk, group = made(app), browser(app, "group2@group.example")
    group.post("/my/awards/1/accept")
    if is_signed:
        desk.post("/desk/awards/1/sign")
    assert 'href="/my/awards/1/give-back"' in group.get("/my/awards/").get_data(as_text=True)
    assert "The £3,000 then go back to Sale" in text_of(group.get("/my/awards/1/give-back"))
    assert group.post("/my/awards/1/give-back", data={"words": "long " * 61}).status_code == 422
    assert awards(app)["B-02"][1] is not AwardState.DECLINED
    assert group.post("/my/awards/1/give-back", data={"words": "Our hall has closed."}).status_code == 302
    assert awards(app)["B-02"][1] is AwardState.DECLINED
    today_page = text_of(desk.get("/desk/"))
    assert "£3,000 is free in Sale: decide" in today_page
    assert "Group 2 can’t do it: “Our hall has closed.”" in today_page
    assert "1 award of £2,000 together" in text_of(desk.get(f"/desk/events/{slug_of(app)}/awards"))
    assert "Group 2" not in text_of(desk.get("/desk/monitoring/"))


def test_a_group_answers_for_its_own_offer_only(app: Flask) -> None:
    made(app)
    other = browser(app, "group3@group.example")
    for verb in ("accept", "decline"):
        assert other.post(f"/my/awards/1/{verb}").status_code == 404
    assert "£3,000" not in text_of(other.get("/my/awards/"))
    assert awards(app)["B-02"][1] is AwardState.OFFERED


@both_databases
def test_of_yes_and_no_at_once_one_counts(app: Flask) -> None:
    made(app)
    answers: list[str] = []

    def answer(verb: Callable[..., None]) -> None:
        try:
            with writing(app):
                award, contact = service.award_of(1), account_with_email("group2@group.example")
                assert award
                assert contact
                verb(award, contact)
            answers.append(verb.__name__)
        except service.AwardMoved:
            answers.append("moved")

    together(lambda: answer(service.accept_offer), lambda: answer(service.decline_offer))
    [winner] = set(answers) - {"moved"}
    assert len(answers) == 2
    expected = AwardState.ACCEPTED if winner == "accept_offer" else AwardState.DECLINED
    assert awards(app)["B-02"][1] is expected


def test_an_award_that_is_not_there_is_not_found(app: Flask) -> None:
    result(app)
    desk = browser(app, ORGANISER)
    assert desk.post("/desk/awards/99/sign").status_code == 404
    assert desk.get("/desk/events/nowhere/awards").status_code == 404


def test_what_is_left_is_offered_to_the_next_bid_where_the_rule_says_so(app: Flask) -> None:
    with writing(app):
        share = an_event().share
        settle_share(share, {"count_rule": Rule("greedy", (TieKey.CHEAPER, TieKey.DRAW), part_funding_percent=25)})
        slips = make_slips(the_event(), 6, None, SlipState.LIVE)
    organiser_does(app, open_poll)
    with writing(app):
        for slip in slips:
            cast(slip.code, {"B-01": 5, "B-02": 4, "B-03": 1})
    for verb in (close_poll, count_closed, publish_outcome):
        organiser_does(app, verb)
    desk, address = browser(app, ORGANISER), f"/desk/events/{slug_of(app)}/awards"
    assert re.search(r"It is offered £1,000 ?, what is left", text_of(desk.get(address.replace("/awards", "/outcome"))))
    _, page_address = drafted(app, address)
    assert send(desk, page_address).status_code == 302
    # £4,000 of £5,000 went to the first; the second asked for £3,000.
    assert awards(app) == {"B-01": (4_000_00, AwardState.OFFERED), "B-02": (1_000_00, AwardState.OFFERED)}
    subject, body = outbox(app)["group2@group.example"]
    assert subject == "Your grant: £1,000 of the £3,000 that you asked for"
    assert "You asked for £3,000, and £1,000 is left in Sale. Can your project go ahead with that?" in body
    assert "did not choose" not in body


def slug_of(app: Flask) -> str:
    """The event's slug."""
    with app.app_context():
        return the_event().slug
