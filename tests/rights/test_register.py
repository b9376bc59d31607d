"""The register of what is held about people forgets no table and no column."""

import sqlalchemy as sa
from flask import Flask

from pbvote.db import Base
from pbvote.rights.one_person.register import REGISTER
from pbvote.rights.one_person.register.nobody import NOBODY

HOLDS_NO_TEXT = (sa.Integer, sa.Boolean, sa.Date, sa.Double, sa.Enum)


def leads_to_account(column: sa.Column[object]) -> bool:
    """Whether it holds the number of an account."""
    return any(key.target_fullname == "account.id" for key in column.foreign_keys)


def holds_text(column: sa.Column[object]) -> bool:
    """Whether anything can be written in it; a moment is kept by a type of our own."""
    is_moment = "DateTime" in type(column.type).__name__
    return not isinstance(column.type, HOLDS_NO_TEXT) and not is_moment and not column.foreign_keys


def test_every_table_and_column_is_in_the_register_or_holds_nobody(app: Flask) -> None:
    tables = Base.metadata.tables
    entries = {held.table: held for held in REGISTER}
    assert len(entries) == len(REGISTER)
    assert set(entries).isdisjoint(NOBODY)
    assert set(entries) | set(NOBODY) == set(tables), "say of the new table what it holds of whom, or why nobody"
    for name, table in tables.items():
        accounts = {column.name for column in table.columns if leads_to_account(column)}
        texts = {column.name for column in table.columns if holds_text(column)}
        if name in NOBODY:
            assert not accounts, f"{name} leads to an account, so it holds something of a person"
            continue
        held = entries[name]
        forgotten = (accounts | texts) - set(held.named)
        assert not forgotten, f"say in the register what {name}.{', '.join(sorted(forgotten))} holds of whom"
        assert set(held.named) <= set(table.columns.keys()), f"{name} has no such column"
        assert accounts <= set(held.columns("whose", "by", "decided")), name
        assert set(held.columns("emptied")) <= set(held.columns("names")), name
        assert {*held.together} <= set(held.columns("whose")), name


def test_whoever_goes_leaves_nothing_that_points_at_them(app: Flask) -> None:
    # The database deletes or empties what points at a row that goes. Anything else must be told of here.
    pointing: dict[str, set[str]] = {}
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.ondelete is None:
                pointing.setdefault(key.column.table.name, set()).add(f"{table.name}.{key.parent.name}")
    for held in REGISTER:
        if held.goes:
            # What a group was told of a decision stays in its history: such a letter is emptied, and not deleted.
            expected = {"group_letter_copy.letter_id"} if held.table == "letter" else set()
            assert pointing.get(held.table, set()) == expected, held.table
