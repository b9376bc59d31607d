"""What takes two people about papers: to undo what two have confirmed, and to decide a clash again."""

from collections.abc import Mapping
from dataclasses import dataclass

from pbvote.vote.acts.kinds import ActKind, register
from pbvote.vote.acts.models import Act
from pbvote.vote.ledger.records import in_a_sentence
from pbvote.vote.paper_entry.clashes import DECISIONS, change_decision
from pbvote.vote.paper_entry.pile import serials_by_label
from pbvote.vote.paper_entry.undoing import take_out
from pbvote.vote.poll.models import Decision

GONE = "that is no longer there"
"""What stands in place of a serial, once nothing has the paper's label any more."""


@dataclass(frozen=True, slots=True)
class TakingOut:
    """Which paper: a label that names no slip to anyone without the key."""

    paper: str


@dataclass(frozen=True, slots=True)
class Redeciding:
    """Which paper's slip, and which of its two ballots counts now; `was` counted before."""

    paper: str
    decision: str
    was: str


def _asked_to_take_out(body: TakingOut, serials: Mapping[str, str]) -> str:
    return f"take out the paper ballot of slip {serials.get(body.paper, GONE)}, which two people confirmed"


def _redecide(act: Act, body: Redeciding) -> None:
    change_decision(act.event, body.paper, Decision(body.decision), Decision(body.was), act.asker, act.second)


def _asked_to_redecide(body: Redeciding, serials: Mapping[str, str]) -> str:
    counts = in_a_sentence(DECISIONS[Decision(body.decision)])
    return f"change the decision about slip {serials.get(body.paper, GONE)}: {counts}"


TAKE_OUT = register(
    ActKind(
        name="paper_out",
        body=TakingOut,
        do=lambda act, body: take_out(act.event, body.paper, act.asker, act.second),
        asked=_asked_to_take_out,
        reads=serials_by_label,
        look_first="Have you seen the paper, and was it keyed wrongly? Until it is keyed again it does not count.",
        button="I have seen the paper, and confirm",
        occasion="taking a paper ballot out again",
        said=lambda _body: "The paper ballot is taken out. Key it again, so that it counts.",
    )
)

REDECIDE = register(
    ActKind(
        name="redecide",
        body=Redeciding,
        do=_redecide,
        asked=_asked_to_redecide,
        reads=serials_by_label,
        look_first="Do you know why the first decision was wrong? One of the slip’s two ballots counts, not both.",
        button="I know why, and confirm",
        occasion="another decision about a slip with two votes",
        said=lambda body: f"Decided: {in_a_sentence(DECISIONS[Decision(body.decision)])}.",
    )
)
