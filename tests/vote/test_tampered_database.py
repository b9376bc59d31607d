"""What is changed in the database after the seal is named: by whoever recounts the bundle, and by `verify-ledger`."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.tally import Rule, TieKey
from pbvote.vote.acts.witnesses import name_witness
from pbvote.vote.events.models import Event
from pbvote.vote.slips.printing import make_slips
from tests.conftest import both_databases
from tests.factories import APPROVAL, SCORE, an_event, the_event, writing
from tests.finished_polls import bundle_file, finish_poll, recount
from tests.hall import organiser_does

DRAWN = (TieKey.CHEAPER, TieKey.VOTES, TieKey.DRAW)


@dataclass(frozen=True)
class Harm:
    """What somebody with the database's password runs, the file that the recount names, and the command's words.

    `:event` is the event's id.
    """

    statement: str
    file: str
    words: str


HARMS = [
    Harm("UPDATE counted SET voters = voters + 1 WHERE event_id = :event", "ballots.tsv", "the counted ballots"),
    Harm(
        'UPDATE counted SET choices = \'["B-05","B-01"]\' WHERE choices = (SELECT min(choices) FROM counted)',
        "ballots.tsv",
        "the counted ballots",
    ),
    Harm(
        "DELETE FROM counted WHERE choices = (SELECT max(choices) FROM counted)", "ballots.tsv", "the counted ballots"
    ),
    Harm("INSERT INTO counted VALUES (:event, '[\"B-05\"]', 3)", "ballots.tsv", "the counted ballots"),
    Harm(
        "UPDATE slip SET state = 'void' WHERE serial = (SELECT min(serial) FROM slip WHERE state = 'live')",
        "codes.txt",
        "the slips",
    ),
    Harm("UPDATE slip SET serial = 'S-0999' WHERE serial = 'S-0002'", "codes.txt", "the slips"),
    Harm("UPDATE slip SET envelope = envelope + 1 WHERE serial = 'S-0002'", "codes.txt", "the slips"),
    Harm("DELETE FROM slip WHERE serial = 'S-0002'", "codes.txt", "the slips"),
    Harm("INSERT INTO slip VALUES (:event, :tag, 'S-0999', 1, 'live')", "codes.txt", "the slips"),
    Harm("UPDATE seal SET check_numbers = '[\"00000000\"]'", "check-numbers.txt", "the check numbers"),
    Harm(
        "UPDATE seal SET account = REPLACE(CAST(account AS TEXT), '\"spoilt\": 0', '\"spoilt\": 1')",
        "account.json",
        "the code account",
    ),
    Harm("UPDATE seal SET salt = 'f' || salt", "salt.txt", "their salt"),
    Harm(
        "UPDATE ask SET ask_pence = ask_pence - 1 WHERE bid_id = (SELECT id FROM bid WHERE reference = 'B-05')",
        "election.json",
        "the rules or the bids",
    ),
    Harm("UPDATE bid SET title = 'Another' WHERE reference = 'B-05'", "election.json", "the rules or the bids"),
    Harm("UPDATE bid SET state = 'withdrawn' WHERE reference = 'B-05'", "election.json", "the rules or the bids"),
    Harm("UPDATE voluntary_group SET name = 'Another'", "election.json", "the rules or the bids"),
    Harm("UPDATE slot SET number = 10 - number WHERE event_id = :event", "election.json", "the rules or the bids"),
    Harm("UPDATE share SET share_pence = share_pence + 1", "election.json", "the rules or the bids"),
    Harm(
        "UPDATE share SET count_rule = REPLACE(CAST(count_rule AS TEXT), 'votes', 'listed')",
        "election.json",
        "the rules or the bids",
    ),
    Harm(
        "UPDATE share SET ballot_rules = REPLACE(CAST(ballot_rules AS TEXT), '2', '3')",
        "election.json",
        "the rules or the bids",
    ),
    Harm("UPDATE event SET name = 'Another'", "election.json", "the rules or the bids"),
    Harm(
        "UPDATE outcome SET body = REPLACE(CAST(body AS TEXT), '\"does-not-fit\"', '\"funded\"')",
        "outcome.json",
        "the outcome in the database is not what the counted ballots give",
    ),
]
LEDGER_HARMS = [
    Harm("UPDATE ledger SET at = '2014-07-12 12:00:00' WHERE seq = 2", "ledger.jsonl", "entry 2 (print) was changed"),
    Harm("UPDATE ledger SET actor = 2 WHERE type = 'open'", "ledger.jsonl", "(open) was changed"),
    Harm("UPDATE ledger SET body = '{\"ballots\": 0}' WHERE type = 'close'", "ledger.jsonl", "(close) was changed"),
    Harm("UPDATE ledger SET type = 'close' WHERE type = 'reopen'", "ledger.jsonl", "(close) was changed"),
    Harm("UPDATE ledger SET hash = prev WHERE type = 'void'", "ledger.jsonl", "(void) was changed"),
    Harm("UPDATE ledger SET prev = hash WHERE type = 'seal'", "ledger.jsonl", "(seal) does not follow"),
    Harm("UPDATE ledger SET seq = seq + 1000 WHERE type = 'publish'", "ledger.jsonl", "is missing: entry 10"),
    Harm("DELETE FROM ledger WHERE type = 'replace'", "ledger.jsonl", "is missing"),
    Harm(
        "INSERT INTO ledger SELECT event_id, seq + 1, hash, type, body, at, actor, prev FROM ledger WHERE seq = "
        "(SELECT max(seq) FROM ledger)",
        "ledger.jsonl",
        "(publish) was changed",
    ),
]


COMMAND_HARMS = [
    Harm("DELETE FROM ledger WHERE event_id = :event", "", "the ledger has 0 lines of "),
    Harm("DELETE FROM ledger WHERE event_id = :event", "", "the poll is published, and by the ledger it is planned"),
    Harm("DELETE FROM ledger WHERE type = 'publish'", "", "the poll is published, and by the ledger it is sealed"),
    Harm("UPDATE event SET poll = 'closed'", "", "the poll is closed, and by the ledger it is published"),
    Harm("UPDATE event SET poll = 'sealed'", "", "the poll is sealed, and by the ledger it is published"),
    Harm("UPDATE share SET is_counted = false", "", "share.is_counted is False, and by the ledger it is True"),
    Harm("DELETE FROM outcome", "", "the outcome in the database is not what the counted ballots give"),
]


def harm(app: Flask, done: Harm) -> None:
    """Change the database behind everybody's back: the ledger's triggers are taken off first."""
    drop = {
        "sqlite": ("DROP TRIGGER ledger_no_update", "DROP TRIGGER ledger_no_delete"),
        "postgresql": ("DROP TRIGGER ledger_append_only ON ledger",),
    }
    with writing(app):
        for statement in drop[db.engine.dialect.name]:
            db.session.execute(sa.text(statement))
        is_json = "REPLACE(" in done.statement and db.engine.dialect.name == "postgresql"
        statement = f"{done.statement}::json" if is_json else done.statement
        values = {"event": the_event().id, "tag": b"\0" * 32}
        changed = db.session.execute(sa.text(statement), {key: values[key] for key in values if f":{key}" in statement})
        assert changed.rowcount  # type: ignore[attr-defined]


def verify(app: Flask) -> tuple[int, str]:
    """What `pbvote verify-ledger` says, and its end status."""
    result = app.test_cli_runner().invoke(args=["verify-ledger"])
    return result.exit_code, result.output


def names(app: Flask, folder: Path, done: Harm) -> None:
    """Both the recount and the command name the harm that was done."""
    harm(app, done)
    status, said = recount(bundle_file(app, folder))
    assert status == 1, said
    assert any(done.file in line for line in said.splitlines() if line.startswith("DOES NOT FIT")), said
    status, said = verify(app)
    assert status == 1
    assert "DOES NOT FIT" in said
    assert done.words in said


@pytest.mark.parametrize("done", HARMS + LEDGER_HARMS, ids=lambda done: done.statement[:50])
def test_what_is_changed_after_the_seal_is_named(app: Flask, tmp_path: Path, done: Harm) -> None:
    finish_poll(app, APPROVAL, Rule("greedy", ties=DRAWN), 8, whole=True)
    names(app, tmp_path, done)


@both_databases
@pytest.mark.parametrize("done", COMMAND_HARMS, ids=lambda done: done.words[:50])
def test_where_the_poll_and_its_ledger_say_two_things_the_command_names_it(app: Flask, done: Harm) -> None:
    finish_poll(app, APPROVAL, Rule("greedy", ties=DRAWN), 8, whole=True)
    with writing(app):
        if done.statement == "DELETE FROM outcome":
            db.session.execute(sa.text("DELETE FROM study"))
    harm(app, done)
    status, said = verify(app)
    assert status == 1
    assert done.words in said, said


@both_databases
def test_the_last_line_of_a_ledger_that_moves_nothing_is_missed_too(app: Flask) -> None:
    with writing(app):
        make_slips(an_event(), 3, None)
    organiser_does(app, lambda event, by: name_witness(event, "Wanda", by))
    assert verify(app)[0] == 0
    harm(app, Harm("DELETE FROM ledger WHERE type = 'witness'", "", ""))
    status, said = verify(app)
    assert status == 1
    assert "the ledger has 1 line of 2 that were written" in said


@both_databases
@pytest.mark.parametrize("done", [HARMS[0], HARMS[4], HARMS[19], LEDGER_HARMS[2]], ids=lambda done: done.file)
def test_on_both_databases(app: Flask, tmp_path: Path, done: Harm) -> None:
    finish_poll(app, APPROVAL, Rule("greedy", ties=DRAWN), 8, whole=True)
    assert verify(app)[0] == 0
    names(app, tmp_path, done)


def test_a_line_for_each_event_where_all_fits(demonstration: None, app: Flask) -> None:
    status, said = verify(app)
    assert status == 0, said
    lines = said.splitlines()
    with app.app_context():
        assert len(lines) == db.session.scalar(sa.select(sa.func.count()).select_from(Event))
    assert all(line.endswith(("entries fit.", "entry fits.", "no entries.")) for line in lines), lines
    assert "sale-2014: 6 entries fit." in lines


def test_one_event_by_its_name(app: Flask) -> None:
    finish_poll(app, SCORE, Rule("greedy", ties=DRAWN))
    with app.app_context():
        slug = the_event().slug
    named = app.test_cli_runner().invoke(args=["verify-ledger", slug])
    assert named.exit_code == 0
    unknown = app.test_cli_runner().invoke(args=["verify-ledger", "nowhere"])
    assert unknown.exit_code == 2
    assert "there is no event" in unknown.output


def test_what_can_not_be_read_any_more_is_named(app: Flask) -> None:
    finish_poll(app, SCORE, Rule("greedy", ties=DRAWN))
    harm(app, Harm("UPDATE counted SET choices = '[' WHERE choices = (SELECT min(choices) FROM counted)", "", ""))
    status, said = verify(app)
    assert status == 1
    assert "what was counted can’t be read any more" in said
