"""Bring each locality of the demonstration to its stage, through the same doors that people use."""

import datetime as dt
import random
from collections.abc import Sequence
from typing import Final

from pbvote.call.bids.deciding import shortlist_bid, word_bid
from pbvote.call.bids.intake import confirm_bid
from pbvote.call.bids.models import Bid
from pbvote.call.bids.new_bid import NewBid
from pbvote.call.bids.sending import send_bid
from pbvote.call.groups.models import GroupKind
from pbvote.call.rounds.models import Share
from pbvote.core.clock import UK, now, today, uk_moment
from pbvote.db import db
from pbvote.demonstration.acceptances import accept_all, keep_and_miss
from pbvote.demonstration.decisions import decide
from pbvote.demonstration.first_visits import log_first_visits
from pbvote.demonstration.names import contact_of
from pbvote.demonstration.projects import SampleBid
from pbvote.grants.awards.service import awards_of_contact, sign_agreement
from pbvote.grants.mentors.service import set_mentor
from pbvote.grants.visits.service import plan_visit
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.tally import BallotKind, BallotRules, Choices
from pbvote.vote.acts.kinds import mark_of
from pbvote.vote.acts.service import About, ask_for, confirm
from pbvote.vote.casting.service import cast_ballot
from pbvote.vote.count.account import ByHand, state_account
from pbvote.vote.count.acts import COUNT, Counting
from pbvote.vote.count.finishing import steps
from pbvote.vote.day.requests import ask
from pbvote.vote.door.models import ID_BYTES, Queue, TapKind
from pbvote.vote.door.sent import Lot, Tap
from pbvote.vote.door.taking import note_phone, note_queue, take_lot
from pbvote.vote.events.day import AccessNeed, DayPlan
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import plan_event
from pbvote.vote.paper_entry.pile import OnPaper
from pbvote.vote.paper_entry.service import confirm_paper, key_paper
from pbvote.vote.passes.asking import add_device
from pbvote.vote.passes.letting_in import allow as let_in
from pbvote.vote.passes.models import DeviceKind
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import SpoiltReason
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.poll.paper import Paper
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.programme.publishing import publish_page
from pbvote.vote.residents.volunteers import lend_a_hand
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.slips.envelopes import open_envelope
from pbvote.vote.slips.finding import slip_with, slips_of
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import PrintedSlip, make_slips

LONG_DAY = dt.timedelta(hours=8)
Hours = tuple[dt.time, dt.time]


def submit(share: Share, projects: Sequence[SampleBid], contact: str | None = None) -> list[Bid]:
    """Let each project's group bid, and its contact confirm it.

    The demonstration's group contact, where named, is the contact of the first.
    """
    bids = []
    for number, project in enumerate(projects):
        email = contact if contact and number == 0 else _address(project.group)
        bid = confirm_bid(send_bid(share.round, _typed(share, project, email), sent_at=_in_time(share, number)))
        for language, (title, summary) in project.wordings.items():
            word_bid(bid, language, title, summary)
        bids.append(bid)
    return bids


def _in_time(share: Share, number: int) -> dt.datetime:
    """When a group pressed Send: now, or on one of the last days before the close."""
    last = uk_moment(share.bids_close_on, dt.time(18)) - dt.timedelta(days=number % 9, hours=number)
    return min(now(), last)


def leave_unconfirmed(share: Share, project: SampleBid) -> None:
    """A bid whose contact has not opened the letter yet."""
    send_bid(share.round, _typed(share, project, _address(project.group)))


_IN_LAW: Final = {
    "Stretford Homework Club": (GroupKind.CHARITY, "GB-CHC-9990001"),
    "Clifford Coders": (GroupKind.COMPANY, "GB-COH-09990002"),
    "Bread and Roses": (GroupKind.CHARITY, "GB-CHC-9990003"),
    "Longford Park Runners": (GroupKind.CHARITY, "GB-CHC-9990004"),
}
"""What a few groups are in law, with numbers that no register has given."""


