"""Take a sheet of bids in, all of it or nothing. Nothing here commits."""

import datetime as dt

import sqlalchemy as sa

from pbvote.call.bids.intake import held_shares, take_reference
from pbvote.call.bids.letters import when_and_where
from pbvote.call.bids.models import Ask, Bid, BidHistory, BidState, BudgetLine, CameBy
from pbvote.call.groups.service import group_of
from pbvote.call.rounds.models import Round, RoundState
from pbvote.call.spreadsheets import letters
from pbvote.call.spreadsheets.columns import KIND
from pbvote.call.spreadsheets.models import WaitingSheet
from pbvote.call.spreadsheets.planning import ChangedRow, NewRow, Plan, plan_import
from pbvote.call.spreadsheets.sheet_bids import SheetBid, first_contact
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.people.service import account_with_email, add_account
from pbvote.spreadsheets.opening import Grid

KEPT = dt.timedelta(days=1)


class NoSheet(Refusal):
    """The sheet was imported, forgotten, or never sent."""

    def __init__(self) -> None:
        super().__init__("No sheet of yours waits here. It was imported, or a day has passed. Send it again.")


class Otherwise(Refusal):
    """The import would no longer do what the preview showed."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody has changed a bid or a date since you looked. Look at the sheet again, then import it."
        )


class NotOpen(Refusal):
    """A round that takes no bids at all."""

    def __init__(self) -> None:
        super().__init__("Only an open round of the council takes bids. Open the round first.")


def keep_sheet(round_: Round, account: Account, name: str, grid: Grid) -> None:
    """Keep a sheet until its sender confirms it, in place of one that they sent before. Raises `NotOpen`."""
    require_open(round_)
    drop_sheet(round_, account)
    db.session.add(WaitingSheet(round_id=round_.id, account_id=account.id, name=name[:200], grid=grid))
    db.session.flush()


def require_open(round_: Round) -> None:
    """Raise `NotOpen` unless the round takes bids."""
    if round_.state is not RoundState.OPEN or round_.is_imported:
        raise NotOpen


def sheet_of(round_: Round, account: Account) -> WaitingSheet | None:
    """The sheet that this account sent and has not confirmed."""
    sheet = db.session.get(WaitingSheet, (round_.id, account.id))
    return sheet if sheet and sheet.sent_at > now() - KEPT else None


def drop_sheet(round_: Round, account: Account) -> WaitingSheet | None:
    """Take the account's sheet out of the database; the sheet, if it was there."""
    theirs = WaitingSheet.round_id == round_.id, WaitingSheet.account_id == account.id
    return db.session.scalar(sa.delete(WaitingSheet).where(*theirs).returning(WaitingSheet))


def forget_sheets() -> int:
    """Delete the sheets that nobody confirmed within a day; how many they were."""
    gone = sa.delete(WaitingSheet).where(WaitingSheet.sent_at <= now() - KEPT).returning(WaitingSheet.round_id)
    return len(db.session.scalars(gone).all())


def import_sheet(round_: Round, by: Account, seen: str) -> Plan:
    """Do what the preview showed: all of it, in the transaction that has begun.

    The polls of the round's localities wait for the commit. Raises `NoSheet`, `NotOpen`, `Otherwise`, and `NoTable`.
    """
    require_open(round_)
    held_shares(round_.id, [share.locality_id for share in round_.shares])
    sheet = drop_sheet(round_, by)
    if sheet is None or sheet.sent_at <= now() - KEPT:
        raise NoSheet
    plan = plan_import(round_, sheet.grid, by)
    if plan.digest != seen or not plan.can_be_done:
        raise Otherwise
    asked = {tuple(new.said.asks) for new in plan.new}
    when = {localities: when_and_where(round_.id, localities) for localities in asked}
    for new in plan.new:
        _add(round_, new, by, when[tuple(new.said.asks)])
    for changed in plan.changed:
        _change(changed, by)
    db.session.flush()
    return plan


def _add(round_: Round, new: NewRow, by: Account, when: str) -> None:
    """Let a new bid stand by the officer's word, and tell its contact."""
    said = new.said
    contact = account_with_email(said.email) or add_account(said.contact_name, said.email)
    group = group_of(contact, said.group_name, said.registered_number, said.phone)
    group.money_holder = said.money_holder or group.money_holder
    if new.cells[KIND.name]:
        group.kind = said.kind
    bid = Bid(
        round=round_, reference=take_reference(round_), group=group, came_by=CameBy.SPREADSHEET, keyed_by_id=by.id
    )
    _describe(bid, said)
    bid.history.append(BidHistory(state=BidState.RECEIVED, account_id=by.id, reason="Imported from a spreadsheet."))
    db.session.add(bid)
    db.session.flush()
    letters.say_imported(bid, contact, new.cells, when)


def _change(changed: ChangedRow, by: Account) -> None:
    """Change a bid as the preview showed, and tell its group."""
    bid, said = changed.bid, changed.said
    _describe(bid, said)
    if bid.group:
        bid.group.name, bid.group.registered_number = said.group_name, said.registered_number
        bid.group.kind, bid.group.money_holder = said.kind, said.money_holder
        if contact := first_contact(bid.group):
            contact.phone = said.phone
    what = ", ".join(change.column for change in changed.changes)
    bid.history.append(BidHistory(state=bid.state, account_id=by.id, reason=f"Changed from a spreadsheet: {what}."))
    letters.say_changed(bid, changed.changes)


def _describe(bid: Bid, said: SheetBid) -> None:
    bid.title, bid.summary, bid.who_benefits = said.title, said.summary, said.who_benefits
    bid.ward_id, bid.postcode, bid.papers = said.ward_id, said.postcode, said.papers
    bid.works_with_people_at_risk = said.works_with_people_at_risk
    bid.answers = {**(bid.answers or {}), **said.answers}
    _set_asks(bid, said)
    lines = [(what, pence) for what, pence in said.lines if pence is not None]
    if [(line.what, line.line_pence) for line in bid.lines] != lines:
        bid.lines.clear()
        db.session.flush()
        bid.lines.extend(BudgetLine(position=at, what=w, line_pence=pence) for at, (w, pence) in enumerate(lines, 1))


def _set_asks(bid: Bid, said: SheetBid) -> None:
    here = {ask.locality_id: ask for ask in bid.asks}
    for locality_id, pence in said.asks.items():
        if locality_id in here:
            here[locality_id].ask_pence = pence
        else:
            bid.asks.append(Ask(locality_id=locality_id, ask_pence=pence))
    bid.asks[:] = [ask for ask in bid.asks if ask.locality_id in said.asks]
