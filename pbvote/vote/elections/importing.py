"""Read a real election from a `.pb` file into a round, its bids and its counted ballots. Nothing here commits."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.bids.models import Ask, Bid, BidState
from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import Round, RoundState, Share
from pbvote.call.rounds.service import free_slug
from pbvote.core.clock import today, uk_moment
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.localities.service import add_locality
from pbvote.tally import Outcome, Rule
from pbvote.tally.pabulib import PabulibFile, rule_named
from pbvote.vote.count.models import Counted
from pbvote.vote.count.outcome import store_outcome
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.poll.service import mark_share
from pbvote.vote.poll.states import PollState

MINOR_UNITS = 100


class AlreadyImported(Refusal):
    """The same election is in the database."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” has been imported before.")


class TooFine(Refusal):
    """Amounts with more than two decimals have no place in the accounts of a round."""

    status = 422

    def __init__(self) -> None:
        super().__init__("The amounts in this file have more than two decimals.")


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
    """Make a round of a file's election and count it. Raises `AlreadyImported` and `TooFine`.

    Ballots go straight into `counted`, money stays in the round's own currency. Where the file's rule is not known
    here, "most votes first" is counted instead, and the answer says so.
    """
    election = file.election
    if election.minor_units != MINOR_UNITS:
        raise TooFine
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
    outcome = Outcome.from_dict(stored.body)
    if file.official is not None:
        stored.is_official = frozenset(outcome.funded) == file.official
    stored.is_own_rule = file.rule is not None and file.meta.values.get("rule") != "unknown"
    return Imported(event, outcome, rule, stored.is_own_rule, file.official)


def _name_of(file: PabulibFile) -> str:
    """The election's name: body, year or edition, and part of the town."""
    values = file.meta.values
    parts = (values.get("unit"), values.get("instance"), values.get("subunit"))
    name = " ".join(part.strip() for part in parts if part and part.strip())
    return name or values.get("description", "").strip() or "An election without a name"


def _round_with_share(file: PabulibFile, name: str, rule: Rule) -> Share:
    values, election = file.meta.values, file.election
    round_ = Round(
        slug=free_slug(name, Round.slug),
        name=name,
        currency=values.get("currency", "EUR")[:3].upper(),
        pot_pence=election.share,
        state=RoundState.OPEN,
        is_imported=True,
    )
    share = Share(
        round=round_,
        locality=_locality(file),
        share_pence=election.share,
        cap_pence=election.share,
        bids_open_on=_day(values.get("date_begin"), today()),
        bids_close_on=_day(values.get("date_begin"), today()),
        ballot_rules=election.ballot_rules,
        count_rule=rule,
    )
    db.session.add(share)
    db.session.flush()
    return share


def _locality(file: PabulibFile) -> Locality:
    """The town, or the part of it that the file is about."""
    values = file.meta.values
    name = " – ".join(part for part in (values.get("unit"), values.get("subunit")) if part)
    known = db.session.scalar(sa.select(Locality).where(Locality.name == name, Locality.is_imported))
    return known or add_locality(free_slug(name, Locality.slug), _free_name(name), is_imported=True)


def _free_name(name: str) -> str:
    """The name, marked where a locality of the council's own has it."""
    is_taken = db.session.scalar(sa.select(Locality.id).where(Locality.name == name))
    return f"{name} (imported)" if is_taken else name


def _bids(share: Share, file: PabulibFile) -> list[int]:
    """A bid for each project, in the file's order; their ids."""
    groups: dict[str, Group] = {}
    bids = []
    for candidate in file.election.bids:
        details = file.details.get(candidate.ref, {})
        proposer = details.get("proposer", "").strip()
        if proposer and proposer not in groups:
            groups[proposer] = Group(name=proposer)
        bids.append(
            Bid(
                round=share.round,
                reference=candidate.ref,
                group=groups.get(proposer),
                title=candidate.title or candidate.ref,
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
    begins = _day(values.get("date_begin"), today())
    ends = max(begins, _day(values.get("date_end"), begins))
    event = Event(
        slug=free_slug(share.round.name, Event.slug),
        share=share,
        name=share.round.name,
        place=values.get("unit", ""),
        starts_at=uk_moment(begins, dt.time(0)),
        ends_at=uk_moment(ends, dt.time(23, 59)),
        poll=PollState.PUBLISHED,
        running_order=[Slot(number=number, bid_id=bid_id) for number, bid_id in enumerate(bid_ids, 1)],
    )
    mark_share(event)
    db.session.add(event)
    db.session.flush()
    return event


def _day(text: str | None, otherwise: dt.date) -> dt.date:
    """A day as the format writes it: ``DD.MM.YYYY``, or a year alone."""
    parts = (text or "").strip().split(".")
    try:
        numbers = [int(part) for part in parts]
        return dt.date(numbers[-1], *([1, 1] if len(numbers) == 1 else [numbers[1], numbers[0]]))
    except (ValueError, IndexError):
        return otherwise
