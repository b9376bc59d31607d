"""Read a real election from a `.pb` file into a round, its bids and its counted ballots. Nothing here commits."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.bids.models import Ask, Bid, BidState
from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import Round, RoundState, Share
from pbvote.core.clock import today, uk_moment
from pbvote.core.visible import visible
from pbvote.db import db, free_slug
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.localities.service import add_locality
from pbvote.tally import Outcome, Rule
from pbvote.tally.pabulib import PabulibFile, rule_named
from pbvote.tally.pabulib.errors import shown
from pbvote.tally.pabulib.numbers import Decimal
from pbvote.vote.count.models import Counted
from pbvote.vote.count.outcome import store_outcome
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.poll.service import mark_share
from pbvote.vote.poll.states import PollState

MOST_PLACES = 2


class AlreadyImported(Refusal):
    """The same election is in the database."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” has been imported before.")


class CantBeKept(Refusal):
    """A value of the file for which a round has no place: where it stands, what it is, and why."""

    status = 422

    def __init__(self, line: int, column: str, value: str, reason: str) -> None:
        super().__init__(f"line {line}, column {column}: {shown(value)} {reason}.")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made, and whether the file's official outcome came out."""

    event: Event
    outcome: Outcome
    rule: Rule
    is_rule_known: bool
    official: frozenset[str] | None

    @property
    def is_official(self) -> bool | None:
        """Whether the outcome is the official one; None where the file names none."""
        return None if self.official is None else frozenset(self.outcome.funded) == self.official


def import_election(file: PabulibFile) -> Imported:
    """Make a round of a file's election and count it. Raises `AlreadyImported` and `CantBeKept`.

    Ballots go straight into `counted`, money stays in the round's own currency. Where the file's rule is not known
    here, "most votes or points first" is counted instead, and the answer says so.
    """
    election = file.election
    _require_kept(file)
    name = _name_of(file)
    if db.session.scalar(sa.select(Round.id).where(Round.name == name, Round.is_imported)):
        raise AlreadyImported(name)
    rule = file.rule or rule_named("greedy", file.meta)
    share = _round_with_share(file, name, rule)
    references = _bids(share, file)
    event = _event(share, file, references)
    rows = [{"event_id": event.id, "choices": text, "voters": voters} for text, voters in election.ballots.texts()]
    if rows:
        db.session.execute(sa.insert(Counted), rows)
    stored = store_outcome(event, election, rule)
    outcome = stored.body
    if file.official is not None:
        stored.is_official = frozenset(outcome.funded) == file.official
    stored.is_own_rule = file.states_rule
    return Imported(event, outcome, rule, stored.is_own_rule, file.official)


def _require_kept(file: PabulibFile) -> None:
    """Raise for the first value that the database would refuse, or that would be lost."""
    meta = file.meta
    for line, column, amount in _amounts(file):
        if Decimal.read(amount).places > MOST_PLACES:
            raise CantBeKept(line, column, amount, "has more than two decimals, and a round keeps two")
    if not file.election.share:
        raise CantBeKept(meta.lines["budget"], "value", meta.get("budget"), "is the budget: there is nothing to give")
    currency = meta.get("currency")
    if currency and not re.fullmatch("[A-Za-z]{3}", currency):
        raise CantBeKept(meta.lines["currency"], "value", currency, "is no currency: write its three letters, like GBP")
    for key in ("date_begin", "date_end"):
        if meta.get(key) and _day(meta.get(key)) is None:
            raise CantBeKept(meta.lines[key], "value", meta.get(key), "is no day like 12.07.2014, and no year")


def _amounts(file: PabulibFile) -> Iterator[tuple[int, str, str]]:
    """Each amount of money in the file, with its line and column."""
    for key in ("budget", "max_sum_cost"):
        if file.meta.get(key):
            yield file.meta.lines[key], "value", file.meta.get(key)
    for ref, cells in file.details.items():
        yield file.lines[ref], "cost", cells["cost"]


