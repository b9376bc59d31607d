"""Set a round up, share its pot out, and open it. Nothing here commits."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.rounds.models import Round, RoundState, Share
from pbvote.call.rounds.occasions import occasions_of
from pbvote.call.rounds.timetable import require_days_in_order
from pbvote.core.clock import today
from pbvote.core.money import format_money
from pbvote.db import db, free_slug
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.localities.models import Locality
from pbvote.localities.service import all_localities
from pbvote.tally import BallotKind, BallotRules, Rule, TieKey

USUAL_CAP_PENCE = 4_000_00
USUAL_BALLOT = BallotRules(BallotKind.SCORE, min_points=1, max_points=5, must_score_all=True)
USUAL_RULE = Rule("greedy", ties=(TieKey.CHEAPER, TieKey.VOTES, TieKey.DRAW))

FREE = frozenset({"pitch_minutes"})
"""What may change once slips are printed: nobody votes by it, and no sheet shows it."""


class SharesDoNotAddUp(Refusal):
    """The shares and the pot differ."""

    def __init__(self, round_: Round) -> None:
        difference = round_.pot_pence - round_.shared_pence
        amount = format_money(abs(difference), round_.currency)
        super().__init__(
            f"The shares must add up to the pot. They are {amount} {'short' if difference > 0 else 'over'}."
        )


class RulesLocked(Refusal):
    """Slips are printed, so the rules stay as they are."""

    def __init__(self) -> None:
        super().__init__("Slips have been printed for this locality, so its money, ballot and rule can’t change.")


class SharesFixed(Refusal):
    """Groups and residents have seen the shares."""

    def __init__(self) -> None:
        super().__init__("This round is open, so its shares can’t change.")


def _whole_rounds() -> sa.Select[Round]:
    """Rounds, newest first, with their shares and these shares' localities."""
    shares = orm.selectinload(Round.shares)
    return sa.select(Round).options(shares.joinedload(Share.locality, innerjoin=True)).order_by(Round.id.desc())


def all_rounds() -> list[Round]:
    """Every round, newest first."""
    return list(db.session.scalars(_whole_rounds()))


def open_rounds() -> list[Round]:
    """The council's own rounds that the public may see, newest first."""
    wanted = _whole_rounds().where(Round.state == RoundState.OPEN, Round.is_imported.is_(False))
    return list(db.session.scalars(wanted))


def imported_rounds() -> list[Round]:
    """The real elections that were imported, by name."""
    return list(db.session.scalars(sa.select(Round).where(Round.is_imported).order_by(Round.name)))


def has_demonstration() -> bool:
    """Whether this database holds the demonstration."""
    return db.session.scalar(sa.select(sa.exists().where(Round.is_demonstration))) or False


def round_called(slug: str) -> Round | None:
    """The round with this slug."""
    return db.session.scalar(_whole_rounds().where(Round.slug == slug))


def add_round(name: str, pot_pence: int, bids_open_on: dt.date, bids_close_on: dt.date) -> Round:
    """A new round in draft, its pot shared out equally among the localities, to the penny."""
    round_ = Round(slug=free_slug(name, Round.slug), name=name.strip(), pot_pence=pot_pence)
    db.session.add(round_)
    localities = all_localities()
    for position, locality in enumerate(localities):
        share_pence = pot_pence // len(localities) + (position < pot_pence % len(localities))
        if share_pence:
            add_share(round_, locality, share_pence, bids_open_on, bids_close_on)
    db.session.flush()
    return round_


def add_share(
    round_: Round, locality: Locality, share_pence: int, bids_open_on: dt.date, bids_close_on: dt.date
) -> Share:
    """Give a locality a share with the usual rules: score every bid 1 to 5, most points first.

    Of equal bids the one that asks for less goes first, then the one that more people voted for; then the room draws.
    """
    share = Share(
        locality=locality,
        share_pence=share_pence,
        cap_pence=min(USUAL_CAP_PENCE, share_pence),
        bids_open_on=bids_open_on,
        bids_close_on=bids_close_on,
        ballot_rules=USUAL_BALLOT,
        count_rule=USUAL_RULE,
    )
    round_.shares.append(share)
    return share


