"""Make slips, and find the slip that a code belongs to. Nothing here commits.

A code exists in this process's memory while its sheet is made, and on paper after that. The database holds its tag.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar

import sqlalchemy as sa

from pbvote.addresses import base_url, voters_page
from pbvote.call.rounds.service import lock_rules
from pbvote.core.codes import in_groups, new_code
from pbvote.core.hashes import digest
from pbvote.core.keys import EventKey
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, counted, record
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.poll.opening import MembersChoose
from pbvote.vote.poll.states import KEYLESS, TAKES_SLIPS
from pbvote.vote.slips.keys import key_ring
from pbvote.vote.slips.models import Slip, SlipState

IN_ENVELOPE = 25
MOST_AT_ONCE = 2000


class TooLateToPrint(Refusal):
    """Slips are printed until the poll closes."""

    def __init__(self) -> None:
        super().__init__("Voting has closed, so no more slips can be printed.")


_MADE_FOR = {
    SlipState.SPARE: "in sealed envelopes",
    SlipState.TEST: "for a rehearsal: they never count",
    SlipState.LIVE: "that can vote at once",
}


@record
@dataclass(frozen=True, slots=True)
class SlipsMade(Record):
    """A batch of slips was made. `tags` is the digest of their codes' tags, `key` the key's fingerprint."""

    type: ClassVar[str] = "print"
    slips: int
    state: str
    first: str
    last: str
    tags: str
    key: str
    bids: int
    """How many bids the paper ballots on their backs have boxes for."""
    first_envelope: int = 0
    last_envelope: int = 0
    """The envelopes that they fill; 0 for a rehearsal, which has none."""
    is_large: bool = False
    """Whether they are in large print, one to a sheet."""
    backs: str = ""
    """A digest of the bids' numbers and titles, which the backs name where there is room: see `backs_of`."""
    host: str = ""
    """Where their QR codes lead: scheme and host."""
    is_on_paper: bool = True
    """Whether they were made to be printed, and not for test votes of the server's own."""

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        if not self.is_on_paper:
            return f"{counted(self.slips, 'slip')} made for test votes, on no paper: they never count; {self.serials}"
        large = "in large print, " if self.is_large else ""
        return f"{counted(self.slips, 'slip')} made {large}{_MADE_FOR[SlipState(self.state)]}; {self.serials}"

    @property
    def serials(self) -> str:
        """``S-0001 to S-0030``, or the only one."""
        return self.first if self.first == self.last else f"{self.first} to {self.last}"

    @property
    def is_for_rehearsal(self) -> bool:
        """Whether they never count."""
        return self.state == SlipState.TEST

    @property
    def envelopes(self) -> range:
        """The numbers of their envelopes."""
        return range(self.first_envelope, self.last_envelope + 1) if self.first_envelope else range(0)

    @property
    def envelopes_in_words(self) -> str:
        """``envelope 3``, ``envelopes 1 and 2``, ``envelopes 1 to 4``; "" where they have none."""
        if len(self.envelopes) < 2:
            return f"envelope {self.first_envelope}" if self.envelopes else ""
        joint = "and" if len(self.envelopes) == 2 else "to"
        return f"envelopes {self.first_envelope} {joint} {self.last_envelope}"


@record
@dataclass(frozen=True, slots=True)
class SheetsFailed(Record):
    """A batch was made void, because its sheets could not be drawn."""

    type: ClassVar[str] = "print_failed"
    slips: int
    serials: tuple[str, ...]

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return f"{counted(self.slips, 'slip')} made void, because the sheets could not be drawn"


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """A slip as it goes onto paper. It is never stored."""

    serial: str
    code: str
    envelope: int
    """0 for a test slip."""
    address: str
    is_test: bool = False

    @property
    def grouped_code(self) -> str:
        """The code as it is read aloud."""
        return in_groups(self.code)


def require_in_time(event: Event) -> None:
    """Raise `TooLateToPrint` once voting has closed."""
    if event.poll not in TAKES_SLIPS:
        raise TooLateToPrint


