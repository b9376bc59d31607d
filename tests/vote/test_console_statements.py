"""The console reads itself every half minute at every desk, so that its statements stay few whatever waits there."""

from flask import Flask

from pbvote.vote.acts.service import ask_for
from pbvote.vote.acts.witnesses import name_witness
from pbvote.vote.paper_entry.acts import REDECIDE, TAKE_OUT, Redeciding, TakingOut
from pbvote.vote.paper_entry.clashes import decide_clash, label_decided
from pbvote.vote.paper_entry.undoing import label_confirmed
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import Decision
from pbvote.vote.poll.voided import VoidReason
from pbvote.vote.slips.printing import PrintedSlip
from pbvote.vote.slips.voiding import void_slip
from tests.checked_client import CheckedClient
from tests.factories import cast, the_event, writing
from tests.hall import about, organiser_does, slug
from tests.pages import browser, text_of
from tests.papers import ALL_FIVE, FIRST, MIXED, SECOND, a_hall, key_and_confirm, person


def a_void_slip_and_a_clash(app: Flask) -> tuple[PrintedSlip, PrintedSlip]:
    """A closed poll with a paper on a slip that is void by now; a paper, and a paper that clashes with its phone."""
    paper, clash, void = a_hall(app, 3)
    with writing(app):
        cast(clash.code, ALL_FIVE)
    for slip in (paper, clash, void):
        key_and_confirm(app, slip, MIXED)
    organiser_does(app, close_poll)
    with writing(app):
        decide_clash(the_event(), clash.serial, Decision.PAPER, person(FIRST))
        void_slip(the_event(), void.serial, VoidReason.DAMAGED, person(FIRST), "account 2")
    return paper, clash


def ask_to_take_out(app: Flask, slip: PrintedSlip, asker: str) -> None:
    """Let an organiser ask for a paper to be taken out."""
    with writing(app):
        ask_for(TAKE_OUT, about(), TakingOut(label_confirmed(the_event(), slip.serial)), person(asker))


def test_the_console_with_void_slips_and_waiting_acts_about_papers_is_read_in_few_statements(app: Flask) -> None:
    paper, clash = a_void_slip_and_a_clash(app)
    desk, console = browser(app, SECOND), f"/desk/events/{slug(app)}"
    ask_to_take_out(app, paper, FIRST)
    assert f"asks to take out the paper ballot of slip {paper.serial}" in text_of(desk.get(console))
    with_one = desk.statements
    ask_to_take_out(app, clash, FIRST)
    with writing(app):
        was = label_decided(the_event(), clash.serial, Decision.PAPER)
        ask_for(REDECIDE, about(), Redeciding(was, Decision.PHONE, Decision.PAPER), person(FIRST))
    page, with_three = text_of(desk.get(console)), desk.statements
    assert f"take out the paper ballot of slip {clash.serial}" in page
    assert f"change the decision about slip {clash.serial}: the phone counts" in page
    assert "Keyed 2 Confirmed 2" in text_of(desk.get(f"{console}/papers"))  # without the void slip's paper
    assert len(with_three) == len(with_one) > 0


def test_what_waits_for_a_witness_is_read_in_as_many_statements_however_much_it_is(
    app: Flask, client: CheckedClient
) -> None:
    paper, clash = a_void_slip_and_a_clash(app)
    with writing(app):
        _, code = name_witness(the_event(), "Omar", person(FIRST))
    numbers = []
    for slip in (paper, clash):
        ask_to_take_out(app, slip, FIRST)
        assert slip.serial in text_of(client.post("/witness", data={"code": code}))
        numbers.append(len(client.statements))
    assert numbers[0] == numbers[1] > 0
