"""What each act that takes two people does once the second has confirmed."""

from collections.abc import Callable, Mapping
from typing import Any

from pbvote.acts.models import Act, ActKind, Witness
from pbvote.acts.service import confirm, waiting_acts
from pbvote.db import db
from pbvote.events.models import Event, PollState
from pbvote.paper_entry.clashes import forget_decisions
from pbvote.people.models import Account
from pbvote.results.account import account_of, stated_account
from pbvote.results.account_words import sections_of
from pbvote.results.finishing import finish_sealing, finish_study
from pbvote.results.sealing import NotClean, count_poll
from pbvote.results.service import draw_tie
from pbvote.voting.box import open_box
from pbvote.voting.service import reopen_poll
from pbvote.voting.voiding import VoidReason, replace_slip, void_slip


def _void(event: Event, act: Act) -> None:
    void_slip(event, act.body["serial"], VoidReason(act.body["reason"]), act.asker, act.second)


def _reopen(event: Event, act: Act) -> None:
    reopen_poll(event, act.asker, act.second, act.body["reason"])
    forget_decisions(event)


def _count(event: Event, act: Act) -> None:
    count_poll(event, act.asker, act.second, act.body["seen"])


_DO: Mapping[ActKind, Callable[[Event, Act], object]] = {
    ActKind.COUNT: _count,
    ActKind.REOPEN: _reopen,
    ActKind.VOID: _void,
    ActKind.REPLACE: lambda event, act: replace_slip(event, act.asker, act.second),
    ActKind.DRAW: lambda event, act: draw_tie(event, act.body["order"], act.asker, act.second),
}


def confirm_and_do(event: Event, act_id: int, second: Account | Witness) -> Act:
    """Confirm a waiting act and do it, in one transaction. Commits nothing; see `finish`."""
    act = confirm(event, act_id, second)
    _DO[act.kind](event, act)
    return act


def finish(event: Event, act: Act) -> str:
    """Do what follows after the commit: a count is sealed and explained, a draw explained anew.

    Gives what to tell whoever confirmed; where the seal could not be finished yet, that.
    """
    slug, asker, kind, said = event.slug, act.asker, act.kind, _said_of(act)
    try:
        if kind is ActKind.COUNT:
            finish_sealing(slug, asker)
        if kind in (ActKind.COUNT, ActKind.DRAW):
            finish_study(slug)
    except NotClean as unfinished:
        said = str(unfinished)
    db.session.expire_all()
    return said


def _said_of(act: Act) -> str:
    match act.kind:
        case ActKind.VOID:
            return f"Slip {act.body['serial']} is void, and its ballot is out of the box."
        case ActKind.REPLACE:
            return "The person gets another slip, any one of the open envelope."
        case ActKind.COUNT:
            return "The votes are counted and sealed."
        case ActKind.REOPEN:
            return "Voting is open again."
        case ActKind.DRAW:
            return "The draw is taken in."


def waiting_on_page(event: Event) -> dict[str, Any]:
    """What a page shows of the acts that wait, and of the code account where a count is among them."""
    acts = waiting_acts(event)
    is_count_asked = event.poll is PollState.CLOSED and any(act.kind is ActKind.COUNT for act in acts)
    account = account_of(event, open_box(event), stated_account(event)) if is_count_asked else None
    return {"acts": acts, "account": account, "sections": sections_of(account) if account else []}
