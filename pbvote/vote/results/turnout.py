"""Who came and who voted in a round, as numbers by locality and, where the door has them, by age band.

Nothing here stands beside a ballot: who came is the door's, how many voted is the code account's. Small numbers of an
age band are hidden by `pbvote.core.small_numbers`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.rounds.models import Round
from pbvote.core.small_numbers import Count, Hidden, hide_small
from pbvote.db import db
from pbvote.vote.count.code_account import CodeAccount
from pbvote.vote.count.models import Seal
from pbvote.vote.door.ages import Ages, ages_at
from pbvote.vote.door.models import AgeBand
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import events_of
from pbvote.vote.poll.states import AWAITS_PUBLICATION, IS_PUBLIC

BANDS: Sequence[AgeBand | None] = (*AgeBand, None)


@dataclass(frozen=True, slots=True)
class LocalityTurnout:
    """What the code account of a locality's sealed event says."""

    event: Event
    account: CodeAccount

    @property
    def locality(self) -> str:
        """The locality's name."""
        return self.event.share.locality.name


@dataclass(frozen=True, slots=True)
class RoundTurnout:
    """A round's sealed events. `ages` has a row for each that can be shown by age, and none for all of them."""

    localities: Sequence[LocalityTurnout]
    ages: Sequence[Mapping[str, str]]
    too_few: Sequence[str]
    """Localities where so few came that no number by age can be shown."""

    @classmethod
    def of(cls, round_: Round) -> "RoundTurnout":
        """The turnout of a round's events whose count is sealed."""
        done = AWAITS_PUBLICATION | IS_PUBLIC
        events = [event for event in events_of(round_.shares).values() if event.poll in done]
        wanted = sa.select(Seal.event_id, Seal.account).where(Seal.event_id.in_([event.id for event in events]))
        accounts = {row.event_id: row.account for row in db.session.execute(wanted)}
        sealed = [LocalityTurnout(event, accounts[event.id]) for event in events if event.id in accounts]
        names, ages = {event.id: event.share.locality.name for event in events}, ages_at(events)
        by_name = {names[event_id]: came for event_id, came in ages.items()}
        rows = age_rows(by_name)
        shown = {row["locality"] for row in rows}
        return cls(sealed, rows, [name for name in by_name if name not in shown])


def age_rows(ages: Mapping[str, Ages]) -> list[dict[str, str]]:
    """The table as a page shows it: a row for each locality that can be shown with its total, which is known anyway.

    Each is hidden by itself, and there are no sums over them. Localities are sealed, and their lists deleted, on days
    of their own: whoever keeps an older page would work out of the sums what either page hides.
    """
    tables = {name: hide_small([[came[band] for band in BANDS]]) for name, came in ages.items()}
    return [
        _row(name, table.rows[0], table.row_totals[0])
        for name, table in tables.items()
        if not isinstance(table.row_totals[0], Hidden)
    ]


def _row(name: str, counts: Sequence[Count], total: Count) -> dict[str, str]:
    cells = {_key(band): _said(count) for band, count in zip(BANDS, counts, strict=True)}
    return {"locality": name, **cells, "total": _said(total)}


def _key(band: AgeBand | None) -> str:
    return band.value if band else "unsaid"


def _said(count: Count) -> str:
    return count.words if isinstance(count, Hidden) else f"{count:,}"
