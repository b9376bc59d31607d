"""What takes two people about slips: to leave out a ballot, and to replace a slip that was lost."""

from dataclasses import dataclass

from pbvote.vote.acts.kinds import ActKind, register
from pbvote.vote.acts.models import Act
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import in_a_sentence
from pbvote.vote.poll.voided import VOID_REASONS, VoidReason
from pbvote.vote.slips.voiding import replace_slip, void_slip


@dataclass(frozen=True, slots=True)
class Voiding:
    """Which slip is made void, and why."""

    serial: str
    reason: str


@dataclass(frozen=True, slots=True)
class Replacing:
    """Nobody knows which slip was lost."""


def _void(act: Act, body: Voiding) -> None:
    void_slip(act.event, body.serial, VoidReason(body.reason), act.asker, act.second)


def _asked_to_void(body: Voiding, _event: Event) -> str:
    why = in_a_sentence(VOID_REASONS[VoidReason(body.reason)])
    return f"make slip {body.serial} void, so that its ballot does not count ({why})"


VOID = register(
    ActKind(
        name="void",
        body=Voiding,
        do=_void,
        asked=_asked_to_void,
        look_first="Have you seen the slip, and is the reason true? Its ballot will not count.",
        button="I have seen the slip, and confirm",
        occasion="making a slip void that has voted",
        said=lambda body: f"Slip {body.serial} is void, and its ballot does not count.",
    )
)

REPLACE = register(
    ActKind(
        name="replace",
        body=Replacing,
        do=lambda act, _body: replace_slip(act.event, act.asker, act.second),
        asked=lambda _body, _event: "give somebody a new slip, because they lost theirs before they voted",
        look_first=(
            "Was the person asked whether they saw “We have your vote”? "
            "If they did, they have voted and need no new slip."
        ),
        button="They were asked, and I confirm",
        occasion="a new slip for one that was lost",
        said=lambda _body: "Until voting closes, the person gets another slip: any one of the open envelope.",
    )
)
