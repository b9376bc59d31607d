"""Load the demonstration. Nothing here commits."""

import datetime as dt
from dataclasses import replace

import sqlalchemy as sa

from pbvote.call.bids.models import Bid
from pbvote.call.checking.checklist import USUAL_QUESTIONS, set_rules
from pbvote.call.rounds.grant_rules import GrantRules
from pbvote.call.rounds.models import Round, Share
from pbvote.call.rounds.service import add_round, has_demonstration, open_round, settle_share
from pbvote.call.rounds.settling import settle_grants
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.demonstration import payments, reports, stages
from pbvote.demonstration.accounts import add_accounts
from pbvote.demonstration.board_reports import report_to_boards
from pbvote.demonstration.checking import ask_again, check_bids, declare
from pbvote.demonstration.consultations import consult
from pbvote.demonstration.decisions import write_down
from pbvote.demonstration.drafts import leave_late_draft
from pbvote.demonstration.gatherings import gather
from pbvote.demonstration.introductions import introduce_members
from pbvote.demonstration.listings import list_groups
from pbvote.demonstration.meetings import hold_meetings
from pbvote.demonstration.opportunities import post_opportunities
from pbvote.demonstration.other_rounds import add_next_round
from pbvote.demonstration.other_years import tell_other_years
from pbvote.demonstration.partnerships import bring_partnerships_to_life
from pbvote.demonstration.photos import give_photos
from pbvote.demonstration.places import PLACES
from pbvote.demonstration.plans import write_plans
from pbvote.demonstration.projects import OLD_TRAFFORD, SALE, SOUTH_TRAFFORD, TWIN, UNCONFIRMED, URMSTON
from pbvote.demonstration.reminders import remind
from pbvote.demonstration.small_grants import add_meeting_place_grants, add_small_grants
from pbvote.demonstration.subgroups import begin_subgroups
from pbvote.demonstration.telling import tell_readers
from pbvote.demonstration.updates import tell_updates
from pbvote.demonstration.venue import check_venue
from pbvote.demonstration.walls import put_up_walls
from pbvote.demonstration.year_of_visits import date_steps, log_the_year, meet_together
from pbvote.errors import Refusal
from pbvote.grants.awards.service import awards_of
from pbvote.localities.service import add_locality, describe_locality
from pbvote.people.models import Account
from pbvote.public_account.giving.service import publish
from pbvote.tally import BallotKind, BallotRules

POT_PENCE = 120_000_00
DECISION = dt.date(2014, 7, 12)
"""Old Trafford & Stretford decided on that day, with over 150 residents."""

OTHER_FUNDS = (
    "Awards for All gives £300 to £10,000 and answers within three months. The housing trust has a small fund for "
    "neighbours. Ring us, and we look for others with you."
)


class NotEmpty(Refusal):
    """Real accounts or rounds are here: the demonstration's known passwords have no place beside them."""

    def __init__(self) -> None:
        super().__init__("This database is in use. Load the demonstration into an empty one.")


def load_demonstration(password_hash: str) -> bool:
    """The round of 2014 with its localities at four stages; False where it is there already. Raises `NotEmpty`."""
    if has_demonstration():
        return False
    if db.session.scalar(sa.select(sa.exists().where(Account.id > 0))):
        raise NotEmpty
    for place in PLACES:
        describe_locality(add_locality(place.slug, place.name), list(place.wards), list(place.priorities))
    accounts = add_accounts(password_hash)
    round_ = _round_of_2014()
    shares = {share.locality.slug: share for share in round_.shares}
    organiser, second = accounts["olivia@council.example"], accounts["omar@council.example"]
    set_rules(round_.id, USUAL_QUESTIONS, second.id, "0161 496 0123")
    bids = _south_trafford(shares["south-trafford"])
    _sale(shares["sale"], organiser, second)
    _urmston(shares["urmston-partington"], organiser, second)
    _old_trafford(shares["old-trafford-stretford"], organiser, second, accounts)
    stages.submit(shares["south-trafford"], [TWIN])
    check_bids(bids, second)
    ask_again(bids[2])
    declare(bids[3], accounts["marek@partnership.example"], second)
    add_small_grants(shares, organiser, accounts["marek@partnership.example"])
    add_meeting_place_grants(shares, organiser, second)
    list_groups(accounts["marek@partnership.example"])
    add_next_round(round_)
    put_up_walls(round_, organiser)
    _partnerships(organiser, accounts["marek@partnership.example"])
    publish(organiser)
    remind()
    tell_other_years(organiser)
    report_to_boards(round_, organiser)
    for account in db.session.scalars(sa.select(Account)):
        account.is_demonstration = True
    return True


