"""Where the money went: each figure is as at a day, the same wherever it stands, and nothing is public too early."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.filters import day
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import give_back
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.themes import Theme
from pbvote.grants.money.models import Payment
from pbvote.grants.money.paying import NewPayment, SentBack, note_failed, note_paid, note_return, plan_payment
from pbvote.grants.money.service import payment_of
from pbvote.grants.money.sums import Sums
from pbvote.people.models import Account
from pbvote.public_account.figures.definitions import PublicFigure
from pbvote.public_account.figures.shares import ShareSums, share_figures
from pbvote.public_account.spending.shown import NO_THEME
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.decided import result
from tests.grants.paying import SMALL, moving, organiser, ring, signed_awards
from tests.pages import client_of, sheet, text_of
from tests.paper import codes_on, rendered, words_on
from tests.paper import text_of as paper_text

ROUND, SALE = "/money/grants-2014", "/money/grants-2014/sale"
BEGINS = dt.datetime(2027, 3, 1, 10, tzinfo=dt.UTC)


def figures(app: Flask, day: dt.date | None = None) -> ShareSums:
    """The sums of every public share, as at a day."""
    with app.app_context():
        return ShareSums.together(each.figures for each in share_figures(day or today()))


def payment(award: Award, number: int) -> Payment:
    """One of its payments."""
    found = payment_of(award, number)
    assert found
    return found


def act(app: Flask, do: Callable[[Award, Account], object], award_id: int = SMALL) -> None:
    """Do something about the money of the award of £2,000, or of another."""
    with moving(app, award_id) as (award, by):
        do(award, by)


def test_a_sealed_result_is_as_if_it_did_not_exist(app: Flask, client: CheckedClient) -> None:
    result(app, is_published=False)
    assert "Nothing yet: no result is public." in text_of(client.get("/money"))
    for path in (ROUND, SALE, f"{ROUND}/grants.csv", f"{ROUND}/figures.xlsx"):
        assert client.get(path).status_code == 404
    assert figures(app) == ShareSums.together([])


def test_until_the_groups_have_heard_there_is_only_what_was_chosen(app: Flask, client: CheckedClient) -> None:
    result(app)
    page = text_of(client.get("/money"))
    assert "£0 for 0 grants, out of £5,000." in page
    assert "The groups have not heard from the council yet" in page
    assert "2 residents voted" in page
    assert "The groups have not heard" in text_of(client.get(SALE))
    assert sheet(client, f"{ROUND}/grants.csv") == []
    [row] = sheet(client, f"{ROUND}/figures.csv")
    assert (row["Locality"], row["Voted"], row["Asked (GBP)"], row["Awarded (GBP)"]) == ("Sale", "2", "9000.00", "0.00")


@both_databases
def test_a_year_of_payments_is_told_as_at_each_day(app: Flask) -> None:
    with time_machine.travel(BEGINS) as clock:
        signed_awards(app)
        ring(app, SMALL)
        first = today()

        def goes_on() -> dt.date:
            clock.shift(dt.timedelta(days=10))
            return today()

        act(app, lambda award, by: plan_payment(award, NewPayment(1, 2_000_00, today()), by))
        paid_on = goes_on()
        act(app, lambda award, by: note_paid(award, payment(award, 1), paid_on, by))
        failed_on = goes_on()
        act(app, lambda award, by: note_failed(award, payment(award, 1), failed_on, "No account", by))
        again_on = goes_on()
        ring(app, SMALL)
        act(app, lambda award, by: plan_payment(award, NewPayment(2, 2_000_00, today()), by))
        act(app, lambda award, by: note_paid(award, payment(award, 2), again_on, by))
        returned_on = goes_on()
        act(app, lambda award, by: note_return(award, SentBack(1, 200_00, returned_on, "Less was needed"), by))
        declined_on = goes_on()
        act(app, give_back, award_id=1)

        told = {day: figures(app, day) for day in (first, paid_on, failed_on, again_on, returned_on, declined_on)}
        shown = ("awarded", "paid", "returned", "declined", "to_pay", "left")
        assert {day: [each[PublicFigure(name)] // 100 for name in shown] for day, each in told.items()} == {
            first: [5_000, 0, 0, 0, 5_000, 0],
            paid_on: [5_000, 2_000, 0, 0, 3_000, 0],
            failed_on: [5_000, 0, 0, 0, 5_000, 0],
            again_on: [5_000, 2_000, 0, 0, 3_000, 0],
            returned_on: [5_000, 2_000, 200, 0, 3_000, 0],
            declined_on: [2_000, 2_000, 200, 3_000, 0, 3_000],
        }
        assert figures(app, first - dt.timedelta(days=1)).groups == 0
        with app.app_context():
            now = Sums.of(db.session.scalars(sa.select(Award)))
        assert (now.awarded, now.paid, now.returned) == (2_000_00, 2_000_00, 200_00)
        everywhere_the_same(app)


def everywhere_the_same(app: Flask) -> None:
    """The pages, the files and the partnership's own page tell one story."""
    anybody = client_of(app)
    for path in ("/money", ROUND, SALE):
        page = text_of(anybody.get(path))
        assert "£2,000 for 1 grant, out of £5,000" in page
        assert "£2,000 of it is paid. Groups sent £200 back." in page
        assert "£3,000" not in page.replace("Groups declined £3,000", "").replace("£3,000 of the share", "")
    assert "Groups declined £3,000 that they were offered." in text_of(anybody.get(SALE))
    [grant] = sheet(anybody, f"{ROUND}/grants.csv")
    assert (grant["Awarded (GBP)"], grant["Paid (GBP)"], grant["Sent back (GBP)"]) == ("2000.00", "2000.00", "200.00")
    [row] = sheet(anybody, f"{ROUND}/figures.csv")
    assert {figure.words for figure in PublicFigure} <= {name.removesuffix(" (GBP)") for name in row}
    assert "£2,000 for 1 group" in text_of(anybody.get("/localities/sale"))


