"""Opening a closed poll again takes two people."""

from dataclasses import dataclass

from pbvote.vote.acts.kinds import ActKind, register
from pbvote.vote.acts.models import Act
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import in_a_sentence
from pbvote.vote.poll.closing import reopen_poll
from pbvote.vote.poll.forms import REOPEN_REASONS, ReopenReason


@dataclass(frozen=True, slots=True)
class Reopening:
    """Why the poll is opened again."""

    reason: str


def _do(act: Act, body: Reopening) -> None:
    reopen_poll(act.event, act.asker, act.second, ReopenReason(body.reason))


def _asked(body: Reopening, event: Event) -> str:
    why = in_a_sentence(REOPEN_REASONS[ReopenReason(body.reason)])
    return f"open voting at {event.name} again ({why})"


REOPEN = register(
    ActKind(
        name="reopen",
        body=Reopening,
        do=_do,
        asked=_asked,
        look_first="Is the reason true, and does everybody in the room know?",
        button="The reason is true, and I confirm",
        occasion="opening voting again",
        said=lambda _body: "Voting is open again.",
    )
)