def _typed(share: Share, project: SampleBid, email: str) -> NewBid:
    account = account_with_email(email)
    wards = {ward.name: ward.id for ward in share.locality.wards}
    kind, number = _IN_LAW.get(project.group, (GroupKind.INFORMAL, ""))
    return NewBid(
        group_name=project.group,
        registered_number=number,
        contact_name=account.name if account else contact_of(project.group),
        email=email,
        phone="",
        title=project.title,
        summary=project.summary,
        who_benefits=project.benefits,
        ward_id=wards[project.ward],
        asks={share.locality_id: project.ask_pence},
        lines=_budget(project.ask_pence),
        works_with_people_at_risk=project.at_risk,
        kind=kind,
    )


def _address(group: str) -> str:
    return "".join(letter for letter in group.lower() if letter.isalpha()) + "@group.example"


def _budget(pence: int) -> list[tuple[str, int]]:
    """Three lines that add up to the ask."""
    people, things = pence * 2 // 5, pence * 9 // 20
    return [("People", people), ("Things to buy or hire", things), ("Room and insurance", pence - people - things)]


def shortlist(bids: Sequence[Bid], by: Account) -> None:
    """Let all of them go to the vote."""
    for bid in bids:
        shortlist_bid(bid, by)


def hours_around_now() -> Hours:
    """From nine to nine. Where the demonstration is loaded at night, its event goes on all the same."""
    hour = now().astimezone(UK).hour
    return dt.time(min(hour, 9)), dt.time(21) if hour < 20 else dt.time(23, 59)


def hold_event(
    share: Share, bids: Sequence[Bid], name: str, place: str, day: dt.date, hours: Hours, by: Account
) -> Event:
    """Shortlist the bids, plan the event and publish its page."""
    shortlist(bids, by)
    starts, ends = (uk_moment(day, hour) for hour in hours)
    access = "Step-free from the street and the car park. There is a hearing loop."
    event = plan_event(share, name, place, starts, ends, slug=f"{share.locality.slug}-2014", access=access)
    event.day = DayPlan(
        hall_metres=18,
        vote_minutes=20 if ends - starts < LONG_DAY else 637,  # one that is open today stays so until it ends
        venue_has=(AccessNeed.STEP_FREE, AccessNeed.HEARING_LOOP),
        help_phone="Olivia Marsh, 0161 496 0000",
    )
    publish_page(event)
    return event


def ask_for_access(event: Event) -> None:
    """What a resident needs to take part, not answered yet."""
    council = "grants@council.example"
    words = "My mother signs. Two seats at the front would help."
    needs = [AccessNeed.BSL]
    ask(event, name="Priya Shah", contact="0161 496 0123", needs=needs, words=words, council=council)


_HANDS = (
    ("Tom Okafor", "tom.okafor@mail.example", "I have a van, and time on Saturdays."),
    ("Zofia Nowak", "0161 496 0188", "I keep the books for a small shop, and can do it for a group."),
    ("Ahmed Malik", "ahmed.malik@mail.example", "I can dig, paint, and carry."),
)


def lend_hands(event: Event) -> None:
    """Who has offered help so far."""
    for name, contact, words in _HANDS:
        lend_a_hand(event, name=name, contact=contact, words=words, council="grants@council.example")