def _partnerships(organiser: Account, member: Account) -> None:
    """What the four partnerships do of their own."""
    bring_partnerships_to_life(organiser)
    tell_updates(organiser)
    gather(organiser)
    post_opportunities()
    hold_meetings(organiser)
    write_plans(organiser)
    tell_readers()
    begin_subgroups(organiser, member)
    consult(organiser)


def _round_of_2014() -> Round:
    call, closing = dt.date(2014, 3, 3), dt.date(2014, 5, 30)
    round_ = add_round("Voluntary Sector Grants 2014", POT_PENCE, call, closing)
    round_.is_demonstration = True
    for share in round_.shares:
        who = f"People who live, work, volunteer or study in {share.locality.name}"
        settle_share(share, {"minimum_age": 8, "who_may_vote": who})
    ends_on = today() + dt.timedelta(days=240)
    rules = GrantRules(1_750_00, 3_000_00, ends_on, OTHER_FUNDS)
    settle_grants(round_, replace(rules, safeguarding_name="Grace Oyelaran", safeguarding_phone="0161 496 0199"))
    open_round(round_)
    return round_


def _south_trafford(share: Share) -> list[Bid]:
    """Bids are open."""
    first, last = today() - dt.timedelta(days=12), today() + dt.timedelta(days=30)
    settle_share(share, {"bids_open_on": first, "bids_close_on": last})
    bids = stages.submit(share, SOUTH_TRAFFORD)
    stages.leave_unconfirmed(share, UNCONFIRMED)
    return bids


def _sale(share: Share, organiser: Account, second: Account) -> None:
    """The poll is open, and a part of the hall has voted, a few on paper."""
    bids = stages.submit(share, SALE)
    give_photos(bids)
    place, hours = "Sale Waterside, 1 Waterside Plaza", stages.hours_around_now()
    event = stages.hold_event(share, bids, "Sale decides", place, today(), hours, organiser)
    leave_late_draft(share)
    stages.ask_for_access(event)
    check_venue(event, organiser)
    stages.lend_hands(event)
    left = stages.vote(event, SALE, 46, organiser)
    stages.hand_in_papers(event, left[:3], organiser, second)
    stages.count_at_door(event, 14, "Bilal", organiser)


def _urmston(share: Share, organiser: Account, second: Account) -> None:
    """Counted and announced: residents chose up to four bids. The decision is written down, and its letters wait."""
    ballot = BallotRules(BallotKind.APPROVAL, min_choices=1, max_choices=4)
    settle_share(share, {"ballot_rules": ballot, "publishes_ballots": True})
    bids = stages.submit(share, URMSTON)
    day = DECISION - dt.timedelta(days=7)
    event = stages.hold_event(
        share,
        bids,
        "Urmston & Partington decide",
        "Urmston Library, Crofts Bank Road",
        day,
        (dt.time(12), dt.time(15)),
        organiser,
    )
    stages.vote(event, URMSTON, 127, organiser)
    stages.announce(event, organiser, second)
    write_down(event, day + dt.timedelta(days=9), organiser)


def _old_trafford(share: Share, organiser: Account, second: Account, accounts: dict[str, Account]) -> None:
    """In monitoring: the grants are out, and a member stays with most groups."""
    member, contact = accounts["marek@partnership.example"], accounts["grace@group.example"]
    bids = stages.submit(share, OLD_TRAFFORD, contact=contact.email)
    event = stages.hold_event(
        share,
        bids,
        "Old Trafford & Stretford decide",
        "Stretford Town Hall, Talbot Road",
        DECISION,
        (dt.time(11), dt.time(15)),
        organiser,
    )
    stages.vote(event, OLD_TRAFFORD, 158, organiser)
    stages.announce(event, organiser, second)
    stages.award(event, dt.date(2014, 7, 28), organiser, member, contact)
    log_the_year(member)
    meet_together(member)
    introduce_members(share.locality, member)
    payments.pay(event, organiser, second)
    date_steps(awards_of(event))
    reports.report(event, organiser, second, member)
