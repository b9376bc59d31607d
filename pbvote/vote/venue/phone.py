"""What a phone in the hall tells of the network: how long a few round trips took."""

import re
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Final

from pbvote.doctor.findings import Diagnosis, ok, warning
from pbvote.vote.ledger.records import counted

GOOD_MS: Final = 300
"""The middle of the round trips: slower ones feel slow."""
SLOWEST_MS: Final = 2000
_SENT: Final = re.compile(r"(?:-|\d{1,5})(?:,(?:-|\d{1,5})){0,19}", re.ASCII)


@dataclass(frozen=True, slots=True)
class RoundTrips:
    """How many milliseconds each took that was answered, and how many were not."""

    milliseconds: tuple[int, ...]
    lost: int


def read_trips(sent: str) -> RoundTrips | None:
    """What the page's script sends: ``41,52,-,38``, a dash for one without an answer; None for anything else."""
    if not _SENT.fullmatch(sent):
        return None
    trips = sent.split(",")
    return RoundTrips(tuple(int(trip) for trip in trips if trip != "-"), trips.count("-"))


def of_trips(trips: RoundTrips) -> Diagnosis:
    """What these round trips say of the hall's network."""
    number = len(trips.milliseconds) + trips.lost
    if trips.lost:
        sentence = f"A phone in the hall asked the server {counted(number, 'time')}, and {trips.lost} got no answer."
        return warning("wifi", sentence, "Ask who runs the hall’s network. Votes on paper need none: bring pens.")
    middle, slowest = round(median(trips.milliseconds)), max(trips.milliseconds)
    took = f"Half of the answers came within {_seconds(middle)}, all within {_seconds(slowest)}."
    sentence = f"A phone asked the server {counted(number, 'time')}. {took}"
    if middle > GOOD_MS or slowest > SLOWEST_MS:
        return warning("wifi", sentence, "That is slow. Stand where people sit, and try mobile data too.")
    return ok("wifi", sentence)


def _seconds(milliseconds: int) -> str:
    """``0.5 seconds``, as people say it: rounded up to a tenth."""
    return f"{ceil(milliseconds / 100) / 10} seconds"
