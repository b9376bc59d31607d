"""What an import would do, looked at before it is done. Nothing here writes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.call.groups.closeness import groups_close_to
from pbvote.call.groups.models import Group, GroupContact, GroupKind
from pbvote.call.groups.service import is_same_name
from pbvote.call.rounds.models import Round
from pbvote.call.spreadsheets import columns as c
from pbvote.call.spreadsheets.columns import MOST_PAIRS, Frame, frame_of
from pbvote.call.spreadsheets.exporting import whole_bids
from pbvote.call.spreadsheets.rules import wrong_with, wrong_with_change
from pbvote.call.spreadsheets.sheet_bids import Cells, SheetBid, cells_of, no_cells
from pbvote.core.clock import today
from pbvote.core.registered import Register, read_registered
from pbvote.db import db
from pbvote.fields.text import read_email
from pbvote.people.models import Account
from pbvote.spreadsheets.cells import write_cell
from pbvote.spreadsheets.opening import Grid, NoTable
from pbvote.spreadsheets.reading import Problem, SheetRow, read_sheet
from pbvote.spreadsheets.tables import Cell, Column

MOST_BIDS = 500
"""How many bids one import enters or changes. Every other writer waits meanwhile, a voter too: for some seconds."""
OWN_GROUP = "You belong to this group, so somebody else enters and changes its bid"
_COMPANIES = (c.KINDS[GroupKind.COMPANY], c.KINDS[GroupKind.CIC])


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that says something else than what is here."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that becomes a bid, and what it changes of a group that is known."""

    number: int
    said: SheetBid
    cells: Cells
    changes: Sequence[CellChange]


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that changes a bid that is here."""

    number: int
    bid: Bid
    said: SheetBid
    changes: Sequence[CellChange]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do."""

    new: list[NewRow] = field(default_factory=list)
    changed: list[ChangedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    unknown: Sequence[str] = ()
    late: Sequence[str] = ()
    """The localities that take no bids today, where new bids ask them all the same."""

    @property
    def rows_with_problems(self) -> int:
        """How many rows can't be imported as they are."""
        return len({problem.row for problem in self.problems})

    @property
    def holds(self) -> str:
        """What the sheet holds, row by row: ``1 new bid and 2 changed bids``; "" where there is no row."""
        same = (len(self.unchanged), "bid that stays as it is", "bids that stay as they are")
        return _counted(*self._to_do(), (self.rows_with_problems, "row with errors", "rows with errors"), same)

    @property
    def does(self) -> str:
        """What the import does: ``1 new bid``."""
        return _counted(*self._to_do())

    def _to_do(self) -> tuple[tuple[int, str, str], ...]:
        return (len(self.new), "new bid", "new bids"), (len(self.changed), "changed bid", "changed bids")

    @property
    def can_be_done(self) -> bool:
        """Whether there is something to do and nothing in the way."""
        return not self.problems and bool(self.new or self.changed)

    @property
    def digest(self) -> str:
        """What a preview shows, in a few letters, so that an import does that and nothing else."""
        seen = (
            [(row.number, row.said, row.changes) for row in self.new],
            [(row.number, row.bid.id, row.changes) for row in self.changed],
            self.problems,
        )
        return sha256(repr(seen).encode()).hexdigest()[:32]


def _counted(*counts: tuple[int, str, str]) -> str:
    """Each number with its noun, of one or of many; what there is none of is left out."""
    *first, last = [f"{number} {one if number == 1 else many}" for number, one, many in counts if number] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def plan_import(round_: Round, grid: Grid, by: Account) -> Plan:
    """What importing this grid into the round would do, by this account, which touches no bid of its own groups.

    Raises `NoTable` where it is no list of bids.
    """
    frame = frame_of(round_, MOST_PAIRS)
    sheet = read_sheet(grid, frame.columns)
    plan = Plan(problems=list(sheet.problems), unknown=sheet.unknown)
    broken = {problem.row for problem in plan.problems}
    rows = [row for row in sheet.rows if any(cell not in ("", None) for cell in row.cells.values())]
    if any(not row.cells.get(c.NUMBER.name) for row in rows):
        _require_columns(sheet.missing)
    here = _Here(round_, frame, rows, by)
    for row in rows:
        if row.number not in broken:
            here.plan_row(row, plan)
    if (bids := len(plan.new) + len(plan.changed)) > MOST_BIDS:
        raise NoTable(f"This sheet would enter or change {bids:,} bids. Send {MOST_BIDS} at most at a time.")
    plan.problems.sort(key=lambda problem: problem.row)
    return Plan(plan.new, plan.changed, plan.problems, plan.unchanged, plan.unknown, _late(plan, round_))


def _require_columns(missing: Sequence[str]) -> None:
    """A new bid needs some columns: say once, and not in every row, that one is not there."""
    if absent := [f"“{column.name}”" for column in c.REQUIRED if column.name in missing]:
        raise NoTable(f"The sheet has no column {', '.join(absent)}. Add it, or start from the template.")


def _late(plan: Plan, round_: Round) -> list[str]:
    asked = {locality_id for row in plan.new for locality_id in row.said.asks}
    shares = (share for share in round_.shares if share.locality_id in asked)
    return [s.locality.name for s in shares if not s.bids_open_on <= today() <= s.bids_close_on]


class _Here:
    """What the database holds of what the rows name, read in a fixed number of queries."""

    def __init__(self, round_: Round, frame: Frame, rows: Sequence[SheetRow], by: Account) -> None:
        self.frame, self.by, self.close = frame, by, groups_close_to(by)
        self.bids = {bid.reference: bid for bid in whole_bids(round_)}
        new = (row.cells for row in rows if not row.cells.get(c.NUMBER.name))
        self.accounts, self.groups = _known(_email(str(cells.get(c.EMAIL.name) or "")) for cells in new)
        self.standing = {bid.group_id: bid for bid in self.bids.values() if bid.is_standing}
        self.seen_bids: dict[str, int] = {}
        self.seen_groups: dict[tuple[str, str], int] = {}

    def plan_row(self, row: SheetRow, plan: Plan) -> None:
        """Put the row where it belongs in the plan."""
        reference = str(row.cells.get(c.NUMBER.name) or "").upper()
        if not reference:
            self._plan_new(row, plan)
        elif reference not in self.bids:
            sentence = f"This round has no bid {reference}. Leave the number empty for a new bid"
            plan.problems.append(Problem(row.number, c.NUMBER.name, sentence))
        elif first := self.seen_bids.setdefault(reference, row.number) - row.number:
            sentence = f"{reference} is in row {row.number + first}, too"
            plan.problems.append(Problem(row.number, c.NUMBER.name, sentence))
        else:
            self._plan_change(row, self.bids[reference], plan)

    def _plan_change(self, row: SheetRow, bid: Bid, plan: Plan) -> None:
        before = cells_of(bid, self.frame)
        after, wrong = _usual({**before, **row.cells, c.NUMBER.name: bid.reference}, before)
        changes = list(_changes(before, after, self.frame.columns))
        touched = {change.column for change in changes}
        said = SheetBid.of(after, self.frame)
        if touched and bid.group_id in self.close:
            wrong.append((c.NUMBER.name, OWN_GROUP))
        elif touched:
            wrong += wrong_with_change(bid, said, touched, self.frame)
            wrong += wrong_with(said, touched, self.frame)
        if wrong:
            plan.problems.extend(Problem(row.number, *each) for each in wrong)
        elif changes:
            plan.changed.append(ChangedRow(row.number, bid, said, changes))
        else:
            plan.unchanged.append(row.number)

    def _plan_new(self, row: SheetRow, plan: Plan) -> None:
        nothing = no_cells(self.frame)
        cells, wrong = _usual({**nothing, **row.cells}, nothing)
        said = SheetBid.of(cells, self.frame)
        wrong += wrong_with(said, set(cells), self.frame)
        wrong += (
            (column.name, "Leave this empty for a new bid") for column in (c.STAGE, c.RECEIVED) if cells[column.name]
        )
        wrong += self._already_here(row.number, said)
        if wrong:
            plan.problems.extend(Problem(row.number, *each) for each in wrong)
        else:
            group = self._group_of(said)
            changes = list(_changes_of_group(group, said, str(cells[c.KIND.name]))) if group else []
            plan.new.append(NewRow(row.number, said, cells, changes))

    def _already_here(self, number: int, said: SheetBid) -> Iterator[tuple[str, str]]:
        key = said.email, " ".join(said.group_name.split()).casefold()
        first = self.seen_groups.setdefault(key, number)
        if all(key) and first != number:
            yield c.GROUP.name, f"Row {first} is of the same group. A group has one bid in a round"
        account, contact = self.accounts.get(said.email), self._group_of(said)
        theirs = {mine.group_id for mine in self.groups.get(account.id, ())} if account else set()
        if said.email == self.by.email or theirs & self.close:
            yield c.EMAIL.name, OWN_GROUP
        if account and account.is_disabled:
            yield c.EMAIL.name, "The account with this address is suspended"
        if contact and (bid := self.standing.get(contact.group_id)):
            yield c.NUMBER.name, f"{said.group_name} has a bid here: enter {bid.reference} to change that one"

    def _group_of(self, said: SheetBid) -> GroupContact | None:
        """The contact's group of this name, as `group_of` would find it."""
        account = self.accounts.get(said.email)
        mine = self.groups.get(account.id, ()) if account else ()
        return next((contact for contact in mine if is_same_name(contact.group.name, said.group_name)), None)


def _email(text: str) -> str:
    """An address as accounts have it, "" for none."""
    with suppress(ValueError):
        return read_email(text).lower()
    return ""


_Contacts = dict[int, list[GroupContact]]


def _known(emails: Iterable[str]) -> tuple[dict[str, Account], _Contacts]:
    """The accounts with these addresses, and by an account's id the groups that it speaks for: in one statement."""
    wanted = sa.select(Account, GroupContact).outerjoin(GroupContact, GroupContact.account_id == Account.id)
    wanted = wanted.options(orm.lazyload(Account.grants), orm.joinedload(GroupContact.group))
    wanted = wanted.where(Account.email.in_(sorted(set(emails)))).order_by(GroupContact.group_id)
    accounts: dict[str, Account] = {}
    groups: _Contacts = {}
    for account, contact in db.session.execute(wanted):
        accounts[account.email] = account
        groups.setdefault(account.id, []).extend([contact] if contact else [])
    return accounts, groups


def _usual(cells: dict[str, Cell], before: Mapping[str, Cell]) -> tuple[dict[str, Cell], list[tuple[str, str]]]:
    """The cells with numbers and addresses in their usual form, and what is wrong with those that changed."""
    wrong: list[tuple[str, str]] = []
    register = Register.COMPANIES if cells[c.KIND.name] in _COMPANIES else None
    readers: dict[Column, Callable[[str], str]] = {
        c.EMAIL: lambda text: read_email(text).lower(),
        c.REGISTERED: lambda text: read_registered(text, register),
    }
    for column, read in readers.items():
        text = str(cells[column.name] or "")
        if text and text != before[column.name]:
            try:
                cells[column.name] = read(text)
            except ValueError as error:
                wrong.append((column.name, str(error)))
    return cells, wrong


def _changes(before: Cells, after: Cells, columns: Sequence[Column]) -> Iterator[CellChange]:
    for column in columns:
        # A box that was not ticked and one that says No are the same.
        if (before[column.name] or None) != (after[column.name] or None):
            written = write_cell(before[column.name], column.kind), write_cell(after[column.name], column.kind)
            yield CellChange(column.name, *written)


def _changes_of_group(contact: GroupContact, said: SheetBid, kind: str) -> Iterator[CellChange]:
    """What a new bid would change of a group that is known. A blank changes nothing."""
    group: Group = contact.group
    for column, before, after in (
        (c.KIND, c.KINDS[group.kind], kind),
        (c.REGISTERED, group.registered_number, said.registered_number),
        (c.HOLDER, group.money_holder, said.money_holder),
        (c.PHONE, contact.phone, said.phone),
    ):
        if after and before != after:
            yield CellChange(column.name, before, after)