def test_the_poster_says_what_the_page_says_and_leads_there(app: Flask, client: CheckedClient, tmp_path: Path) -> None:
    assert client.get(f"{ROUND}/poster.pdf").status_code == 404
    signed_awards(app)
    poster = client.get(f"{ROUND}/poster.pdf")
    assert poster.mimetype == "application/pdf"
    [words] = words_on(poster.data, tmp_path)
    for said in (
        "Where the money went",
        "£5,000 of £5,000, 2 grants",
        "Sale",
        "2 residents voted",
        f"As at {day(today())}",
    ):
        assert said in paper_text(words)
    assert min(word.size for word in words) >= 17
    [page] = rendered(poster.data, tmp_path)
    [code] = codes_on(page)
    assert code.text.endswith(ROUND)
    assert f'href="{ROUND}/poster.pdf"' in client.get("/money").get_data(as_text=True)


def test_themes_and_wards_are_those_that_groups_have_named(app: Flask, client: CheckedClient) -> None:
    signed_awards(app)
    with writing(app):
        said = {"sentence": "We grow food.", "theme": Theme.FOOD, "agreed_by_id": organiser().id}
        db.session.add(Listing(award_id=SMALL, ward_id=None, **said))
    page = text_of(client.get(SALE))
    assert page.index("Food and growing £2,000 , 1 grant") < page.index(f"{NO_THEME} £3,000 , 1 grant")
    assert "Several wards, or none named £5,000 , 2 grants" in page


@pytest.mark.parametrize("path", ["/money/nothing", "/money/grants-2014/nowhere", "/money/grants-2014/grants.pdf"])
def test_what_is_not_there_is_not_found(app: Flask, client: CheckedClient, path: str) -> None:
    result(app)
    assert client.get(path).status_code == 404


def test_every_figure_says_what_it_means(client: CheckedClient) -> None:
    page = text_of(client.get("/figures"))
    for figure in PublicFigure:
        assert f"{figure.words} {figure.sentence}" in page
