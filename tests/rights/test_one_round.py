"""The papers of one round: what anyone may read, and nobody in them."""

import csv
import io
import zipfile

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.call.groups.models import GroupContact
from pbvote.core.contacts import names_a_contact
from pbvote.db import Base, db
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.rights.one_person.hiding import SOMEBODY_ELSE, Hiding
from pbvote.rights.one_round.papers import FILES
from pbvote.tally import Rule
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.results.service import publish_outcome
from tests.call.deciding import OLIVIA, WHY, refuse, set_up
from tests.factories import APPROVAL, the_event, writing
from tests.finished_polls import finish_poll
from tests.grants.decided import DECISION, ORGANISER, drafted, later, result, send
from tests.pages import browser, text_of
from tests.rights.traces import text_in

ROUND = "/desk/rounds/voluntary-sector-grants-2014/papers"


@pytest.mark.usefixtures("demonstration")
def test_the_papers_of_a_round_name_nobody_and_leak_no_result(app: Flask) -> None:
    with writing(app):
        # Somebody wrote into every reason who it was, and how to reach them.
        for table, column in (("bid_history", "reason"), ("decision", "reason"), ("award_decision", "interests"),
                              ("award_history", "words"), ("payment", "why"), ("bid", "summary")):  # fmt: skip
            text = Base.metadata.tables[table].c[column]
            longer = text + " Grace Odell rang, 0161 496 0007, grace@group.example."
            db.session.execute(sa.update(text.table).values({column: longer}))
        names = set(db.session.scalars(sa.select(Account.name)))
        emails = set(db.session.scalars(sa.select(Account.email)))
        phones = set(db.session.scalars(sa.select(GroupContact.phone))) - {""}
    desk = browser(app, "audrey@council.example")
    page = text_of(desk.get(ROUND))
    assert "within 20 working days" in page
    answer = desk.get(f"{ROUND}/papers.zip")
    assert answer.headers["Cache-Control"] == "no-store"
    whole = text_in(answer)
    assert [word for word in names | emails | phones if word in whole] == []
    assert SOMEBODY_ELSE in whole
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not [name for name, words in files.items() if "ledgers/" not in name and "@" in words]
    for name in FILES:
        assert name in files["README.txt"]
        assert any(each.startswith(name) for each in files)
        assert len(files.get(name, "some\nlines\n").splitlines()) > 1, name
    assert set(files) >= {"ledgers/old-trafford-stretford-2014.jsonl"}
    assert "ledgers/sale-2014.jsonl" not in files, "voting is open"
    bids = list(csv.DictReader(io.StringIO(files["bids.csv"].removeprefix("\ufeff"))))
    assert {bid["Public"] for bid in bids} == {"Yes", "No"}
    assert [bid for bid in bids if bid["Public"] == "No" and (bid["Group"] or bid["Project"] or bid["Summary"])] == []
    assert not names_a_contact(files["bids.csv"].replace(",", " "))
    assert desk.get("/desk/rounds/no-such-round/papers").status_code == 404


def test_a_result_that_is_sealed_is_in_no_file(app: Flask) -> None:
    slug = finish_poll(app, APPROVAL, Rule("greedy"), is_published=False)
    with app.app_context():
        event = the_event()
        sealed = db.session.scalars(sa.select(LedgerEntry.hash).where(LedgerEntry.event_id == event.id)).all()
        address = f"/desk/rounds/{event.share.round.slug}/papers/papers.zip"
    desk = browser(app, "organiser@council.example")
    before, hidden = text_in(desk.get(address)), f"results/{slug}/bundle.zip"
    assert "not published yet" in before
    assert [each for each in (hidden, *sealed) if each in before] == []
    with writing(app):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        publish_outcome(the_event(), organiser)
    after = text_in(desk.get(address))
    assert [each for each in (hidden, *sealed) if each not in after] == []


def test_an_award_of_which_its_group_has_not_heard_is_in_no_file(app: Flask) -> None:
    desk, letters = drafted(app, result(app))
    papers = "/desk/rounds/grants-2014/papers/papers.zip"
    assert DECISION not in text_in(desk.get(papers))
    assert send(desk, letters).status_code == 302
    assert DECISION not in text_in(desk.get(papers)), "it can still be called back"
    with later(minutes=11):
        assert DECISION in text_in(browser(app, ORGANISER).get(papers))


def test_a_refusal_that_can_be_called_back_is_in_no_file(app: Flask) -> None:
    set_up(app)
    refuse(browser(app, OLIVIA), app)
    papers = "/desk/rounds/grants-2014/papers/papers.zip"
    said = text_in(browser(app, OLIVIA).get(papers))
    assert [words for words in (*WHY.values(), "Refused") if words in said] == []
    with later(minutes=11):
        said = text_in(browser(app, OLIVIA).get(papers))
    assert [words for words in (*WHY.values(), "Refused") if words not in said] == []


def test_names_are_taken_out_of_texts_however_many_there_are() -> None:
    hide = Hiding({"Zoë Quill", "Ann Lee", "Ann Lee-Potter"})
    said = "ANN LEE-POTTER and Ann Lee told Zoë Quill’s group; Ann Leeds did not. Ring 0161 496 0001."
    left = f"{SOMEBODY_ELSE} and {SOMEBODY_ELSE} told {SOMEBODY_ELSE}’s group; Ann Leeds did not. Ring {SOMEBODY_ELSE}."
    assert hide(said) == left
    assert hide("Growers asked", "Growers") == f"{SOMEBODY_ELSE} asked"
