"""The pages' parts: sound HTML that a strict content policy lets through, and charts that say what they show."""

import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from babel import Locale
from flask import Flask, render_template_string
from jinja2 import UndefinedError

from pbvote import fields
from pbvote.core.money import format_money
from pbvote.filters import in_pieces, with_breaks
from pbvote.vote.poll.paper import Line, Words

BIDS = [
    {"label": "Play <scheme>", "group": "Friends", "pence": 300000, "total": 1412, "fate": "funded", "before": 0},
    {"label": "Towpath", "group": "", "pence": 99950, "total": 244, "fate": "funded", "before": 300000},
    {"label": "A stage to lend", "group": "", "pence": 1200000, "total": 388, "fate": "not_funded", "before": 0},
]
CHARTS = '{% import "parts/share_chart.html" as chart %}'
VOTER = '{% import "vote/casting/parts.html" as parts %}'
LINE = Line(1, "B-01", "Goals", "New goals", "Juniors", 25000, {"en": Words("Goals", "New goals")})


@pytest.fixture(autouse=True)
def app() -> Iterator[Flask]:
    app = Flask("pbvote")
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    fields.init_app(app)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters["money"] = format_money
    app.jinja_env.globals |= {"get_locale": lambda: Locale("en"), "language": lambda: "en"}
    with app.test_request_context():
        yield app


def draw(source: str, **values: Any) -> str:
    """The source as HTML, checked as part of a page."""
    html = render_template_string(source, **values)
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(f"<!DOCTYPE html><title>Part</title>{html}")
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert not re.search(r"\s(style|on\w+)=", html)
    for element in tree.iter():
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert set((element.get(name) or "").split()) <= set(ids)
    return html


def test_the_share_fills_up_and_says_what_is_left() -> None:
    html = draw(CHARTS + '{{ chart.share_filling("s", "Sale", 1000000, bids) }}', bids=BIDS[:2])
    assert "£6,000.50" in html  # what is left, as a piece of its own
    assert 'x="30.0%" width="9.995%"' in html
    assert html.count('<li class="winners__bid') == 3
    assert html.count('role="row"') == 3
    assert "Play &lt;scheme&gt;" in html


def test_the_totals_show_what_is_funded_and_what_is_not_apart_from_their_colour() -> None:
    html = draw(CHARTS + '{{ chart.funding_line("f", "Outcome", bids) }}', bids=BIDS)
    assert 'fill="url(#f-3)"' in html
    assert html.count("Not funded") == 2  # in the legend and in the table
    assert "1,412" in html


def test_a_tie_that_waits_looks_like_no_loss_and_nothing_explains_what_is_not_there() -> None:
    tied = [{**BIDS[0], "fate": "waits"}, {**BIDS[1], "fate": "waits"}]
    html = draw(CHARTS + '{{ chart.funding_line("f", "Outcome", bids) }}', bids=tied)
    assert html.count("chart__dot") == 2
    assert "chart__hatch" not in html
    assert "Not funded" not in html
    assert "chart__legend" not in html
    assert html.count("Waits for a draw") == 2  # in the table


def test_a_name_is_never_cut() -> None:
    long = "The Old Trafford and Stretford Neighbourhood Bicycle Library for Children and Their Grandparents"
    html = draw(CHARTS + '{{ chart.funding_line("f", "Outcome", bids) }}', bids=[{**BIDS[0], "label": long}])
    assert html.count(long) == 2


@pytest.mark.parametrize(
    "source",
    ['chart.share_filling("s", "Sale", 0, [])', 'chart.funding_line("f", "Outcome", [])', 'chart.turnout("t", 0, 0)'],
)
def test_a_chart_of_nothing_still_draws(source: str) -> None:
    draw(CHARTS + "{{ " + source + " }}")


def test_turnout_is_a_sentence_too() -> None:
    assert "212 of 380 slips have voted: 56 per cent." in " ".join(
        draw(CHARTS + '{{ chart.turnout("t", 212, 380) }}').split()
    )


def test_a_table_names_its_cells_and_says_when_it_is_empty() -> None:
    source = '{% from "parts/table.html" import table %}{{ table("Bids", columns, rows, empty="No bids yet.") }}'
    columns = [{"key": "label", "label": "Bid", "is_heading": True}, {"key": "total", "label": "Points"}]
    assert '<th role="rowheader" scope="row">' in draw(source, columns=columns, rows=BIDS)
    assert "No bids yet." in draw(source, columns=columns, rows=[])


def test_a_state_reads_as_words() -> None:
    html = draw('{% from "parts/tag.html" import state %}{{ state("passed_over") }}{{ state("unheard_of") }}')
    assert '<strong class="govuk-tag govuk-tag--grey">Passed over</strong>' in html
    assert "Unheard of" in html


@pytest.mark.parametrize(
    ("source", "inputs"),
    [
        ('parts.marked_bid(line, "GBP", range(1, 6), "4", "", ["Lowest", "Best"], "Give a mark")', 5),
        ('parts.marked_bid(line, "GBP", range(1, 3), "", "not chosen")', 3),
        ('parts.chosen_bid(line, "GBP", true)', 1),
        ('parts.pointed_bid(line, "GBP", "Points", "3", "Too many")', 1),
    ],
)
def test_each_kind_of_ballot_draws_a_bid(source: str, inputs: int) -> None:
    html = draw(VOTER + "<ol>{{ " + source + " }}</ol>", line=LINE)
    assert html.count("<input") == inputs
    assert html.count(" checked") == (0 if "pointed" in source else 1)
    assert "£250" in html


@pytest.mark.parametrize("source", ["{{ nobody }}", "{% if nobody %}{% endif %}", "{{ bid.pence }}", "{{ {}.hint }}"])
def test_a_name_that_nobody_set_is_an_error(source: str) -> None:
    with pytest.raises(UndefinedError):
        draw(source, bid=object())


def test_the_components_may_read_names_that_they_never_set() -> None:
    source = (
        '{% from "govuk_frontend_jinja/components/notification-banner/macro.html" import govukNotificationBanner %}'
    )
    html = draw(source + '{{ govukNotificationBanner({"text": "Saved <once>"}) }}')
    assert "Saved &lt;once&gt;" in html


def test_the_code_stays_left_to_right_and_is_never_remembered() -> None:
    words = '<label for="code">Your code</label><b id="code-error">No such code</b><i id="code-hint">Type it</i>'
    field = words + '{{ parts.code_input("K7QF", true) }}'
    html = draw(VOTER + field)
    assert 'dir="ltr"' in html
    assert 'autocomplete="off"' in html
    assert 'aria-invalid="true"' in html


def test_an_address_breaks_between_its_words_and_nowhere_else() -> None:
    assert with_breaks("a-b.example/v/<x>") == "a-<wbr>b.<wbr>example/<wbr>v/<wbr>&lt;x&gt;"
    assert with_breaks("host/") == "host/"


def test_a_large_address_is_whole_between_its_slashes() -> None:
    pieces = ("a-b.example/", "v/", "&lt;x-y&gt;")
    assert in_pieces("a-b.example/v/<x-y>") == "<wbr>".join(f'<span class="piece">{each}</span>' for each in pieces)
