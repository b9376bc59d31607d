"""A round's set-up as a list: what is done, what is missing, what is fixed and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from pbvote.call.rounds import preview, timetable
from pbvote.call.rounds.from_above import BidsIn, bids_in
from pbvote.call.rounds.models import Round, RoundState, Share
from pbvote.call.rounds.occasions import Occasion, occasions_of
from pbvote.call.rounds.questions import minutes_of
from pbvote.call.rounds.ten_bids import Example, worked_example
from pbvote.core.money import format_money
from pbvote.filters import day
from pbvote.tally import BallotRules, Rule

PRINTED = "Slips are printed, so this stays as it is."
CHOOSING = "The members have begun to choose, so this stays as it is."
OPENED = "The round is open, and groups have seen the shares."


@dataclass(frozen=True, slots=True)
class SetUpItem:
    """One line of the list, as `parts/task_list.html` draws it."""

    text: str
    href: str | None
    hint: str
    is_done: bool = False
    tag_text: str = ""
    tag_colour: str = "blue"


@dataclass(frozen=True, slots=True)
class LocalityList:
    """A locality's part of the list."""

    share: Share
    items: Sequence[SetUpItem]
    warnings: Sequence[str]
    sentences: Sequence[tuple[str, str]]
    example: Example


@dataclass(frozen=True, slots=True)
class SetUp:
    """The whole list."""

    items: Sequence[SetUpItem]
    localities: Sequence[LocalityList]

    @property
    def has_warnings(self) -> bool:
        """Whether dates, hours and bids go together everywhere."""
        return any(locality.warnings for locality in self.localities)


def set_up_of(round_: Round) -> SetUp:
    """The list of a round, its shares loaded; in two statements more."""
    occasions = occasions_of(round_.id, [share.locality_id for share in round_.shares])
    bids = bids_in.of(round_.shares)
    examples: dict[tuple[BallotRules, Rule], Example] = {}
    localities = [_locality(share, bids, occasions.get(share.locality_id), examples) for share in round_.shares]
    return SetUp([_money(round_), _limits(round_), _after_the_vote(round_)], localities)


def _money(round_: Round) -> SetUpItem:
    href = url_for("rounds_desk.shares", slug=round_.slug)
    difference = round_.pot_pence - round_.shared_pence
    pot, amount = format_money(round_.pot_pence, round_.currency), format_money(abs(difference), round_.currency)
    if round_.state is RoundState.OPEN:
        return SetUpItem("Share out the pot", href, f"{pot}. {OPENED}", tag_text="Fixed", tag_colour="purple")
    if difference:
        gap = f"The shares are {amount} {'short of' if difference > 0 else 'over'} the pot of {pot}."
        return SetUpItem("Share out the pot", href, gap)
    return SetUpItem("Share out the pot", href, f"{pot}, to the penny", is_done=True)


def _limits(round_: Round) -> SetUpItem:
    href = url_for("rounds_desk.round_settings", slug=round_.slug)
    cap = round_.bid_cap_pence
    said = f"One bid may ask {format_money(cap, round_.currency)} altogether" if cap else "No limit across localities"
    minutes = minutes_of(round_.questions, is_short=round_.has_short_form)
    form = f"The {'short form' if round_.has_short_form else 'form'} takes about {minutes} minutes"
    return SetUpItem("Name, limits and questions", href, f"{said}. {form}.", is_done=True)


def _after_the_vote(round_: Round) -> SetUpItem:
    text, href = "After the vote", url_for("grant_rules_desk.rules", slug=round_.slug)
    rules = round_.grant_rules
    if rules.ends_on is None:
        return SetUpItem(text, href, "Nobody has set the last day of the projects.")
    ends = f"Projects end by {day(rules.ends_on)}"
    if not rules.other_funds:
        return SetUpItem(text, href, f"{ends}. Nobody has written down where else a group can ask.")
    if not rules.safeguarding_name:
        return SetUpItem(text, href, f"{ends}. Nobody is named for safeguarding concerns.")
    return SetUpItem(text, href, ends, is_done=True)


def _locality(
    share: Share,
    bids: Mapping[int, BidsIn],
    occasion: Occasion | None,
    examples: dict[tuple[BallotRules, Rule], Example],
) -> LocalityList:
    pair = (share.ballot_rules, share.count_rule)
    if pair not in examples:
        examples[pair] = worked_example(*pair, share.round.currency)
    return LocalityList(
        share=share,
        items=[_dates(share), _ballot(share), _rule(share), _event(share, occasion)],
        warnings=timetable.warnings(share, bids[share.id].number if share.id in bids else 0, occasion),
        sentences=preview.sentences(share, occasion),
        example=examples[pair],
    )


def _why_fixed(share: Share) -> str:
    return CHOOSING if share.is_chosen_by_members else PRINTED


def _dates(share: Share) -> SetUpItem:
    text, href = "Dates and who may vote", url_for("rounds_desk.settings", share_id=share.id)
    dates = f"Bids {day(share.bids_open_on)} to {day(share.bids_close_on)}"
    if share.is_locked:
        return SetUpItem(text, href, f"{dates}. {_why_fixed(share)}", tag_text="Fixed", tag_colour="purple")
    if not share.who_may_vote and not share.is_chosen_by_members:
        return SetUpItem(text, href, f"Nobody has written down who may vote. Until then: {preview.who(share)}.")
    return SetUpItem(text, href, dates, is_done=True)


def _ballot(share: Share) -> SetUpItem:
    href = url_for("rules_desk.ballot", share_id=share.id)
    title = "How members choose" if share.is_chosen_by_members else "How residents vote"
    return _chosen(share, title, href, f"They {preview.voting(share.ballot_rules)}")


def _rule(share: Share) -> SetUpItem:
    href = url_for("rules_desk.rule", share_id=share.id)
    return _chosen(share, "How votes become awards", href, share.rule_kind.title)


def _chosen(share: Share, text: str, href: str, hint: str) -> SetUpItem:
    if share.is_locked:
        return SetUpItem(text, href, f"{hint}. {_why_fixed(share)}", tag_text="Fixed", tag_colour="purple")
    return SetUpItem(text, href, hint, is_done=True)


def _event(share: Share, occasion: Occasion | None) -> SetUpItem:
    if share.round.state is not RoundState.OPEN:
        return SetUpItem("The event", None, "Open the round first.")
    href = url_for("events_desk.new_event", share_id=share.id)
    if occasion is None:
        return SetUpItem("The event", href, "No day and place yet")
    return SetUpItem("The event", href, f"{day(occasion.starts_at)}, {occasion.place}", is_done=True)
