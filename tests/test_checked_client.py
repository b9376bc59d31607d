"""The inspector of pages sees what it is there to see."""

import pytest
import sqlalchemy as sa

from pbvote.db import db
from pbvote.localities.models import Locality
from tests.checked_client import CheckedClient, check_page

PAGE = '<!DOCTYPE html><html lang="en"><title>Page</title><h1>Page</h1>{}</html>'


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ('<table><tr><td><span><form action="/x"></form></span></td></tr></table>', "form inside span"),
        ('<span><a href="/x"><div>x</div></a></span>', "div inside span"),
        ("<strong><em><ul><li>x</li></ul></em></strong>", "ul inside"),
        ("<label>Name <p>x</p></label>", "p inside label"),
        ('<a href="/x"><select aria-label="x"></select></a>', "select inside a"),
        ('<button type="submit"><input aria-label="x"></button>', "input inside button"),
        ('<input aria-label="x" autofocus="true">', "autofocus=true on input"),
        ('<details open="open"><summary><div>x</div></summary></details>', "div inside summary"),
        (
            '<div class="govuk-error-summary"><a href="#b">b</a><a href="#a">a</a></div><i id="a"></i><i id="b"></i>',
            "another order",
        ),
        ('<section class="chart" aria-labelledby="t"><p id="t">Turnout</p></section>', "title is no heading"),
        ('<div class="chart"><svg></svg></div><h2>Turnout</h2>', "title is no heading"),
    ],
)
def test_what_breaks_a_content_model_is_found(html: str, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        check_page(PAGE.format(html))


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/x"><div>x</div></a>',
        "<fieldset><legend><h2>x</h2></legend></fieldset>",
        '<table><tr><td><div><form action="/x"></form></div></td></tr></table>',
        '<label>Name <input autofocus=""></label>',
        '<section class="chart" aria-labelledby="t"><h3 id="t">Turnout</h3></section>',
        "<h2>The share</h2><p>x</p><div class='chart'></div>",
        "<p>x <span>y</span></p><details open><summary>x</summary><div>y</div></details>",
    ],
)
def test_what_is_sound_passes(html: str) -> None:
    check_page(PAGE.format(html))


def test_a_page_that_asks_for_each_row_is_found_with_the_query_that_came_again(client: CheckedClient) -> None:
    def each_row() -> str:
        return "".join(str(db.session.scalar(sa.select(Locality.id).where(Locality.id == row))) for row in range(13))

    client.application.add_url_rule("/each-row", view_func=each_row)
    with pytest.raises(
        AssertionError, match=r"/each-row sent 13 statements, and 12 are enough:\n13 × SELECT locality.id"
    ):
        client.get("/each-row")


def test_a_page_on_the_voters_path_has_a_smaller_budget(client: CheckedClient) -> None:
    def nine() -> str:
        return "".join(str(db.session.scalar(sa.select(sa.literal(row)))) for row in range(9))

    client.application.add_url_rule("/v/a/nine", view_func=nine)
    with pytest.raises(AssertionError, match="/v/a/nine sent 9 statements, and 8 are enough"):
        client.get("/v/a/nine")
