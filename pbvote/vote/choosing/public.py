"""How the members of a partnership decided, for anyone: who chose what, who belonged to which group, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.tally import decode_choices
from pbvote.tally.ballots import ballot_of
from pbvote.vote.choosing.members import choices_at
from pbvote.vote.choosing.models import MemberChoice
from pbvote.vote.choosing.service import reasons_of
from pbvote.vote.count.outcome import outcome_of
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called
from pbvote.vote.poll.paper import Line, Paper

door = public_door("choosing", __name__, url_prefix="/results")


@dataclass(frozen=True, slots=True)
class BidChosen:
    """One bid with what each member said of it, by the members' accounts; a bid that is not theirs is left out."""

    line: Line
    marks: Mapping[int, int]
    left_out_by: frozenset[int]
    is_funded: bool


def _bids_chosen(event: Event, made: Sequence[MemberChoice]) -> list[BidChosen]:
    paper, outcome, kind = Paper.of(event), outcome_of(event), event.share.ballot_rules.kind
    said = {choice.account_id: dict(ballot_of(kind, decode_choices(kind, choice.choices))) for choice in made}
    funded = outcome.funded if outcome else ()
    return [
        BidChosen(
            line,
            {account_id: marks[line.reference] for account_id, marks in said.items() if line.reference in marks},
            frozenset(choice.account_id for choice in made if line.reference in choice.left_out),
            line.reference in funded,
        )
        for line in paper.lines
    ]


@door.get("/<slug:slug>/members")
def record(slug: str) -> ResponseReturnValue:
    """Who chose what, and why, once the result is public; else 404."""
    event = event_called(slug)
    if event is None or not (event.is_public and event.is_chosen_by_members):
        abort(404)
    made = choices_at(event)
    return render_template(
        "vote/choosing/record.html",
        event=event,
        made=made,
        bids=_bids_chosen(event, made),
        why=reasons_of(event),
        has_votes=event.share.ballot_rules.kind.has_votes,
    )
