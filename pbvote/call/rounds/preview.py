"""A round in plain English, made of its settings: the same sentences for the organiser who checks and for everybody."""

from pbvote.call.rounds.models import EventFormat, Share
from pbvote.call.rounds.occasions import Occasion
from pbvote.call.rounds.rule_words import leftover, ties
from pbvote.core.money import format_money
from pbvote.filters import day, hours
from pbvote.tally import BallotKind, BallotRules


def sentences(share: Share, occasion: Occasion | None = None) -> list[tuple[str, str]]:
    """What happens in a locality from the call to the awards: pairs of a heading and a sentence or two."""
    found = [
        ("Money", _money(share)),
        ("Bids", _bids(share)),
        ("Event", f"{_event(share, occasion)}{_meeting(share)}"),
        ("Who chooses" if share.is_chosen_by_members else "Who votes", f"{deciders(share)}."),
        ("How they choose" if share.is_chosen_by_members else "How they vote", f"They {voting(share.ballot_rules)}."),
        ("Count", share.rule_kind.sentence),
        ("Money left over", leftover(share.count_rule)),
        ("Ties", ties(share.count_rule)),
        ("Ballots", published(share)),
    ]
    return [(heading, said) for heading, said in found if said]


def _money(share: Share) -> str:
    currency = share.round.currency
    said = f"{share.locality.name} has {format_money(share.share_pence, currency)}. "
    said += f"One bid may ask for up to {format_money(share.cap_pence, currency)} of it."
    cap = share.round.bid_cap_pence
    if cap and len(share.round.shares) > 1:
        said += f" A bid to several localities may ask for up to {format_money(cap, currency)} altogether."
    return said


def _bids(share: Share) -> str:
    if share.round.is_imported:
        return ""
    said = f"Groups bid from {day(share.bids_open_on)} to {day(share.bids_close_on)}."
    if share.is_chosen_by_members:
        return f"{said} Bids end sooner if the members begin to choose before."
    return f"{said} Bids end sooner if the first ballot paper is printed before."


def _event(share: Share, occasion: Occasion | None) -> str:
    if occasion is None:
        return ""
    when = hours(occasion.starts_at, occasion.ends_at)
    if share.is_chosen_by_members:
        return f"The members of the partnership choose from {when}. "
    if occasion.lasts_days:
        return f"Residents vote from {when}. Slips are at {occasion.place}. "
    return f"Residents decide on {when}, at {occasion.place}. "


def _pitch(share: Share) -> str:
    return "a minute" if share.pitch_minutes == 1 else f"{share.pitch_minutes} minutes"


def groups_part(share: Share) -> str:
    """What a group on the ballot does at the event, and how long it may speak: a sentence to the group."""
    match share.format:
        case EventFormat.PITCHES:
            return f"Come and tell residents about your bid. You may speak for {_pitch(share)}. Then they vote."
        case EventFormat.STALLS:
            return "Come and have a stall. Residents walk round, ask about your bid, and vote when they like."
        case EventFormat.DAYS:
            return "There is no meeting. Residents read your bid, and vote when they like."
        case EventFormat.MEMBERS:
            return "There is no meeting. The members of the partnership read your bid, and choose openly."


def _meeting(share: Share) -> str:
    match share.format:
        case EventFormat.PITCHES:
            return f"Each group speaks for {_pitch(share)}, one after another."
        case EventFormat.STALLS:
            return "Each group has a stall. Residents walk round, vote and leave when they like."
        case EventFormat.DAYS:
            return "There is no meeting. Residents read the bids, collect a slip and vote when they like."
        case EventFormat.MEMBERS:
            return "There is no vote of residents. Everybody can read afterwards who chose what, and why."


def deciders(share: Share) -> str:
    """Who votes, or which members choose, without a full stop."""
    if not share.is_chosen_by_members:
        return who(share)
    members = "1 of them" if share.quorum == 1 else f"{share.quorum} of them or more"
    return f"Members of the partnership of {share.locality.name}, {members}, each for groups that they don’t belong to"


def who(share: Share) -> str:
    """Who may vote: all of them, without a full stop."""
    people = share.who_may_vote or f"Residents of {share.locality.name}"
    people = people.rstrip(". ")
    return f"{people}, aged {share.minimum_age} or over" if share.minimum_age else people


def voting(rules: BallotRules) -> str:
    """What they do, as the end of a sentence."""
    marks = f"from {1 if rules.min_points is None else rules.min_points} to {rules.max_points or 5}"
    match rules.kind:
        case BallotKind.SCORE:
            return f"give every bid a mark {marks}"
        case BallotKind.APPROVAL:
            return f"choose {_how_many(rules)}"
        case BallotKind.KNAPSACK:
            return "choose bids that fit into the share together"
        case BallotKind.RANKED:
            most = rules.max_choices
            return f"put up to {most} favourite bids in order" if most else "put their favourite bids in order"
        case BallotKind.CUMULATIVE:
            return f"share out {rules.max_sum} points among the bids" if rules.max_sum else "share out points"
        case BallotKind.CHOOSE_THEN_SCORE:
            return f"choose {_how_many(rules)} and give each a mark {marks}"


def _how_many(rules: BallotRules) -> str:
    least, most = rules.min_choices, rules.max_choices
    if most is None:
        return f"at least {least} bid{'s' if least != 1 else ''}"
    if least == most:
        return f"exactly {most} bid{'s' if most != 1 else ''}"
    return f"{least} to {most} bids"


def published(share: Share) -> str:
    """What anybody can count again from; nothing for an imported election, which published what it published."""
    if share.round.is_imported:
        return ""
    if share.is_chosen_by_members:
        return "What each member chose is published with their name."
    if share.shows_ballots:
        return "Whole ballots are published, without names and without slips, so that anybody can count again."
    return "How many people gave each bid each mark is published, so that anybody can count again."
