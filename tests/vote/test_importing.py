"""Elections read from files into the database: what it would refuse is refused before, with the value and its line."""

import io
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.call.bids.models import Bid
from pbvote.call.rounds.models import Round
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.localities.service import add_locality
from pbvote.tally import Rule, TieKey, count
from pbvote.tally.pabulib import read_pabulib, write_pabulib
from pbvote.vote.count.models import StoredOutcome
from pbvote.vote.elections.importing import import_election
from tests.conftest import both_databases
from tests.factories import writing
from tests.tally.factories import approval
from tests.tally.pb_text import META, pb_text

REFUSED = {
    "no budget": ({"budget": "0"}, "line 9, column value: “0” is the budget: there is nothing to give."),
    "no currency": ({"currency": "€"}, "line 14, column value: “€” is no currency: write its three letters, like GBP."),
    "long currency": ({"currency": "złoty"}, "line 14, column value: “złoty” is no currency"),
    "fine budget": ({"budget": "100.125"}, "line 9, column value: “100.125” has more than two decimals"),
    "no day": ({"date_begin": "12/07/2014"}, "line 12, column value: “12/07/2014” is no day like 12.07.2014"),
    "no such day": ({"date_end": "31.02.2014"}, "line 13, column value: “31.02.2014” is no day like 12.07.2014"),
    "nothing": ({"unit": "Traff\0rd"}, "line 5, column value: “Traff�rd” holds a character that is none (NUL)"),
}


@both_databases
@pytest.mark.parametrize("what", REFUSED)
def test_what_the_database_would_refuse_is_refused_with_its_line(app: Flask, tmp_path: Path, what: str) -> None:
    meta, said = REFUSED[what]
    file = tmp_path / "city.pb"
    file.write_text(pb_text(meta))
    result = app.test_cli_runner().invoke(args=["import-election", str(file)])
    assert result.exit_code == 2
    assert f"Error: city.pb: {said}" in result.output
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Round)) == 0


def test_so_is_a_cost_with_more_than_two_decimals(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "city.pb"
    file.write_text(pb_text(projects="project_id;cost\na;60\nb;50.125"))
    result = app.test_cli_runner().invoke(args=["import-election", str(file)])
    assert "line 17, column cost: “50.125” has more than two decimals, and a round keeps two." in result.output


@both_databases
def test_a_city_that_is_called_like_a_locality_is_imported_year_after_year(app: Flask) -> None:
    with writing(app):
        add_locality("trafford", "Trafford")
    for year in ("2014", "2015"):
        with writing(app):
            import_election(read_pabulib(io.BytesIO(pb_text({"instance": year, "unit": "Trafford"}).encode())))
    with app.app_context():
        assert set(db.session.scalars(sa.select(Locality.name))) == {"Trafford", "Trafford (imported)"}
        assert len(db.session.scalars(sa.select(Round)).all()) == 2


def test_a_currency_that_is_missing_or_small_is_a_currency(app: Flask) -> None:
    for number, currency in enumerate(["", "pln"]):
        with writing(app):
            text = pb_text({"instance": str(number), "currency": currency})
            import_election(read_pabulib(io.BytesIO(text.encode())))
    with app.app_context():
        assert set(db.session.scalars(sa.select(Round.currency))) == {"EUR", "PLN"}


def test_titles_are_stored_as_one_line_in_which_all_can_be_seen(app: Flask) -> None:
    projects = 'project_id;cost;name;proposer\na;60;"Park\x1b[2J\nFunded";A\u202eB\nb;50;Band;'
    with writing(app):
        import_election(read_pabulib(io.BytesIO(pb_text(projects=projects).encode())))
    with app.app_context():
        bid = db.session.scalars(sa.select(Bid).where(Bid.reference == "a")).one()
        assert bid.title == "Park�[2J�Funded"
        assert bid.group
        assert bid.group.name == "A�B"


def test_a_file_of_our_own_is_counted_by_the_rule_in_its_comment(app: Flask) -> None:
    counted = approval(10_000, {"b": 6_000, "a": 4_000, "c": 6_000}, {"a b": 2, "c": 2})
    rule = Rule("phragmen", (TieKey.LISTED,))
    stream = io.StringIO()
    write_pabulib(stream, counted, meta=META, rule=rule, outcome=count(counted, rule))
    file = read_pabulib(io.BytesIO(stream.getvalue().encode()))
    assert "rule;unknown\n" in stream.getvalue()
    assert file.rule == rule
    with writing(app):
        imported = import_election(file)
        assert imported.is_official
        assert imported.is_rule_known
    with app.app_context():
        assert db.session.scalars(sa.select(StoredOutcome)).one().is_own_rule