def share_out(round_: Round, amounts: Mapping[int, int]) -> None:
    """Set the shares by locality id, in pence; a locality that is not named takes no part.

    They need not add up yet: `open_round` refuses until they do. Raises `SharesFixed` once the round is open.
    """
    if round_.state is RoundState.OPEN:
        raise SharesFixed
    pattern = round_.shares[0] if round_.shares else None
    for share in list(round_.shares):
        amount = amounts.get(share.locality_id)
        if amount == share.share_pence:
            continue
        if amount is None:
            round_.shares.remove(share)
        else:
            share.share_pence, share.cap_pence = amount, min(share.cap_pence, amount)
    present = {share.locality_id for share in round_.shares}
    for locality in all_localities():
        if locality.id in amounts and locality.id not in present:
            first, last = (pattern.bids_open_on, pattern.bids_close_on) if pattern else (today(), today())
            add_share(round_, locality, amounts[locality.id], first, last)
    db.session.flush()


def settle_share(share: Share, settings: Mapping[str, Any]) -> None:
    """Change a share's settings. Raises `RulesLocked` once its slips are printed, but for what is `FREE`.

    Raises `DaysContradict` where the new last day for bids is not before the day of an event to come.
    """
    if share.is_locked and not settings.keys() <= FREE:
        raise RulesLocked
    if "bids_close_on" in settings:
        for occasion in occasions_of(share.round_id, [share.locality_id]).values():
            require_days_in_order(share, occasion.starts_at, settings["bids_close_on"])
    for name, value in settings.items():
        setattr(share, name, value)
    db.session.flush()


def lock_rules(share: Share) -> None:
    """Fix the share's rules for good: its first slips are being printed."""
    share.is_locked = True


def open_round(round_: Round) -> None:
    """Show the round to the public and take bids on its days. Raises `SharesDoNotAddUp`."""
    if round_.shared_pence != round_.pot_pence:
        raise SharesDoNotAddUp(round_)
    round_.state = RoundState.OPEN


def takes_bids(share: Share) -> bool:
    """Whether groups may bid for this share today: on its days, and before its first slip is printed.

    Every page that offers the bid form asks here, or `extensions.shares_for` where it knows who writes.
    """
    return has_begun_to_take_bids(share) and today() <= share.bids_close_on


def has_begun_to_take_bids(share: Share) -> bool:
    """Whether its first day has come, and neither is a slip printed nor has its poll opened, which locks it as well.

    The backs of slips list the bids, so whoever bids later would stand on no paper ballot.
    """
    is_open = share.round.state is RoundState.OPEN and not share.round.is_imported
    return is_open and not share.is_locked and share.bids_open_on <= today()


def over_the_cap(round_: Round, asked_pence: int, who: str = "You") -> str:
    """Why a bid can't ask for so much of all localities together, as a sentence; "" where it can. `who` asks."""
    if round_.bid_cap_pence is None or asked_pence <= round_.bid_cap_pence:
        return ""
    cap, asked = (format_money(pence, round_.currency) for pence in (round_.bid_cap_pence, asked_pence))
    return f"One bid may ask for {cap} at most, from all localities together. {who} ask for {asked}"


def why_no_bids(share: Share) -> str:
    """Why a share takes no bids today, as a sentence for whoever wanted to bid."""
    name = share.locality.name
    if share.has_opened and share.is_chosen_by_members:
        return f"The members of the partnership of {name} have begun to choose, so it takes no more bids"
    if share.has_opened:
        return f"Voting has opened in {name}, so it takes no more bids"
    if share.is_locked:
        return f"The ballot papers of {name} are printed, so it takes no more bids"
    if today() < share.bids_open_on:
        return f"{name} takes bids from {day(share.bids_open_on)}"
    return f"{name} took bids until {day(share.bids_close_on)}"
