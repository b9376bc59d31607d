"""The code account of an event as it stands, and as the count fixed it. Nothing here commits."""

from dataclasses import asdict, dataclass, replace
from typing import ClassVar

from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.count.box import Box, open_box
from pbvote.vote.count.code_account import MISMATCH_REASONS, CodeAccount, MismatchReason
from pbvote.vote.count.models import HandCount, Seal
from pbvote.vote.door.helping import help_given
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, counted, in_a_sentence, record
from pbvote.vote.ledger.service import entries_of, records_in, write_entry
from pbvote.vote.poll.models import Decision
from pbvote.vote.poll.service import OutOfTurn
from pbvote.vote.poll.states import AWAITS_THE_COUNT
from pbvote.vote.slips.finding import slips_of
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import SlipsMade
from pbvote.vote.slips.voiding import SlipReplaced


class AccountMissing(Refusal):
    """The slips that were left over have not been counted yet."""

    def __init__(self) -> None:
        super().__init__("Do the slips add up? Enter first how many are left over, and how many voters came.")


class Unexplained(Refusal):
    """A mismatch without a reason."""

    def __init__(self, mismatches: tuple[str, ...]) -> None:
        super().__init__(f"The slips do not add up. Say why first. {' '.join(mismatches)}")


@record
@dataclass(frozen=True, slots=True)
class SlipsCountedByHand(Record):
    """The numbers of the code account that people counted were saved; `reason` where they do not fit, from the list."""

    type: ClassVar[str] = "account"
    left_over: int
    door_count: int
    reason: str = ""

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        why = MISMATCH_REASONS[MismatchReason(self.reason)] if self.reason else ""
        said = f"Counted by hand: {counted(self.left_over, 'slip')} left over, {counted(self.door_count, 'voter')} came"
        return f"{said}. They do not fit: {in_a_sentence(why)}" if why else said


@dataclass(frozen=True, slots=True)
class ByHand:
    """What was counted by hand, and by whom. `note` is published: it names nobody."""

    left_over: int
    door_count: int
    reason: MismatchReason | None
    note: str
    stated_by: int

    @property
    def unexplained(self) -> "ByHand":
        """The same where the slips add up, so that there is nothing to explain."""
        return replace(self, reason=None, note="")


def stated_account(event: Event) -> HandCount | None:
    """What was counted by hand, where somebody has."""
    return db.session.get(HandCount, event.id)


def account_sealed(event: Event) -> CodeAccount | None:
    """The account as the count fixed it, where the event is counted."""
    seal = db.session.get(Seal, event.id)
    return seal.account if seal else None


def account_of(event: Event, box: Box, stated: HandCount | ByHand | None) -> CodeAccount:
    """The event's account, from the database and what was counted by hand, where somebody has."""
    slips, entries = slips_of(event), entries_of(event)
    return CodeAccount(
        printed=sum(made.slips for made in records_in(entries, SlipsMade)),
        live=slips.get(SlipState.LIVE, 0),
        void=slips.get(SlipState.VOID, 0),
        spare=slips.get(SlipState.SPARE, 0),
        test=slips.get(SlipState.TEST, 0),
        replaced=len(records_in(entries, SlipReplaced)),
        voted=box.voted,
        on_paper=box.on_paper,
        spoilt=box.spoilt,
        decided_for_paper=box.decided_for(Decision.PAPER),
        decided_for_phone=box.decided_for(Decision.PHONE),
        left_out=box.left_out,
        unaccounted=box.unaccounted,
        help_given={kind.value: times for kind, times in help_given(event).items()},
        left_over=stated.left_over if stated else None,
        door_count=stated.door_count if stated else None,
        reason=stated.reason.value if stated and stated.reason else "",
        note=stated.note if stated else "",
    )


def current_account(event: Event) -> CodeAccount:
    """The account as it stands. It opens the box, which takes seconds in a city: outside every transaction, please."""
    return account_of(event, open_box(event), stated_account(event))


def state_account(event: Event, stated: ByHand) -> None:
    """Write down what was counted by hand, in place of what was there, with a line in the ledger where it is another.

    Raises `OutOfTurn` unless the poll is closed.
    """
    hold(event, AWAITS_THE_COUNT, otherwise=OutOfTurn)
    told, before = _told_of(stated), stated_account(event)
    if before is None or _told_of(before) != told:
        write_entry(event, told, db.session.get(Account, stated.stated_by))
    db.session.merge(HandCount(event_id=event.id, **asdict(stated)))
    db.session.flush()


def _told_of(stated: ByHand | HandCount) -> SlipsCountedByHand:
    reason = stated.reason.value if stated.reason else ""
    return SlipsCountedByHand(stated.left_over, stated.door_count, reason)


def require_explained(account: CodeAccount) -> None:
    """Raise `Unexplained` where something does not balance and nobody said why."""
    if account.is_unexplained:
        raise Unexplained(account.mismatches)