def make_slips(
    event: Event,
    number: int,
    actor: Account | None,
    state: SlipState = SlipState.SPARE,
    *,
    is_large: bool = False,
    is_on_paper: bool = True,
) -> list[PrintedSlip]:
    """Make a batch of slips and note it in the ledger. The first batch locks the share's rules.

    Slips are `SPARE` until somebody opens their envelope; `LIVE` ones work at once, as if their envelopes were open;
    `TEST` ones are for the rehearsal and never count. Within each envelope the slips are shuffled, so that the order of
    serials says nothing about who came when. Commit before a single code leaves the process. Raises `TooLateToPrint`
    after the close, and `MembersChoose` where no resident votes.
    """
    _require_printable(event)
    lock_rules(event.share)
    key = _key_for(event)
    slips = _shuffled(_fresh_slips(event, number, state))
    tags = {slip.serial: key.code_tag(slip.code) for slip in slips}
    _store(event, slips, tags, state)
    made = SlipsMade(
        slips=number,
        state=state.value,
        first=min(tags, key=_number_in),
        last=max(tags, key=_number_in),
        tags=sha256(b"".join(sorted(tags.values()))).hexdigest(),
        key=key.fingerprint,
        bids=len(event.running_order),
        first_envelope=min(slip.envelope for slip in slips),
        last_envelope=max(slip.envelope for slip in slips),
        is_large=is_large,
        backs=backs_of(event),
        host=base_url(),
        is_on_paper=is_on_paper,
    )
    write_entry(event, made, actor)
    return slips


def _key_for(event: Event) -> EventKey:
    """The key, made once, for the first slip. Made again where it is missing, it would kill every slip before."""
    has_slips = db.session.scalar(sa.select(sa.exists().where(Slip.event_id == event.id)))
    return key_ring().read(event.slug) if has_slips else key_ring().ensure(event.slug)


def _store(event: Event, slips: Sequence[PrintedSlip], tags: Mapping[str, bytes], state: SlipState) -> None:
    rows: list[dict[str, Any]] = [
        {"code_tag": tags[slip.serial], "serial": slip.serial, "envelope": slip.envelope, "state": state}
        for slip in slips
    ]
    # In the order of the tags, which is one of chance: PostgreSQL keeps the order in which rows came, and that of the
    # sheets beside that of the ballots would link them, should a steward hand slips out from the top.
    rows.sort(key=lambda row: row["code_tag"])
    db.session.execute(sa.insert(Slip).values(event_id=event.id), rows)


def backs_of(event: Event) -> str:
    """A digest of what slips that are printed now say of the bids on their backs."""
    return digest([[slot.number, slot.bid.reference, slot.bid.title] for slot in event.running_order])


def has_old_backs(event: Event, batches: Sequence[SlipsMade]) -> bool:
    """Whether some of these were printed for other bids, another order or other titles than there are now."""
    return bool(batches) and {made.backs for made in batches} != {backs_of(event)}


def serial_of(number: int, letter: str = "S") -> str:
    """A slip's serial: ``S-0417``, or ``T-0001`` of a test slip."""
    return f"{letter}-{number:04d}"


def _number_in(serial: str) -> int:
    return int(serial.partition("-")[2])


def _fresh_slips(event: Event, number: int, state: SlipState) -> list[PrintedSlip]:
    """New slips with the serials and envelopes that come next; those of test slips are counted by themselves."""
    is_test = state is SlipState.TEST
    letter = "T" if is_test else "S"
    known = sa.select(sa.func.count(), sa.func.coalesce(sa.func.max(Slip.envelope), 0))
    is_alike = Slip.serial.startswith(f"{letter}-")
    printed, last_envelope = db.session.execute(known.where(Slip.event_id == event.id, is_alike)).one()
    slips = []
    for index in range(number):
        code = new_code()
        envelope = 0 if is_test else last_envelope + 1 + index // IN_ENVELOPE
        serial = serial_of(printed + index + 1, letter)
        slips.append(PrintedSlip(serial, code, envelope, voters_page(event.slug, code), is_test))
    return slips


def _shuffled(slips: list[PrintedSlip]) -> list[PrintedSlip]:
    """Envelope by envelope, each in a random order."""
    order = random.SystemRandom()
    shuffled: list[PrintedSlip] = []
    for start in range(0, len(slips), IN_ENVELOPE):
        envelope = slips[start : start + IN_ENVELOPE]
        order.shuffle(envelope)
        shuffled += envelope
    return shuffled


def _require_printable(event: Event) -> None:
    hold(event, TAKES_SLIPS, otherwise=TooLateToPrint)
    if event.is_chosen_by_members:
        raise MembersChoose


def void_batch(event: Event, slips: Sequence[PrintedSlip], actor: Account | None) -> None:
    """Make a batch void whose sheet did not reach its printer, and note it. After the count slips stay as they are."""
    hold(event)
    if event.poll in KEYLESS:
        return
    serials = [slip.serial for slip in slips]
    wanted = sa.update(Slip).where(Slip.event_id == event.id, Slip.serial.in_(serials))
    db.session.execute(wanted.values(state=SlipState.VOID))
    write_entry(event, SheetsFailed(len(serials), tuple(sorted(serials))), actor)
