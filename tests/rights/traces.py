"""Somebody written into every column that the register names, in whatever rows there are."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.db import Base, db
from pbvote.rights.one_person.finding import as_text, is_json
from pbvote.rights.one_person.register import REGISTER
from tests.checked_client import CheckedClient
from tests.scene import Scene
from tests.scene_addresses import address, rules_of


def write_everywhere(name: str, email: str) -> set[str]:
    """Name somebody, or write their address, in a row of each column that says anything; those columns."""
    written = set()
    for held in REGISTER:
        table = Base.metadata.tables[held.table]
        if held.table == "account":
            continue
        for column in held.columns("names", "words"):
            text = table.c[column]
            if is_json(text) or column == "second_email":  # which is another's than the first
                continue
            rows = sa.select(*table.primary_key).order_by(*table.primary_key).where(text != "").limit(1)
            first = db.session.execute(rows).first()
            if first is None:
                continue
            said = email if column in {"email", "contact", "recipient"} else name
            changed: Any = said if column in held.columns("names") else text + f" {name} said so."
            this = [key == value for key, value in zip(table.primary_key, first, strict=True)]
            db.session.execute(sa.update(table).where(*this).values({column: changed}))
            written.add(f"{held.table}.{column}")
    return written


def places_of(*words: str) -> set[str]:
    """The columns of the whole database in which one of these stands."""
    found = set()
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, sa.Text) or is_json(column):
                says = [as_text(column).icontains(word, autoescape=True) for word in words]
                if db.session.scalar(sa.select(sa.exists().where(sa.or_(*says)))):
                    found.add(f"{table.name}.{column.name}")
    return found


def public_texts(app: Flask, client: CheckedClient, scene: Scene) -> Iterator[tuple[str, str]]:
    """Every address that anybody can read, with its text; files that are packed are unpacked."""
    for rule in rules_of(app, "GET"):
        if rule.endpoint != "static":
            yield address(rule, scene), text_in(client.get(address(rule, scene)))


def text_in(answer: TestResponse) -> str:
    """What an answer says, of a zip or a spreadsheet what its files say."""
    if not answer.data.startswith(b"PK"):
        return answer.get_data().decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
