"""The fields: what they read, what they refuse and in which words, and that nothing typed is lost."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from flask import Flask, render_template_string

from pbvote import fields
from tests.made_once import share_templates

TODAY = dt.date(2014, 7, 12)


class CostLine(fields.Row):
    what = fields.TextField("What it is for", required="Say what it is for")
    amount = fields.MoneyField("Amount", required="Enter the amount")


class BidForm(fields.Form):
    group = fields.TextField("Name of your group", hint="As on its bank account", autocomplete="organization")
    summary = fields.TextArea("Summary", max_words=5)
    email = fields.EmailField("Email address")
    secret = fields.PasswordField("Password", required=False)
    amount = fields.MoneyField("Amount asked for", least=100_00, most=4_000_00)
    helpers = fields.IntegerField("Helpers", least=1, most=50, required=False)
    starts_on = fields.DayField("When it starts", earliest=TODAY, required="Enter the day it starts")
    opens_at = fields.TimeField("Doors open", required=False)
    where = fields.ChoiceField("Where", choices=[("sale", "Sale"), (7, "Stretford")], hints={"sale": "and Brooklands"})
    ward = fields.ChoiceField("Ward", choices=[("a", "Ashton"), ("b", "Brooklands")], is_folded=True, required=False)
    themes = fields.ManyField("Themes", choices=[("x", "Sport"), ("y", "Music")], required=False)
    agrees = fields.TickField("We agree to the rules", required="Agree to the rules to go on")
    costs = fields.RowsField(CostLine, "What it costs", rows=3, least=1)
    paper = fields.FileField("Bank statement", accept=[".pdf"], required=False)


GOOD: dict[str, Any] = {
    "group": "Sale Moor Juniors",
    "summary": "New goals for girls",
    "email": "secretary@example.org",
    "amount": "£3,043.69",
    "starts_on-day": "1",
    "starts_on-month": "August",
    "starts_on-year": "2014",
    "opens_at": "1:30pm",
    "where": "7",
    "themes": ["y", "x"],
    "agrees": "yes",
    "costs-0-what": "Goals",
    "costs-0-amount": "3,000",
    "costs-2-what": "Paint",
    "costs-2-amount": "43.69",
}


@pytest.fixture
def app() -> Iterator[Flask]:
    app = Flask("pbvote")
    app.config.update(SECRET_KEY="x", WTF_CSRF_ENABLED=False)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    fields.init_app(app)
    share_templates(app)
    with app.test_request_context():
        yield app


def sent(app: Flask, **changes: Any) -> BidForm:
    """The form as a browser would send it, with these answers changed; None leaves one out."""
    data = {name: value for name, value in (GOOD | changes).items() if value is not None}
    with app.test_request_context(method="POST", data=data):
        form = BidForm()
        form.validate()
    return form


def page(form: fields.Form) -> str:
    """The form as HTML, which must hold together as such."""
    source = '{% from "parts/form_page.html" import fields %}{{ form.error_summary() }}{{ fields(form) }}'
    html = render_template_string(source, form=form)
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(f"<!DOCTYPE html><title>Form</title>{html}")
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in tree.iter():
        for told in (element.get("aria-describedby") or "").split():
            assert told in ids
        if str(element.get("href", "")).startswith("#"):
            assert element.get("href")[1:] in ids
    return html


def test_gives_each_answer_in_its_own_type(app: Flask) -> None:
    form = sent(app, helpers="12")
    assert form.errors == {}
    assert form.amount.data == 304369
    assert form.helpers.data == 12
    assert form.starts_on.data == dt.date(2014, 8, 1)
    assert form.opens_at.data == dt.time(13, 30)
    assert form.where.data == "7"
    assert form.ward.data == ""
    assert form.themes.data == ["x", "y"]
    assert form.agrees.data is True
    assert form.costs.filled() == [{"what": "Goals", "amount": 300000}, {"what": "Paint", "amount": 4369}]


def test_a_form_takes_fields_that_only_the_data_knows_after_its_own(app: Flask) -> None:
    more = {"second": fields.IntegerField("Second"), "first": fields.MoneyField("First")}
    form_class = BidForm.with_fields(**more)
    with app.test_request_context(method="POST", data=GOOD | {"second": "2", "first": "1"}):
        form = form_class()
        assert form.validate()
    assert isinstance(form, BidForm)
    assert [field.name for field in form.page_fields()][-3:] == ["paper", "second", "first"]
    assert (form["second"].given, form["first"].given) == (2, 100)
    assert "second" not in BidForm()


def test_an_answer_that_was_not_given_is_not_made_up(app: Flask) -> None:
    form = sent(app, amount="much", **{"starts_on-day": ""})
    for field in (form.amount, form.starts_on, form.opens_at, form.helpers):
        field.data = None
        with pytest.raises(LookupError):
            field.given  # noqa: B018 - reading it is the test


REFUSALS = [
    ({"group": " "}, "group", "Enter name of your group"),
    ({"group": "x" * 201}, "group", "Name of your group must be 200 characters or fewer"),
    ({"summary": "one two three four five six"}, "summary", "Summary must be 5 words or fewer"),
    *(
        ({"email": address}, "email", "Enter an email address in the correct format, like name@example.com")
        for address in (
            *("nobody", "=?utf-8?q?a=0d=0ab?=@b.example", "a=?b@b.example", "a@b.example\r\nBcc: c@d.example"),
            *("a\u2028b@b.example", "a\u200db@b.example", "a b@b.example"),
        )
    ),
    ({"amount": "3043.695"}, "amount", "Use no more than 2 numbers after the point, like 3,043.69"),
    ({"amount": "99.99"}, "amount", "Amount asked for must be £100 or more"),
    ({"amount": "4,000.01"}, "amount", "Amount asked for must be £4,000 or less"),
    ({"helpers": "0"}, "helpers", "Helpers must be 1 or more"),
    ({"helpers": "2.5"}, "helpers", "Enter a whole number, like 5 or 1,200"),
    ({"opens_at": "1:30"}, "opens_at", "Say am or pm, like 1:30pm, or use the 24-hour clock, like 13:30"),
    ({"where": "elsewhere"}, "where", "Choose one of the answers listed"),
    ({"where": None}, "where", "Choose where"),
    ({"themes": ["x", "z"]}, "themes", "Choose one of the answers listed"),
    ({"agrees": None}, "agrees", "Agree to the rules to go on"),
    ({"starts_on-year": ""}, "starts_on-year", "The date must include a year"),
    ({"starts_on-day": "", "starts_on-month": ""}, "starts_on-day", "The date must include a day and month"),
    ({"starts_on-day": "31", "starts_on-month": "9"}, "starts_on-day", "The date must be a real date"),
    ({"starts_on-month": "13"}, "starts_on-month", "The month must be a number from 1 to 12"),
    ({"starts_on-year": "14"}, "starts_on-year", "The year must have 4 numbers, like 2027"),
    ({"starts_on-month": "7"}, "starts_on-day", "The date must be on or after 12 July 2014"),
    (
        {"starts_on-day": None, "starts_on-month": None, "starts_on-year": None},
        "starts_on-day",
        "Enter the day it starts",
    ),
    (
        {"costs-2-amount": "1,00"},
        "costs-2-amount",
        "Line 3: Use commas only between thousands, like 1,000 or 12,500.50",
    ),
    ({"costs-2-amount": ""}, "costs-2-amount", "Line 3: Enter the amount"),
]


@pytest.mark.parametrize(
    ("typed", "group"),
    [
        ("Sale\u2028Moor\r\nJuniors", "Sale Moor Juniors"),
        ("Sale\0 Moor", "Sale Moor"),
        ("\u202eSale\u202c \u200bMoor", "Sale Moor"),
        ("کرکٹ می\u200cخواہم \U0001f469\u200d\U0001f467", "کرکٹ می\u200cخواہم \U0001f469\u200d\U0001f467"),
        ("Llanfair" * 9, "Llanfair" * 9),
    ],
)
def test_one_line_of_text_is_one_line_of_what_can_be_seen(app: Flask, typed: str, group: str) -> None:
    form = sent(app, group=typed)
    assert form.errors == {}
    assert form.group.data == group


@pytest.mark.parametrize("typed", ["\u200b", "\u200c\u200d", "\u00a0\u2028", "\0"])
def test_what_nobody_sees_is_no_answer(app: Flask, typed: str) -> None:
    assert list(sent(app, group=typed).listed_errors()) == [("Enter name of your group", "group")]


def test_a_very_long_line_is_refused_and_given_back(app: Flask) -> None:
    form = sent(app, group="x" * 10_000, email="y" * 10_000, amount="9" * 10_000)
    assert [target for _, target in form.listed_errors()] == ["group", "email", "amount"]
    assert f'value="{"x" * 10_000}"' in page(form)


def test_several_lines_keep_their_ends_and_lose_what_nobody_sees(app: Flask) -> None:
    assert sent(app, summary="New\r\ngoals\u2028for\0 \u202egirls").summary.data == "New\ngoals\nfor girls"


def test_numbers_are_read_in_the_digits_of_every_script(app: Flask) -> None:
    days = {"starts_on-day": "٣", "starts_on-month": "۹", "starts_on-year": "２０１４"}
    form = sent(app, amount="٣٬٠٤٣٫٦٩", helpers="۱۲", opens_at="１３:３０", **days, **{"costs-0-amount": "۳۰۰۰"})
    assert form.errors == {}
    assert (form.amount.given, form.helpers.given, form.opens_at.given) == (304369, 12, dt.time(13, 30))
    assert form.starts_on.given == dt.date(2014, 9, 3)
    assert form.costs.filled()[0]["amount"] == 300000


def test_a_field_that_may_stay_blank_says_so_itself(app: Flask) -> None:
    html = page(sent(app))
    optional = re.findall(r">\s*([^<>]+?) \(optional\)\s*</(?:label|legend)>", html)
    assert optional == ["Password", "Helpers", "Doors open", "Ward", "Themes", "Bank statement"]
    asks = fields.Form.with_fields(
        why=fields.TextField("Why?", is_conditional=True), lines=fields.RowsField(CostLine, "Costs")
    )
    html = page(asks(formdata=None))
    assert "Why?" in html
    assert html.count("(optional)") == 1  # rows of which none is needed


@pytest.mark.parametrize(("changes", "target", "sentence"), REFUSALS)
def test_refuses_in_one_sentence_that_leads_to_the_box(
    app: Flask, changes: dict[str, Any], target: str, sentence: str
) -> None:
    form = sent(app, **changes)
    assert list(form.listed_errors()) == [(sentence, target)]
    html = page(form)
    assert "There is a problem" in html
    assert html.count(sentence.removeprefix("Line 3: ")) == 2  # in the summary, and beside the field


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("amount", "about 3,000 <or so>"),
        ("starts_on-month", "Julember"),
        ("costs-1-amount", "1,00"),
        ("summary", "one two\nthree four five six"),
        ("opens_at", "teatime"),
    ],
)
def test_nothing_typed_is_lost(app: Flask, name: str, typed: str) -> None:
    html = page(sent(app, **{name: typed}))
    assert typed.replace("<", "&lt;").replace(">", "&gt;") in html
    assert "Sale Moor Juniors" in html
    assert html.count("checked") == 4  # a place, two themes and the rules


def test_a_password_is_never_sent_back(app: Flask) -> None:
    form = sent(app, secret=" sesame ", group="")
    assert form.secret.data == " sesame "
    assert "sesame" not in page(form)


def test_rows_left_blank_are_no_error_but_all_of_them_are(app: Flask) -> None:
    blank = {name: None for name in GOOD if name.startswith("costs")}
    form = sent(app, **blank)
    assert list(form.listed_errors()) == [("Enter at least 1 line", "costs-0-what")]
    page(form)


@pytest.mark.usefixtures("app")
def test_shows_what_was_saved_before() -> None:
    saved = {
        "amount": 304300,
        "starts_on": dt.date(2014, 8, 1),
        "opens_at": dt.time(9, 5),
        "where": 7,
        "costs": [{"what": f"Thing {number}", "amount": 100} for number in range(5)],
    }
    html = page(BidForm(formdata=None, data=saved))
    for shown in ('value="3,043"', 'value="2014"', 'value="09:05"', 'value="7" checked', 'value="Thing 4"'):
        assert shown in html


def test_a_file_is_kept_or_refused_by_its_kind(app: Flask) -> None:
    assert sent(app, paper=(io.BytesIO(b"x"), "Statement.PDF")).paper.data is not None
    form = sent(app, paper=(io.BytesIO(b"x"), "statement.exe"))
    assert list(form.listed_errors()) == [("The file must be one of these kinds: .pdf", "paper")]
    assert 'enctype="multipart/form-data"' in page(form)


def test_the_service_can_refuse_beside_a_field_or_for_the_whole_form(app: Flask) -> None:
    form = sent(app)
    form.refuse("The group has already sent this bid", "group")
    form.refuse("Bids closed at noon")
    assert list(form.listed_errors()) == [("Bids closed at noon", ""), ("The group has already sent this bid", "group")]
    page(form)


def test_a_page_left_open_too_long_says_so_in_plain_words(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    form = sent(app)
    assert [sentence for sentence, _ in form.listed_errors()] == [
        "This page was open for too long. Check your answers and send them again."
    ]
    assert 'name="csrf_token"' in page(form)
