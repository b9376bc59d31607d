"""Settle what a share or a round goes by, for one locality or for all that can still change. Nothing here commits."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.rounds.grant_rules import GrantRules
from pbvote.call.rounds.models import Round, RoundState, Share
from pbvote.call.rounds.questions import Question
from pbvote.call.rounds.service import settle_share
from pbvote.db import db
from pbvote.errors import Refusal


class FormFixed(Refusal):
    """Groups write on the round's form."""

    def __init__(self) -> None:
        super().__init__("This round is open and groups write on its form, so it stays as long as it is.")


class CapLocked(Refusal):
    """Groups have bid, and slips are printed, under the round's limit."""

    def __init__(self) -> None:
        super().__init__("Slips have been printed in this round, so the most that one bid may ask can’t change.")


def held_share(share_id: int) -> Share | None:
    """The share, held until the commit: slips that are printed meanwhile lock the rules."""
    return db.session.get(Share, share_id, with_for_update=True, populate_existing=True)


def settle_everywhere(share: Share, settings: Mapping[str, Any]) -> list[str]:
    """Change the settings of a share, and of every other in its round whose slips are not printed; their names.

    A cap stays within each share, and who may vote names each locality by its own name. Raises `RulesLocked` where
    the share itself is locked, and `DaysContradict` where bids would end too late for any of their events.
    """
    settle_share(share, settings)
    others = [other for other in _held_shares(share.round_id) if other is not share and not other.is_locked]
    for other in others:
        settle_share(other, _fitted(settings, share, other))
    return [settled.locality.name for settled in (share, *others)]


def _held_shares(round_id: int) -> Iterable[Share]:
    wanted = sa.select(Share).where(Share.round_id == round_id).order_by(Share.id)
    wanted = wanted.options(orm.selectinload(Share.locality))
    return db.session.scalars(wanted.with_for_update().execution_options(populate_existing=True)).all()


def _fitted(settings: Mapping[str, Any], source: Share, other: Share) -> dict[str, Any]:
    """The settings of one locality, as they read in another."""
    fitted = dict(settings)
    if "cap_pence" in fitted:
        fitted["cap_pence"] = min(fitted["cap_pence"], other.share_pence)
    if fitted.get("who_may_vote"):
        fitted["who_may_vote"] = fitted["who_may_vote"].replace(source.locality.name, other.locality.name)
    return fitted


def settle_round(
    round_: Round,
    name: str,
    bid_cap_pence: int | None,
    budget_from_pence: int,
    questions: Sequence[Question],
    *,
    has_short_form: bool = False,
) -> None:
    """Change a round's name, the most that one bid may ask altogether, and what its form asks, on one page or more.

    Raises `CapLocked` where the limit changes once slips are printed, and `FormFixed` where an open round's form would
    get fewer pages, or more.
    """
    if has_short_form != round_.has_short_form and round_.state is RoundState.OPEN:
        raise FormFixed
    if bid_cap_pence != round_.bid_cap_pence and any(share.is_locked for share in round_.shares):
        raise CapLocked
    round_.name, round_.bid_cap_pence = name, bid_cap_pence
    round_.budget_from_pence, round_.questions = budget_from_pence, tuple(questions)
    round_.has_short_form = has_short_form
    db.session.flush()


def settle_grants(round_: Round, rules: GrantRules) -> None:
    """Set what the round asks of the groups that get its money, and says to the others. Letters that left stay."""
    round_.grant_rules = rules
    db.session.flush()
