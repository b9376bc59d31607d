"""Witnesses of an event, and the ledger that tells of their cards by number. Nothing here commits."""

from pbvote.acts.models import Witness
from pbvote.acts.service import add_witness, withdraw_witness
from pbvote.db import db, hold_event
from pbvote.errors import Refusal
from pbvote.events.models import Event, PollState
from pbvote.people.models import Account
from pbvote.voting.ledger import write_entry
from pbvote.voting.models import LedgerType


class NothingToWitness(Refusal):
    """After the publication no act is left that takes two people."""

    def __init__(self) -> None:
        super().__init__("The result is public, so there is nothing left that a witness could confirm.")


def name_witness(event: Event, name: str, actor: Account) -> tuple[Witness, str]:
    """A witness, and the code of their card: it is shown or printed once and kept nowhere. Raises `NothingToWitness`.

    The ledger holds the witness's number; the name is for the desk alone.
    """
    hold_event(event.id, exclusive=True)
    db.session.refresh(event)
    if event.poll is PollState.PUBLISHED:
        raise NothingToWitness
    witness, code = add_witness(event, name)
    write_entry(event, LedgerType.WITNESS, {"witness": witness.id}, actor)
    return witness, code


def take_card_back(event: Event, witness_id: int, actor: Account) -> None:
    """Make a witness's card worthless, and note it. Once more does no harm."""
    hold_event(event.id, exclusive=True)
    if withdraw_witness(event, witness_id):
        write_entry(event, LedgerType.WITNESS, {"witness": witness_id, "taken_back": True}, actor)
