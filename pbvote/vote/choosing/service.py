"""Open the choosing, choose, close and count it, give the reasons. Nothing here commits."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from pbvote.addresses import choosing_page
from pbvote.call.rounds.models import Share
from pbvote.core.clock import now
from pbvote.core.hashes import digest
from pbvote.db import db, insert_into
from pbvote.errors import Refusal
from pbvote.filters import moment
from pbvote.mail.service import write_letter
from pbvote.people.models import Account
from pbvote.tally import Choices, count, decode_choices, encode_choices
from pbvote.vote.choosing.members import MembersPaper, choices_at, has_stated, left_out_by, members_of
from pbvote.vote.choosing.models import MemberChoice, Recommendation
from pbvote.vote.choosing.records import ChoicesCounted, ChoosingOpened
from pbvote.vote.count.models import Counted
from pbvote.vote.count.outcome import election_of, keep_outcome
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.poll.opening import NothingToVoteOn
from pbvote.vote.poll.paper import Paper
from pbvote.vote.poll.service import OutOfTurn, move_poll
from pbvote.vote.poll.states import AWAITS_PUBLICATION, TAKES_CHOICES, PollState


class ResidentsVote(Refusal):
    """A share whose bids residents choose."""

    def __init__(self) -> None:
        super().__init__("Residents vote here, so members can’t choose.")


class TooFewMembers(Refusal):
    """A partnership that can't reach the quorum."""

    def __init__(self, members: int, quorum: int) -> None:
        super().__init__(
            f"{quorum} members must choose, and the partnership has {members}. Invite more, or settle a smaller number."
        )


class NoQuorum(Refusal):
    """Too few members have chosen for anything to be decided."""

    def __init__(self, chosen: int, quorum: int) -> None:
        super().__init__(f"{quorum} members must have chosen before you close. So far it is {chosen}.")


class ChoosingClosed(Refusal):
    """A choice that comes after the close."""

    def __init__(self) -> None:
        super().__init__("The choosing is closed. What you sent came too late and was not counted.")


class InterestsFirst(Refusal):
    """A member who has not said whose groups they belong to."""

    def __init__(self) -> None:
        super().__init__("Say first which of the groups you belong to, under My interests. Then you can choose.")


class NotYours(Refusal):
    """A choice of a bid whose group the member belongs to, or that breaks the ballot's rules."""

    def __init__(self) -> None:
        super().__init__("What you may choose has changed meanwhile. Open the page again, and choose.")


def open_choosing(event: Event, by: Account) -> None:
    """Let the members choose, and write to each. The bids and the rules stay as they are from now on.

    Raises `ResidentsVote`, `NothingToVoteOn`, `TooFewMembers` and `OutOfTurn`.
    """
    hold(event)
    if not event.is_chosen_by_members:
        raise ResidentsVote
    paper, members, quorum = Paper.of(event), members_of(event), event.share.quorum
    if not paper.lines:
        raise NothingToVoteOn
    if len(members) < quorum:
        raise TooFewMembers(len(members), quorum)
    move_poll(event, PollState.PLANNED, PollState.CHOOSING)
    write_entry(event, ChoosingOpened(len(members), quorum, paper.definition), by)
    for member in members:
        _ask(event, member)


def _ask(event: Event, member: Account) -> None:
    share: Share = event.share
    body = (
        f"Dear {member.name},",
        f"The members of the partnership of {share.locality.name} choose which bids in {share.round.name} get a grant.",
        f"Please choose by {moment(event.ends_at)}. First you say which of the groups you belong to. Sign in here:",
        choosing_page(event.slug),
        "Everybody can read afterwards what each member chose.",
    )
    write_letter(member.email, f"Please choose: {event.name}", "\n\n".join(body) + "\n")


def choose(event: Event, member: Account, choices: Choices) -> None:
    """Keep what a member chooses, in place of what they chose before.

    Raises `ChoosingClosed`, `InterestsFirst`, and `NotYours` where it is no complete choice among the bids that are
    theirs to choose.
    """
    hold(event, TAKES_CHOICES, ChoosingClosed, is_shared=True)
    if not has_stated(event, member):
        raise InterestsFirst
    left_out = left_out_by(event, member)
    own = MembersPaper.of(event, left_out).paper
    if own.rules.faults(choices, own.asks):
        raise NotYours
    said = {"choices": encode_choices(own.rules.kind, choices), "left_out": sorted(left_out), "chosen_at": now()}
    insert = insert_into(MemberChoice).values(event_id=event.id, account_id=member.id, **said)
    db.session.execute(insert.on_conflict_do_update(index_elements=["event_id", "account_id"], set_=said))


def close_choosing(event: Event, by: Account) -> None:
    """Close the choosing and count it by the round's rule. Raises `OutOfTurn` and `NoQuorum`.

    An interest that was declared after somebody chose takes that bid out of their choice.
    """
    hold(event, TAKES_CHOICES, OutOfTurn)
    made = choices_at(event)
    if len(made) < event.share.quorum:
        raise NoQuorum(len(made), event.share.quorum)
    for choice in made:
        _take_out_interests(event, choice)
    db.session.flush()
    for text, members in sorted(Counter(choice.choices for choice in made).items()):
        db.session.add(Counted(event_id=event.id, choices=text, voters=members))
    db.session.flush()
    election = election_of(event, with_ballots=True)
    keep_outcome(event, count(election, event.share.count_rule), len(made))
    move_poll(event, PollState.CHOOSING, PollState.SEALED)
    write_entry(event, ChoicesCounted(len(made), choices_digest(made)), by)


def _take_out_interests(event: Event, choice: MemberChoice) -> None:
    left_out, kind = left_out_by(event, choice.account), event.share.ballot_rules.kind
    chosen = decode_choices(kind, choice.choices)
    choice.left_out = sorted(left_out)
    choice.choices = encode_choices(kind, _without(chosen, left_out))


def _without(choices: Choices, left_out: Collection[str]) -> Choices:
    if isinstance(choices, Mapping):
        return {reference: points for reference, points in choices.items() if reference not in left_out}
    return tuple(reference for reference in choices if reference not in left_out)


def choices_digest(made: Sequence[MemberChoice]) -> str:
    """SHA-256 of what each member chose and left out, by the number of their account."""
    rows = sorted([choice.account_id, choice.choices, choice.left_out] for choice in made)
    return digest(rows)


def give_reasons(event: Event, reasons: str, by: Account) -> None:
    """Write down why the partnership recommends what its members chose. Raises `OutOfTurn` once it is public."""
    hold(event, AWAITS_PUBLICATION, OutOfTurn)
    said = {"reasons": reasons, "written_by_id": by.id, "written_at": now()}
    insert = insert_into(Recommendation).values(event_id=event.id, **said)
    db.session.execute(insert.on_conflict_do_update(index_elements=["event_id"], set_=said))


def reasons_of(event: Event) -> Recommendation | None:
    """Why, once somebody has written it down."""
    return db.session.scalar(sa.select(Recommendation).where(Recommendation.event_id == event.id))
