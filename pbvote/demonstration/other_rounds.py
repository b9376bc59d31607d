"""Two rounds beside that of 2014: small grants that residents decide over a week, and next year's, not open yet."""

import datetime as dt

from pbvote.call.rounds.copying import copy_round
from pbvote.call.rounds.models import EventFormat, Round, Share
from pbvote.call.rounds.service import add_round, open_round, settle_share, share_out
from pbvote.core.clock import today, uk_moment
from pbvote.demonstration import stages
from pbvote.demonstration.projects import SMALL_GRANTS
from pbvote.people.models import Account
from pbvote.tally import BallotKind, BallotRules
from pbvote.vote.events.service import plan_event

SMALL_POT_PENCE = 1_500_00
SMALL_CAP_PENCE = 250_00


def add_small_grants(share_of_2014: Share, organiser: Account) -> Round:
    """Up to £250 for an alleyway: no meeting, and a week to vote with slips from the library. The bids are in."""
    first, last = today() - dt.timedelta(days=30), today() - dt.timedelta(days=1)
    round_ = add_round("Small grants for alleyways", SMALL_POT_PENCE, first, last)
    share_out(round_, {share_of_2014.locality_id: SMALL_POT_PENCE})
    round_.is_demonstration, round_.bid_cap_pence, round_.budget_from_pence = True, SMALL_CAP_PENCE, SMALL_CAP_PENCE
    [share] = round_.shares
    ballot = BallotRules(BallotKind.APPROVAL, min_choices=1, max_choices=3)
    settle_share(share, {"format": EventFormat.DAYS, "cap_pence": SMALL_CAP_PENCE, "ballot_rules": ballot})
    settle_share(share, {"minimum_age": 8, "who_may_vote": share_of_2014.who_may_vote})
    open_round(round_)
    bids = stages.submit(share, SMALL_GRANTS)
    stages.shortlist(bids, organiser)
    begins = today() + dt.timedelta(days=5)
    starts, ends = uk_moment(begins, dt.time(10)), uk_moment(begins + dt.timedelta(days=6), dt.time(17))
    plan_event(share, "Alleyways of Old Trafford", "Old Trafford Library, Shrewsbury Street", starts, ends)
    return round_


def add_next_round(last: Round) -> Round:
    """Next year's round as a copy of the last, in private: bids open in two months."""
    round_ = copy_round(last, "Voluntary Sector Grants 2015")
    round_.is_demonstration = True
    opens, closes = today() + dt.timedelta(days=60), today() + dt.timedelta(days=120)
    for share in round_.shares:
        settle_share(share, {"bids_open_on": opens, "bids_close_on": closes})
    return round_
