"""Things for tests to stand on, made through the services that people's clicks go through.

Call them inside an app's context, after `begin_write()`; they commit nothing.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.bids.intake import confirm_bid
from pbvote.call.bids.models import Bid
from pbvote.call.bids.new_bid import NewBid
from pbvote.call.bids.sending import send_bid
from pbvote.call.rounds.models import Round, Share
from pbvote.call.rounds.service import add_round, open_round, settle_share
from pbvote.core.clock import today, uk_moment
from pbvote.db import begin_write, db
from pbvote.localities.models import Locality
from pbvote.localities.service import add_locality
from pbvote.people.models import Account
from pbvote.people.service import account_with_email, add_account, grant_role
from pbvote.tally import BallotKind, BallotRules, Choices
from pbvote.vote.casting.papers import paper_of
from pbvote.vote.casting.service import cast_ballot
from pbvote.vote.count.account import ByHand, state_account
from pbvote.vote.count.acts import Counting
from pbvote.vote.count.counting import agree_to_count
from pbvote.vote.count.finishing import steps
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called, plan_event
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.slips.finding import slip_with, slips_of
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import PrintedSlip, make_slips
from tests.checked_client import CheckedClient
from tests.stepping import confirm_shown, take_step

SCORE = BallotRules(BallotKind.SCORE, min_points=1, max_points=5, must_score_all=True)
APPROVAL = BallotRules(BallotKind.APPROVAL, min_choices=1, max_choices=2)
RANKED = BallotRules(BallotKind.RANKED, max_choices=3)
KNAPSACK = BallotRules(BallotKind.KNAPSACK)
CHOOSE_THEN_SCORE = BallotRules(BallotKind.CHOOSE_THEN_SCORE, min_choices=1, max_choices=2, min_points=1, max_points=5)
CUMULATIVE = BallotRules(BallotKind.CUMULATIVE, min_points=1, max_sum=10)


@contextmanager
def writing(app: Flask) -> Iterator[None]:
    """A context of the app in which things are made, and committed at its end."""
    with app.app_context():
        begin_write()
        yield
        db.session.commit()


def a_locality(name: str = "Sale") -> Locality:
    """A locality of the council."""
    return add_locality(name.lower().replace(" ", "-"), name)


def an_account(role: Role, email: str | None = None, locality: Locality | None = None) -> Account:
    """An account with one role, without a second step."""
    account = add_account(f"The {role.value}", email or f"{role.value}@council.example")
    account.is_demonstration = True
    grant_role(account, role, locality.id if locality else None)
    return account


def an_open_round(pot_pence: int = 10_000_00, rules: BallotRules = SCORE) -> Round:
    """A round that takes bids today, its pot shared out among the localities there are."""
    round_ = add_round("Grants 2014", pot_pence, today() - dt.timedelta(days=5), today() + dt.timedelta(days=5))
    for share in round_.shares:
        settle_share(share, {"ballot_rules": rules})
    open_round(round_)
    return round_


def a_new_bid(share: Share, group: str = "Growers", ask_pence: int = 1_000_00) -> NewBid:
    """What a group types into the form."""
    return NewBid(
        group_name=group,
        registered_number="",
        contact_name=f"Contact of {group}",
        email=f"{group.lower().replace(' ', '')}@group.example",
        phone="",
        title=f"Project of {group}",
        summary="What we would do.",
        who_benefits="Everybody.",
        ward_id=None,
        asks={share.locality_id: ask_pence},
        lines=[("Things", ask_pence)],
    )


def a_bid(share: Share, group: str = "Growers", ask_pence: int = 1_000_00) -> Bid:
    """A bid that was sent, and that its contact has confirmed."""
    return confirm_bid(send_bid(share.round, a_new_bid(share, group, ask_pence)))


def an_event(
    asks: Sequence[int] = (4_000_00, 3_000_00, 2_000_00), rules: BallotRules = SCORE, pot_pence: int = 5_000_00
) -> Event:
    """An event in Sale with a bid for each ask, on a share of its own. Its organiser is made with it."""
    organiser = account_with_email("organiser@council.example") or an_account(Role.ORGANISER)
    a_locality()
    share = an_open_round(pot_pence, rules).shares[0]
    for number, ask in enumerate(asks, 1):
        shortlist_bid(a_bid(share, f"Group {number}", ask), organiser)
    starts, ends = uk_moment(today(), dt.time(12)), uk_moment(today(), dt.time(15))
    return plan_event(share, "Sale decides", "Sale Waterside", starts, ends)


def an_open_poll(number: int = 5, **options: object) -> tuple[Event, list[PrintedSlip]]:
    """An event whose poll is open, and its slips."""
    event = an_event(**options)  # type: ignore[arg-type]
    slips = make_slips(event, number, None, SlipState.LIVE)
    organiser = account_with_email("organiser@council.example")
    assert organiser
    open_poll(event, organiser)
    return event, slips


def cast(code: str, choices: Choices, seen: int = 0) -> None:
    """Cast a ballot with this code."""
    slip = slip_with(code)
    paper = paper_of(slip.event)
    cast_ballot(slip, paper, choices, definition=paper.definition, seen=seen)


def account_for_slips(event: Event, organiser: Account) -> None:
    """Fill in the code account so that it balances: every slip that voted was handed out, and nobody else came."""
    voted = turnout_of(event)
    left_over = slips_of(event).get(SlipState.LIVE, 0) - voted
    state_account(event, ByHand(left_over, voted, None, "", organiser.id))


def agree_with_witness(event: Event, organiser: Account) -> None:
    """Agree to count a closed poll whose slips are accounted for."""
    agree_to_count(event, organiser, "witness 1", Counting.of(event).seen)


def count_with_witness(event: Event, organiser: Account, before: str = "key") -> None:
    """Count a closed poll whose slips are accounted for, all before this step, in the transaction that has begun."""
    agree_with_witness(event, organiser)
    for step in steps(event, organiser):
        if step.name == before:
            return
        if step.name != "log":
            step.do()


def count_closed(event: Event, organiser: Account) -> None:
    """Account for the slips of a closed poll, count it with a second person, and seal it."""
    account_for_slips(event, organiser)
    count_with_witness(event, organiser, before="study")


def count_with_two(client: CheckedClient, slug: str) -> None:
    """Count a closed poll as two organisers do: one asks on the console, another confirms there."""
    with writing(client.application):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        account_for_slips(the_event(), organiser)
        if not account_with_email("second@council.example"):
            an_account(Role.ORGANISER, "second@council.example")
    sign_in(client, "organiser@council.example")
    assert take_step(client, f"/desk/events/{slug}/count").status_code == 302
    sign_in(client, "second@council.example")
    assert confirm_shown(client, f"/desk/events/{slug}").status_code == 302
    sign_in(client, "organiser@council.example")


def the_event() -> Event:
    """The event that `an_event` made."""
    event = event_called(f"sale-{today().year}")
    assert event
    return event


def sign_in(client: CheckedClient, email: str) -> None:
    """Sign an account in, past the password: that has tests of its own."""
    app = client.application
    with app.app_context():
        account = account_with_email(email)
        assert account
        session_id = account.get_id()
    with client.session_transaction() as session:
        session["_user_id"] = session_id
        session["_fresh"] = True