def vote(event: Event, projects: Sequence[SampleBid], voters: int, by: Account) -> list[PrintedSlip]:
    """Print slips, open the envelopes that are needed and the poll, and let residents vote as they like the bids.

    Returns what is left of the open envelopes.
    """
    slips = make_slips(event, voters + voters // 4, by)
    last = slips[voters - 1].envelope
    for envelope in range(1, last + 1):
        open_envelope(event, envelope, by)
    open_poll(event, by)
    paper = Paper.of(event)
    chance = random.Random(event.slug)  # noqa: S311 - invented votes, the same at every load
    liking = {line.reference: project.liking for line, project in zip(paper.lines, projects, strict=True)}
    for printed in slips[:voters]:
        choices = _choices(chance, paper.rules, liking)
        cast_ballot(slip_with(printed.code), paper, choices, definition=paper.definition, seen=0)
    return [slip for slip in slips[voters:] if slip.envelope <= last]


def count_at_door(event: Event, guests: int, steward: str, by: Account) -> None:
    """Let a steward's phone in, and let it count everybody who has voted by now, and guests without a vote."""
    hold(event)
    phone, _ = add_device(event, DeviceKind.STEWARD, steward)
    let_in(event, phone.id, by)
    chance = random.Random(event.slug)  # noqa: S311 - ids of invented presses, the same at every load
    kinds = [TapKind.VOTER] * turnout_of(event) + [TapKind.GUEST] * guests
    lot = Lot(chance.randbytes(ID_BYTES), 0, [Tap(chance.randbytes(ID_BYTES), kind, 1) for kind in kinds], [])
    take_lot(event, lot)
    note_phone(event, lot, phone.called)
    note_queue(event, Queue.SOME)


def hand_in_papers(event: Event, slips: Sequence[PrintedSlip], by: Account, second: Account) -> None:
    """A paper ballot from each of these slips, keyed by one organiser and confirmed by another; the last is spoilt."""
    paper = Paper.of(event)
    for number, printed in enumerate(slips, 1):
        marked = OnPaper.choosing(paper, {line.reference: 1 + line.number * number % 5 for line in paper.lines})
        says = OnPaper(spoilt=SpoiltReason.INCOMPLETE) if number == len(slips) else marked
        key_paper(slip_with(printed.code), says, by)
        confirm_paper(event, printed.serial, says.text, second)


def _choices(chance: random.Random, rules: BallotRules, liking: dict[str, float]) -> Choices:
    """One resident's ballot: marks around each bid's liking, or the few that they like most."""
    felt = {reference: chance.gauss(mean, 1.1) for reference, mean in liking.items()}
    if rules.kind is BallotKind.SCORE:
        return {reference: min(5, max(1, round(mark))) for reference, mark in felt.items()}
    favourites = sorted(felt, key=lambda reference: -felt[reference])
    return tuple(favourites[: chance.randint(rules.min_choices, rules.max_choices or len(favourites))])


def announce(event: Event, by: Account, second: Account) -> None:
    """Close, account for the slips, count and seal with two people, and publish."""
    close_poll(event, by)
    voted = turnout_of(event)
    state_account(event, ByHand(slips_of(event)[SlipState.LIVE] - voted, voted, None, "", by.id))
    about = About(event=event.id)
    asked = ask_for(COUNT, about, Counting.of(event), by)
    confirm(about, asked.id, second, mark_of(asked))
    for step in steps(event, by):
        if step.name != "log":  # the votes are invented, and all of this is one transaction
            step.do()
    publish_outcome(event, by)
    event.opened_at, event.closed_at = event.starts_at, event.ends_at  # it is told as what happened on its day
    db.session.flush()


def award(event: Event, decided_on: dt.date, by: Account, member: Account, contact: Account) -> None:
    """Old Trafford & Stretford: offers made, most accepted and signed, a mentor for most, first check-ins logged.

    The offer to the group of `contact`, the demonstration's own group contact, is left for them to accept.
    """
    awards = decide(event, decided_on, by)
    others = [made for made in awards if made not in awards_of_contact(contact)]
    funded = accept_all(others, by)
    for number, made in enumerate(funded):
        if number % 4 != 3:
            sign_agreement(made, by)
        if number % 5 != 4:
            set_mentor(made, member)
            plan_visit(made.id, today() + dt.timedelta(days=9 * number - 30))
    log_first_visits(funded, member, by)
    keep_and_miss(funded, by)