def _name_of(file: PabulibFile) -> str:
    """The election's name: body, year or edition, and part of the town."""
    values = file.meta.values
    parts = (values.get("unit"), values.get("instance"), values.get("subunit"))
    name = " ".join(part.strip() for part in parts if part and part.strip())
    return visible(name or values.get("description", "").strip()) or "An election without a name"


def _round_with_share(file: PabulibFile, name: str, rule: Rule) -> Share:
    values, election = file.meta.values, file.election
    round_ = Round(
        slug=free_slug(name, Round.slug),
        name=name,
        currency=(values.get("currency") or "EUR").upper(),
        pot_pence=election.share,
        state=RoundState.OPEN,
        is_imported=True,
    )
    share = Share(
        round=round_,
        locality=_locality(file),
        share_pence=election.share,
        cap_pence=election.share,
        bids_open_on=_day(values.get("date_begin")) or today(),
        bids_close_on=_day(values.get("date_begin")) or today(),
        ballot_rules=election.ballot_rules,
        count_rule=rule,
    )
    db.session.add(share)
    db.session.flush()
    return share


def _locality(file: PabulibFile) -> Locality:
    """The town, or the part of it that the file is about."""
    values = file.meta.values
    name = visible(" – ".join(part for part in (values.get("unit"), values.get("subunit")) if part)) or _name_of(file)
    for free in (name, f"{name} (imported)"):  # marked where a locality of the council's own has the name
        known = db.session.scalar(sa.select(Locality).where(Locality.name == free))
        if known is None:
            return add_locality(free_slug(free, Locality.slug), free, is_imported=True)
        if known.is_imported:
            return known
    raise CantBeKept(file.meta.lines.get("unit", 1), "value", name, "is the name of a locality of your own")


def _bids(share: Share, file: PabulibFile) -> list[int]:
    """A bid for each project, in the file's order; their ids."""
    groups: dict[str, Group] = {}
    bids = []
    for candidate in file.election.bids:
        details = file.details.get(candidate.ref, {})
        proposer = visible(details.get("proposer", "").strip())
        if proposer and proposer not in groups:
            groups[proposer] = Group(name=proposer)
        bids.append(
            Bid(
                round=share.round,
                reference=candidate.ref,
                group=groups.get(proposer),
                title=visible(candidate.title or candidate.ref),
                summary=details.get("description", ""),
                # More than one bid of a proposer may stand here, which the council's own rounds don't allow.
                state=BidState.WITHDRAWN if candidate.is_withdrawn else BidState.IMPORTED,
                asks=[Ask(locality_id=share.locality_id, ask_pence=candidate.ask)],
            )
        )
    db.session.add_all(bids)
    db.session.flush()
    return [bid.id for bid in bids]


def _event(share: Share, file: PabulibFile, bid_ids: list[int]) -> Event:
    values = file.meta.values
    begins = _day(values.get("date_begin")) or today()
    ends = max(begins, _day(values.get("date_end")) or begins)
    event = Event(
        slug=free_slug(share.round.name, Event.slug),
        share=share,
        name=share.round.name,
        place=visible(values.get("unit", "")),
        starts_at=uk_moment(begins, dt.time(0)),
        ends_at=uk_moment(ends, dt.time(23, 59)),
        poll=PollState.PUBLISHED,
        running_order=[Slot(number=number, bid_id=bid_id) for number, bid_id in enumerate(bid_ids, 1)],
    )
    mark_share(event)
    db.session.add(event)
    db.session.flush()
    return event


def _day(text: str | None) -> dt.date | None:
    """A day as the format writes it: ``DD.MM.YYYY``, or a year alone; None for anything else."""
    match = re.fullmatch(r"(?:([0-9]{1,2})\.([0-9]{1,2})\.)?([0-9]{4})", (text or "").strip())
    if match is None:
        return None
    try:
        return dt.date(int(match[3]), int(match[2] or 1), int(match[1] or 1))
    except ValueError:
        return None
