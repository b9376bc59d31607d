"""The console, the door, the paper ballots' page and the code account say the same numbers, from the first vote on."""

import re
from dataclasses import dataclass

from flask import Flask

from pbvote.vote.count.finishing import finish
from pbvote.vote.paper_entry.clashes import decide_clash
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import Decision, SpoiltReason
from pbvote.vote.poll.states import PollState
from pbvote.vote.poll.voided import VoidReason
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.slips.envelopes import open_envelope
from pbvote.vote.slips.printing import make_slips
from pbvote.vote.slips.voiding import void_slip
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import account_for_slips, agree_with_witness, cast, the_event, writing
from tests.hall import organiser_does
from tests.pages import browser, text_of
from tests.papers import ALL_FIVE, FIRST, MIXED, SECOND, a_hall, key_and_confirm, person


@dataclass(frozen=True)
class Said:
    """What a page says: slips that can vote, those that voted, and papers; None where it does not say."""

    live: int
    voted: int
    papers: int | None = None


def number(page: str, before: str) -> int:
    """The number that stands behind these words."""
    found = re.search(rf"\b{before}:? (\d+)\b", page)
    assert found, f"{before}: not in {page}"
    return int(found[1])


def turnout(page: str) -> tuple[int, int]:
    """The slips that voted and that could have, in the sentence of the turnout."""
    found = re.search(r"(\d+) of (\d+) slips ha(?:s|ve) voted", page)
    assert found, page
    return int(found[1]), int(found[2])


def on_console(desk: CheckedClient, console: str) -> Said:
    """What the console says, twice each."""
    page = text_of(desk.get(console))
    voted, live = turnout(page)
    assert (number(page, "Slips that can vote"), number(page, "Ballots")) == (live, voted)
    keyed = re.search(r"Key paper ballots: (\d+) keyed", page)
    read = keyed or re.search(r"(\d+) papers? keyed and read back", page)
    return Said(live, voted, int(read[1]) if read else None)


def at_the_door(desk: CheckedClient, console: str) -> Said:
    """What the steward reads."""
    voted, live = turnout(text_of(desk.get(console.replace("/desk/events/", "/door/"))))
    return Said(live, voted)


def in_the_account(desk: CheckedClient, address: str) -> Said:
    """What the code account says; of the papers, those that count and those that are spoilt."""
    page = text_of(desk.get(address))
    papers = number(page, "of these: on paper") + number(page, "Paper ballots that are spoilt")
    return Said(number(page, "Can vote"), number(page, "Slips that voted"), papers)


@both_databases
def test_every_page_says_the_same_numbers_at_every_stage(app: Flask) -> None:
    phone, void, paper, clash, spoilt, _ = a_hall(app, 6)
    desk = browser(app, FIRST)
    with app.app_context():
        slug = the_event().slug
    console = f"/desk/events/{slug}"

    def all_say(live: int, voted: int, *, papers: int | None = None, account: int | None = None) -> None:
        """The console and the door, and where it stands also the account with its papers."""
        assert on_console(desk, console) == Said(live, voted, papers)
        assert at_the_door(desk, console) == Said(live, voted)
        if account is not None:
            assert in_the_account(desk, f"{console}/account") == Said(live, voted, account)

    all_say(6, 0, papers=0)
    with writing(app):
        spare = make_slips(the_event(), 5, None)
    all_say(6, 0, papers=0)
    with writing(app):
        open_envelope(the_event(), spare[0].envelope, person(FIRST))
        for slip in (phone, void, clash, spare[0]):
            cast(slip.code, ALL_FIVE)
    all_say(11, 4, papers=0)
    for slip, says in ((paper, MIXED), (clash, MIXED), (spoilt, SpoiltReason.BLANK)):
        key_and_confirm(app, slip, says)
    all_say(11, 5, papers=3)
    with writing(app):
        void_slip(the_event(), void.serial, VoidReason.SHOWN, person(FIRST), "account 2")
    all_say(10, 4, papers=3)
    organiser_does(app, close_poll)
    with writing(app):
        decide_clash(the_event(), clash.serial, Decision.PAPER, person(SECOND))
    all_say(10, 4, papers=3, account=3)
    organiser_does(app, account_for_slips)
    all_say(10, 4, papers=3, account=3)
    organiser_does(app, agree_with_witness)
    all_say(10, 4)
    with app.app_context():
        finish(the_event(), None)
    all_say(10, 4, account=3)
    organiser_does(app, publish_outcome)
    all_say(10, 4, account=3)
    assert in_the_account(desk, f"/results/{slug}/account") == Said(10, 4, 3)


def test_every_state_of_the_poll_has_words_and_a_colour(app: Flask) -> None:
    # A count that was cut off waits for “Finish the count” on the console, which says the state first.
    words = app.jinja_env.get_template("parts/event.html").module
    assert set(words.poll_words) == set(words.poll_colours) == set(PollState)  # type: ignore[attr-defined]
