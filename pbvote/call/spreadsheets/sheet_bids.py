"""A bid as a row of cells, and as what the cells say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pbvote.call.bids.models import Bid, Papers
from pbvote.call.groups.models import Group, GroupContact, GroupKind
from pbvote.call.spreadsheets import columns as c
from pbvote.call.spreadsheets.columns import Frame
from pbvote.core.clock import UK
from pbvote.spreadsheets.tables import TEXTS, Cell, Column, plain_text

Cells = Mapping[str, Cell]
T = TypeVar("T")


def cells_of(bid: Bid, frame: Frame) -> dict[str, Cell]:
    """The bid's cells by the names of their columns: what an export holds, and what an import is compared with."""
    wards = {ward_id: name for name, ward_id in frame.wards.items()}
    lines = [(line.what, line.line_pence) for line in bid.lines]
    said: dict[str, Cell] = {
        c.NUMBER.name: bid.reference,
        **_group_cells(bid.group),
        c.PROJECT.name: bid.title,
        c.SUMMARY.name: bid.summary,
        c.BENEFITS.name: bid.who_benefits,
        c.ward_column({}).name: wards.get(bid.ward_id or 0, ""),
        c.POSTCODE.name: bid.postcode,
        c.AT_RISK.name: bid.works_with_people_at_risk,
        c.CONSTITUTION.name: c.PAPERS[bid.papers] if bid.papers else "",
        **{column.name: bid.ask_of(locality_id) or None for locality_id, column in frame.asks.items()},
        **{column.name: bid.answers.get(key, "") for key, column in frame.answers.items()},
        c.STAGE.name: c.STAGES[bid.state],
        c.RECEIVED.name: bid.received_at.astimezone(UK).date(),
    }
    for at, (what, amount) in enumerate(frame.pairs):
        said[what.name], said[amount.name] = lines[at] if at < len(lines) else ("", None)
    return {column.name: _plain(said[column.name], column) for column in frame.columns}


def _group_cells(group: Group | None) -> dict[str, Cell]:
    contact = first_contact(group) if group else None
    return {
        c.GROUP.name: group.name if group else "",
        c.KIND.name: c.KINDS[group.kind] if group else "",
        c.REGISTERED.name: group.registered_number if group else "",
        c.HOLDER.name: group.money_holder if group else "",
        c.CONTACT.name: contact.account.name if contact else "",
        c.EMAIL.name: contact.account.email if contact else "",
        c.PHONE.name: contact.phone if contact else "",
    }


def first_contact(group: Group) -> GroupContact | None:
    """The contact whom a sheet names: whoever came first."""
    return min(group.contacts, key=lambda contact: contact.account_id, default=None)


def no_cells(frame: Frame) -> dict[str, Cell]:
    """The cells of a bid that says nothing yet."""
    return {column.name: "" if column.kind in TEXTS else None for column in frame.columns}


def _plain(cell: Cell, column: Column) -> Cell:
    return plain_text(cell, column.kind) if isinstance(cell, str) else cell


@dataclass(frozen=True, slots=True)
class SheetBid:
    """What a row says. `asks` holds pence by locality id, `lines` each line of the budget that says something."""

    group_name: str
    kind: GroupKind
    registered_number: str
    money_holder: str
    contact_name: str
    email: str
    phone: str
    title: str
    summary: str
    who_benefits: str
    ward_id: int | None
    postcode: str
    works_with_people_at_risk: bool
    papers: Papers | None
    answers: Mapping[str, str]
    asks: Mapping[int, int]
    lines: tuple[tuple[str, int | None], ...]

    @property
    def ask_pence(self) -> int:
        """What it asks for, from all localities together."""
        return sum(self.asks.values())

    @classmethod
    def of(cls, cells: Cells, frame: Frame) -> "SheetBid":
        """What these cells say."""
        return cls(
            group_name=_text(cells, c.GROUP),
            kind=_named(c.KINDS, _text(cells, c.KIND)) or GroupKind.INFORMAL,
            registered_number=_text(cells, c.REGISTERED),
            money_holder=_text(cells, c.HOLDER),
            contact_name=_text(cells, c.CONTACT),
            email=_text(cells, c.EMAIL),
            phone=_text(cells, c.PHONE),
            title=_text(cells, c.PROJECT),
            summary=_text(cells, c.SUMMARY),
            who_benefits=_text(cells, c.BENEFITS),
            ward_id=frame.wards.get(_text(cells, c.ward_column({}))),
            postcode=_text(cells, c.POSTCODE),
            works_with_people_at_risk=bool(cells[c.AT_RISK.name]),
            papers=_named(c.PAPERS, _text(cells, c.CONSTITUTION)),
            answers={key: text for key, column in frame.answers.items() if (text := _text(cells, column))},
            asks={id_: pence for id_, column in frame.asks.items() if (pence := _pence(cells, column))},
            lines=tuple(_lines(cells, frame)),
        )


def _lines(cells: Cells, frame: Frame) -> Iterator[tuple[str, int | None]]:
    for what, amount in frame.pairs:
        if cells[what.name] or cells[amount.name] is not None:
            yield _text(cells, what), _pence(cells, amount)


def _text(cells: Cells, column: Column) -> str:
    return str(cells[column.name] or "")


def _pence(cells: Cells, column: Column) -> int | None:
    cell = cells[column.name]
    return cell if isinstance(cell, int) else None


def _named(names: Mapping[T, str], name: str) -> T | None:
    return next((value for value, called in names.items() if called == name), None)
