"""Small grants: for alleyways, each locality in another state; and for meeting places, which were given in winter."""

import datetime as dt
from collections.abc import Mapping, Sequence

from pbvote.access import Role
from pbvote.call.bids.models import Bid
from pbvote.call.checking.interests import state_interests
from pbvote.call.rounds.models import EventFormat, Round, Share
from pbvote.call.rounds.service import add_round, open_round, settle_share, share_out
from pbvote.core.clock import today, uk_moment
from pbvote.demonstration import stages
from pbvote.demonstration.projects import (
    PLACES_OF_SALE,
    PLACES_OF_SOUTH_TRAFFORD,
    SMALL_GRANTS,
    SMALL_SALE,
    SMALL_URMSTON,
    SampleBid,
)
from pbvote.demonstration.year_of_visits import visit_alleyways, visit_meeting_places
from pbvote.people.models import Account
from pbvote.people.service import account_with_email, add_account, grant_role
from pbvote.tally import BallotKind, BallotRules
from pbvote.vote.choosing.members import left_out_by
from pbvote.vote.choosing.service import choose, close_choosing, give_reasons, open_choosing
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import plan_event
from pbvote.vote.programme.publishing import publish_page
from pbvote.vote.results.service import publish_outcome

SHARE_PENCE = 1_500_00
CAP_PENCE = 250_00
UP_TO_THREE = BallotRules(BallotKind.APPROVAL, min_choices=1, max_choices=3)
REASONS = (
    "The gate and the lights make two dark paths safe, and forty households walk them. The covers for the bollards are "
    "cheerful, and they fit into the share as well."
)

_PLACE_SHARE_PENCE = 500_00
_MEETING_PLACES: Mapping[str, tuple[Sequence[SampleBid], Sequence[str], str]] = {
    "sale": (
        PLACES_OF_SALE,
        ("Ada Byrne", "Sam Okoro"),
        "Both rooms are warm, open to anybody, and five minutes from a tram. Together they fit into the share.",
    ),
    "south-trafford": (
        PLACES_OF_SOUTH_TRAFFORD,
        ("Nasreen Baig", "Dr Ewa Zielinska"),
        "One brings people together who live alone, and the other saves money in two hundred kitchens.",
    ),
}


def add_small_grants(shares: Mapping[str, Share], organiser: Account, marek: Account) -> Round:
    """Up to £250, on a form of one page.

    South Trafford takes bids; residents of Old Trafford & Stretford vote over a week with slips from the library; the
    members of Urmston & Partington chose weeks ago, and three groups have their grants; those of Sale choose now.
    """
    first, last = today() - dt.timedelta(days=30), today() - dt.timedelta(days=1)
    round_ = add_round("Small grants for alleyways", SHARE_PENCE * len(shares), first, last)
    share_out(round_, {share.locality_id: SHARE_PENCE for share in shares.values()})
    round_.is_demonstration, round_.has_short_form = True, True
    round_.bid_cap_pence, round_.budget_from_pence = CAP_PENCE, CAP_PENCE
    small = {share.locality.slug: share for share in round_.shares}
    for slug, share in small.items():
        settle_share(share, {"cap_pence": CAP_PENCE, "ballot_rules": UP_TO_THREE, "format": EventFormat.MEMBERS})
        settle_share(share, {"minimum_age": 8, "who_may_vote": shares[slug].who_may_vote})
    for slug in ("south-trafford", "old-trafford-stretford"):
        settle_share(small[slug], {"format": EventFormat.DAYS})
    settle_share(small["south-trafford"], {"bids_close_on": today() + dt.timedelta(days=20)})
    for slug, ago in (("urmston-partington", 60), ("sale", 12)):  # whose members have begun to choose
        opened, closed = today() - dt.timedelta(days=ago + 30), today() - dt.timedelta(days=ago)
        settle_share(small[slug], {"bids_open_on": opened, "bids_close_on": closed})
    open_round(round_)
    _vote_over_a_week(small["old-trafford-stretford"], organiser)
    _have_chosen(small["urmston-partington"], organiser)
    _choose_now(small["sale"], organiser, marek)
    return round_


