"""Whether each vote that was acknowledged is in the box, once and unchanged."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from benchmarks.casts import open_event
from deploy.cluster.phones import Hall, Ledger, Marks, SlipsLedger
from pbvote.app import create_app
from pbvote.core.codes import read_code
from pbvote.db import begin_write, db
from pbvote.tally import encode_choices
from pbvote.vote.poll.models import Ballot
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.keys import key_ring
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips

Box = dict[bytes, tuple[str, int]]
"""Choices and version by the ballot's tag."""


class Desk:
    """An organiser's way into one database, past the front."""

    def __init__(self, url: str, instance: Path, files: Path) -> None:
        folders = {"INSTANCE_PATH": str(instance), "KEYS_DIR": instance / "keys", "FILES_DIR": files}
        self.app: Flask = create_app({"DATABASE_URL": url, "SECRET_KEY": "x" * 64, **folders})

    def more_codes(self, number: int) -> list[str]:
        """Codes of new slips that work at once."""
        with self.app.app_context():
            begin_write()
            codes = [slip.code for slip in make_slips(open_event(), number, None, SlipState.LIVE)]
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
            return codes

    def hall(self, address: str, name: str, certificate: Path) -> Hall:
        """What phones need to know of the event."""
        with self.app.app_context():
            paper = Paper.of(open_event())
            fields = {"lang": "en", "definition": paper.definition, "event": paper.event_slug}
            numbers = tuple(line.number for line in paper.lines)
            db.session.remove()
            db.engine.dispose()
        return Hall(address, name, certificate, fields, numbers)

    def box(self) -> Box:
        """Every ballot of the event."""
        with self.app.app_context():
            columns = sa.select(Ballot.ballot_tag, Ballot.choices, Ballot.version)
            rows = db.session.execute(columns.where(Ballot.event_id == open_event().id)).all()
            db.session.remove()
            db.engine.dispose()
        if len({row.ballot_tag for row in rows}) != len(rows):
            raise ValueError("a slip has two ballots")
        return {row.ballot_tag: (row.choices, row.version) for row in rows}

    def compare(self, ledger: Ledger, before: Box) -> Counter[str]:
        """How many votes were acknowledged, lost, changed, or came from nowhere; `before` is what was in the box."""
        box, found = self.box(), Counter[str]()
        with self.app.app_context():
            event = open_event()
            key, paper = key_ring().read(event.slug), Paper.of(event)
            db.session.remove()
            db.engine.dispose()
        references = {line.number: line.reference for line in paper.lines}

        def text_of(marks: Marks) -> str:
            return encode_choices(paper.rules.kind, {references[number]: mark for number, mark in marks.items()})

        for slip in ledger.slips:
            tag = key.ballot_tag(key.code_tag(read_code(slip.code) or ""))
            found[verdict(slip, *box.pop(tag, ("", 0)), [text_of(marks) for marks in slip.sent])] += 1
            found["acknowledged"] += slip.acknowledged
        found["from nowhere"] += sum(tag not in before for tag in box)
        found["lost"] += sum(tag not in box for tag in before)
        found["changed"] += sum(box[tag] != stored for tag, stored in before.items() if tag in box)
        return found


def verdict(slip: SlipsLedger, text: str, version: int, sent: Sequence[str]) -> str:
    """`kept`, `lost` or `changed`: what became of a slip's last acknowledged vote.

    Of a vote that was sent and not answered nobody can say more than that it may be in, whole, or not.
    """
    if version < slip.acknowledged:
        return "lost"
    if version == slip.acknowledged:
        return "kept" if not version or text == sent[version - 1] else "changed"
    is_under_way = version == slip.acknowledged + 1 == len(sent)
    return "kept" if is_under_way and text == sent[version - 1] else "changed"
