"""What a count fixes and publishes: the election as it was voted on, and the ballots as far as they are shown."""

import enum
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from pbvote.core.hashes import canonical, digest, digest_of_lines
from pbvote.streaming import many_rows
from pbvote.tally import Election
from pbvote.tally.ballots import Ballot, Mark
from pbvote.vote.count.code_account import CodeAccount
from pbvote.vote.events.models import Event

RECOUNT = Path(__file__).parents[1] / "audit" / "bundle_files" / "recount.py"
"""The program in every bundle that counts it again. No part of pbvote imports it."""

FEWEST_TO_SHOW_TOTALS = 5
"""With fewer voters, totals would tell how somebody voted: the awards alone are shown."""


class Shown(enum.StrEnum):
    """What is published of the ballots."""

    AWARDS = "awards"
    MARKS = "marks"
    BALLOTS = "ballots"


def shown_of(event: Event, voters: int) -> Shown:
    """What is published of this many ballots; of members, who choose openly, all of it."""
    if event.is_chosen_by_members:
        return Shown.BALLOTS
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
    alike: dict[int, list[Ballot]] = {}
    for ballot, voters in election.ballots.groups.items():
        alike.setdefault(voters, []).append(ballot)
    given: Counter[Mark] = Counter()
    for voters, ballots in alike.items():  # few numbers of voters, so that nearly all of it is one C loop
        for mark, times in Counter(chain.from_iterable(ballots)).items():
            given[mark] += times * voters
    marks: dict[str, dict[str, int]] = {bid.ref: {} for bid in election.bids}
    for (ref, number), times in sorted(given.items()):
        marks[ref][str(number)] = times
    return marks


def ballot_lines(totals: Mapping[str, int]) -> Iterator[str]:
    """The ballots: a line for each distinct one, its canonical text, a tab, and its voters; sorted by the text."""
    return (f"{text}\t{totals[text]}\n" for text in sorted(totals))


def code_lines(event: Event) -> Iterator[str]:
    """Every slip of the event, one a line, sorted by the tag: tag, state, serial, envelope."""
    wanted = "SELECT code_tag, state, serial, envelope FROM slip WHERE event_id = :event ORDER BY code_tag"
    rows = many_rows(wanted, event=event.id)
    return (f"{tag.hex()} {state} {serial} {envelope}\n" for tag, state, serial, envelope in rows)


def fresh_salt() -> str:
    """128 random bits, the source of both salts: without its salt nobody can find a few ballots by trying."""
    return secrets.token_hex(16)


def salt_for(shown: Shown, salt: str) -> str:
    """The salt of the ballots' or of the marks' digest. It is published with what it belongs to alone."""
    return sha256(f"{salt} {shown.value}".encode()).hexdigest()


def recount_digest() -> str:
    """The SHA-256 of `recount.py`, 64 hexadecimal digits.

    It is published apart from the bundles, so that nobody has to trust the program in the bundle that it tests.
    """
    return sha256(RECOUNT.read_bytes()).hexdigest()


def ballots_digest(totals: Mapping[str, int], salt: str) -> str:
    """The digest of the ballots as the bundle can hold them: of their salt, a line feed, and the text."""
    return digest_of_lines(chain([f"{salt_for(Shown.BALLOTS, salt)}\n"], ballot_lines(totals)))


def commitments(
    event: Event, election: Election, ballots: str, check_numbers: list[str], account: CodeAccount, salt: str
) -> dict[str, str]:
    """The digests that the count writes into the ledger, of everything that the bundle can hold.

    SHA-256 in hexadecimal digits: of canonical JSON, or of the text as it stands in the bundle. `ballots` is their
    `ballots_digest`; that of the marks is of a salt, a line feed, and the text, too.
    """
    return {
        "election": digest(election_text(event, election)),
        "ballots": ballots,
        "marks": digest_of_lines([f"{salt_for(Shown.MARKS, salt)}\n", canonical(marks_of(election))]),
        "check_numbers": digest_of_lines(f"{number}\n" for number in check_numbers),
        "codes": digest_of_lines(code_lines(event)),
        "account": digest(account.to_dict()),
    }