def add_meeting_place_grants(shares: Mapping[str, Share], organiser: Account, second: Account) -> None:
    """A round of two localities that is over: their members chose, the grants are out, and one group of each is met."""
    first, last = today() - dt.timedelta(days=170), today() - dt.timedelta(days=140)
    round_ = add_round("Small grants for meeting places", 2 * _PLACE_SHARE_PENCE, first, last)
    share_out(round_, {shares[slug].locality_id: _PLACE_SHARE_PENCE for slug in _MEETING_PLACES})
    round_.is_demonstration, round_.has_short_form = True, True
    round_.bid_cap_pence, round_.budget_from_pence = CAP_PENCE, CAP_PENCE
    for share in round_.shares:
        settle_share(share, {"cap_pence": CAP_PENCE, "ballot_rules": UP_TO_THREE, "format": EventFormat.MEMBERS})
        settle_share(share, {"quorum": 2})
    open_round(round_)
    for share in round_.shares:
        projects, members, reasons = _MEETING_PLACES[share.locality.slug]
        bids, slug = stages.submit(share, projects), f"meeting-places-{share.locality.slug}"
        event = _planned(share, bids, f"Meeting places of {share.locality.name}", slug, -130, organiser)
        choosing = _members(share, *members)
        open_choosing(event, organiser)
        for member in choosing:
            _choose(event, member, bids)
        close_choosing(event, organiser)
        give_reasons(event, reasons, organiser)
        publish_outcome(event, organiser)
        visit_meeting_places(event, choosing[0], organiser, second)


def _vote_over_a_week(share: Share, organiser: Account) -> None:
    bids = stages.submit(share, SMALL_GRANTS)
    stages.shortlist(bids, organiser)
    begins = today() + dt.timedelta(days=5)
    starts, ends = uk_moment(begins, dt.time(10)), uk_moment(begins + dt.timedelta(days=6), dt.time(17))
    event = plan_event(share, "Alleyways of Old Trafford", "Old Trafford Library, Shrewsbury Street", starts, ends)
    event.access = "Level entrance from Shrewsbury Street. The library has a hearing loop and an accessible toilet."
    publish_page(event)


def _have_chosen(share: Share, organiser: Account) -> None:
    """Four members have chosen; one of them belongs to a group, and so left its bid to the others."""
    bids = stages.submit(share, SMALL_URMSTON)
    event = _planned(share, bids, "Alleyways of Urmston & Partington", "small-grants-urmston", -50, organiser)
    members = _members(share, "Imran Ali", "June Cole", "Lena Fox", "Tom Reid")
    open_choosing(event, organiser)
    gate, lights, covers = bids
    state_interests(members[2], [gate], "lives in the second house of the alley and keeps the group’s money")
    for member, chosen in zip(
        members, ((gate, lights), (gate, covers), (lights,), (gate, lights, covers)), strict=True
    ):
        _choose(event, member, chosen)
    close_choosing(event, organiser)
    give_reasons(event, REASONS, organiser)
    publish_outcome(event, organiser)
    visit_alleyways(event, members[1], organiser)


def _choose_now(share: Share, organiser: Account, marek: Account) -> None:
    """Two have chosen, and the demonstration’s own member can."""
    bids = stages.submit(share, SMALL_SALE)
    event = _planned(share, bids, "Alleyways of Sale", "small-grants-sale", -2, organiser)
    grant_role(marek, Role.LP_MEMBER, share.locality_id)
    members = _members(share, "Ada Byrne", "Sam Okoro")
    open_choosing(event, organiser)
    for member, chosen in zip(members, (bids[:2], bids[1:]), strict=True):
        _choose(event, member, chosen)


def _planned(share: Share, bids: Sequence[Bid], name: str, slug: str, begins: int, organiser: Account) -> Event:
    stages.shortlist(bids, organiser)
    first = today() + dt.timedelta(days=begins)
    starts, ends = uk_moment(first, dt.time(9)), uk_moment(first + dt.timedelta(days=7), dt.time(17))
    event = plan_event(share, name, "On the members’ phones", starts, ends, slug=slug)
    publish_page(event)
    return event


def _members(share: Share, *names: str) -> list[Account]:
    found = []
    for name in names:
        email = f"{name.removeprefix('Dr ').split()[0].lower()}@partnership.example"
        account = account_with_email(email) or add_account(name, email)
        grant_role(account, Role.LP_MEMBER, share.locality_id)
        found.append(account)
    return found


def _choose(event: Event, member: Account, chosen: Sequence[Bid]) -> None:
    if not left_out_by(event, member):
        state_interests(member, [], "")
    choose(event, member, tuple(sorted(bid.reference for bid in chosen)))
