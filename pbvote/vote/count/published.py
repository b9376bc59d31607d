"""What a count fixes and publishes: the election as it was voted on, and the ballots as far as they are shown."""

import enum
import secrets
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from pbvote.core.hashes import canonical, digest
from pbvote.db import db
from pbvote.tally import Election
from pbvote.vote.events.models import Event
from pbvote.vote.slips.models import Slip

FEWEST_TO_SHOW_TOTALS = 5
"""With fewer voters, totals would tell how somebody voted: the awards alone are shown."""


class Shown(enum.StrEnum):
    """What is published of the ballots."""

    AWARDS = "awards"
    MARKS = "marks"
    BALLOTS = "ballots"


def shown_of(event: Event, voters: int) -> Shown:
    """What is published of this many ballots."""
    if voters < FEWEST_TO_SHOW_TOTALS:
        return Shown.AWARDS
    return Shown.BALLOTS if event.share.shows_ballots else Shown.MARKS


def election_text(event: Event, election: Election) -> dict[str, Any]:
    """The election as it was voted on and is counted, in plain values: what `recount.py` reads.

    The ledger holds its digest, so nothing may be in it that can still change after the count: the locality is its
    slug, since its name can be edited.
    """
    return {
        "event": event.slug,
        "name": event.name,
        "locality": event.share.locality.slug,
        "currency": event.share.round.currency,
        "minor_units": election.minor_units,
        "share": election.share,
        "ballot": election.ballot_rules.to_dict(),
        "rule": event.share.count_rule.to_dict(),
        "bids": [
            {
                "number": slot.number,
                "ref": bid.ref,
                "title": slot.bid.title,
                "group": slot.bid.group.name if slot.bid.group else "",
                "ask": bid.ask,
                "is_withdrawn": bid.is_withdrawn,
            }
            for slot, bid in zip(event.running_order, election.bids, strict=True)
        ],
    }


def marks_of(election: Election) -> dict[str, dict[str, int]]:
    """How many voters gave each bid each mark: by reference, and by the mark (a place, points, 1 for a choice)."""
    marks: dict[str, dict[str, int]] = {bid.ref: {} for bid in election.bids}
    for ballot, voters in election.ballots.groups.items():
        for ref, mark in ballot:
            marks[ref][str(mark)] = marks[ref].get(str(mark), 0) + voters
    return {ref: dict(sorted(given.items(), key=lambda pair: int(pair[0]))) for ref, given in marks.items()}


def ballots_text(election: Election) -> str:
    """The ballots: a line for each distinct one, its canonical text, a tab, and its voters; sorted by the text."""
    return "".join(f"{text}\t{voters}\n" for text, voters in election.ballots.texts())


def codes_text(event: Event) -> str:
    """Every slip of the event, one a line, sorted by the tag: tag, state, serial, envelope."""
    wanted = sa.select(Slip.code_tag, Slip.state, Slip.serial, Slip.envelope).where(Slip.event_id == event.id)
    rows = sorted(
        (tag.hex(), state.value, serial, envelope) for tag, state, serial, envelope in db.session.execute(wanted)
    )
    return "".join(f"{tag} {state} {serial} {envelope}\n" for tag, state, serial, envelope in rows)


def fresh_salt() -> str:
    """128 random bits, the source of both salts: without its salt nobody can find a few ballots by trying."""
    return secrets.token_hex(16)


def salt_for(shown: Shown, salt: str) -> str:
    """The salt of the ballots' or of the marks' digest. It is published with what it belongs to alone."""
    return sha256(f"{salt} {shown.value}".encode()).hexdigest()


def commitments(
    event: Event, election: Election, check_numbers: list[str], account: dict[str, Any], salt: str
) -> dict[str, str]:
    """The digests that the count writes into the ledger, of everything that the bundle can hold.

    SHA-256 in hexadecimal digits: of canonical JSON, or of the text as it stands in the bundle. The ballots' and the
    marks' are of their salt, a line feed, and the text.
    """

    def of_text(text: str) -> str:
        return sha256(text.encode()).hexdigest()

    return {
        "election": digest(election_text(event, election)),
        "ballots": of_text(f"{salt_for(Shown.BALLOTS, salt)}\n{ballots_text(election)}"),
        "marks": of_text(f"{salt_for(Shown.MARKS, salt)}\n{canonical(marks_of(election))}"),
        "check_numbers": of_text("".join(f"{number}\n" for number in check_numbers)),
        "codes": of_text(codes_text(event)),
        "account": digest(account),
    }
