"""A test client that looks at every page as an inspector would: HTML, labels, ids, headers."""

import re
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.queries import listening, told

XHTML = "{http://www.w3.org/1999/xhtml}"


def _named(names: str) -> frozenset[str]:
    return frozenset(names.split())


PHRASING_ONLY = _named(
    "abbr b bdi bdo button caption cite code dfn em h1 h2 h3 h4 h5 h6 i kbd label legend mark output p pre q s "
    "small span strong sub summary sup time var"
)
"""Elements that hold words and what stands among words, by the standard's content models; html5lib knows none."""
BLOCKS = _named(
    "address article aside blockquote dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr legend li main nav ol p pre section summary table ul"
)
MAY_HOLD_HEADINGS = frozenset({"legend", "summary"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CONTROLS = frozenset({"a", "button", "input", "select", "textarea", "label", "details"})
BOOLEAN = _named(
    "allowfullscreen async autofocus autoplay checked controls defer disabled hidden inert loop multiple muted "
    "novalidate open readonly required reversed selected"
)
UNLABELLED = frozenset({"hidden", "submit", "button", "image"})
PAGES_QUERIES, VOTERS_QUERIES = 12, 8
POLICY = re.compile(
    r"default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; "
    r"frame-ancestors 'none'; img-src 'self' data:; script-src 'self'; style-src 'self'( 'nonce-[\w-]{20,}')?"
)


class CheckedClient(FlaskClient):
    """Flask's client; `open` fails on any page that breaks the house's promises about pages."""

    statements: list[str]
    """What the page that was opened last sent to the database. A `listening` around the client hears none of it."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with listening() as statements:
            response = super().open(*args, **{**kwargs, "buffered": True})
        self.statements = statements
        check_queries(response, statements)
        check_headers(response)
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 308}:
            check_page(response.get_data(as_text=True))
        return response


def check_queries(response: TestResponse, statements: list[str]) -> None:
    """A page's few statements: a list reads what it shows in a fixed number of them, however many rows there are."""
    request = response.request
    if request.method != "GET" or response.history:  # a page that was led to has been asked for, and checked, by itself
        return
    budget = VOTERS_QUERIES if f"{request.path}/".startswith("/v/") else PAGES_QUERIES
    number = len(statements)
    assert number <= budget, f"{request.path} sent {number} statements, and {budget} are enough:\n{told(statements)}"


def check_headers(response: TestResponse) -> None:
    """The security headers of every answer."""
    headers = response.headers
    assert POLICY.fullmatch(headers["Content-Security-Policy"]), headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert "Cache-Control" in headers


def check_page(html: str) -> None:
    """Valid HTML5, one h1, a title, unique ids, a label for every field, no inline script or style attribute.

    An error summary leads to the fields in the order of the page.
    """
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    tree = parser.parse(html)
    assert not parser.errors, [f"line {line[0]}: {code} {data}" for line, code, data in parser.errors]
    assert len(tree.findall(f".//{XHTML}h1")) == 1, "a page has one h1"
    title = tree.find(f".//{XHTML}title")
    assert title is not None
    assert (title.text or "").strip(), "a page has a title"
    elements = list(tree.iter())
    ids = [element.get("id") for element in elements if element.get("id")]
    assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    _check_references(elements, set(ids))
    _check_labels(tree, elements)
    check_nesting(tree)
    _check_order_of_errors(elements)
    _check_charts(elements)
    for element in elements:
        assert "style" not in element.attrib, f"a style attribute on {element.tag}"
        assert not any(name.startswith("on") for name in element.attrib), f"an inline handler on {element.tag}"
        if element.tag == f"{XHTML}script":
            assert element.get("src"), "an inline script"
            assert not (element.text or "").strip(), "an inline script"


def check_nesting(element: Element, outside: tuple[str, ...] = ()) -> None:
    """Nothing stands where the standard's content models forbid it, and a yes-or-no attribute has no value."""
    tag = element.tag.removeprefix(XHTML)
    for parent in outside:
        allowed = tag in HEADINGS and parent in MAY_HOLD_HEADINGS
        assert allowed or not (parent in PHRASING_ONLY and tag in BLOCKS), f"{tag} inside {parent}"
        is_control = tag in CONTROLS and element.get("type") != "hidden"
        assert not (parent in {"a", "button"} and is_control), f"{tag} inside {parent}"
        assert not (parent == "form" == tag), "a form inside a form"
    for name in BOOLEAN.intersection(element.attrib):
        assert element.get(name) in {"", name}, f"{name}={element.get(name)} on {tag}"
    for child in element:
        if isinstance(child.tag, str):
            check_nesting(child, (*outside, tag))


def _check_order_of_errors(elements: list[Element]) -> None:
    """The lines of an error summary stand in the order of what they lead to."""
    places = {element.get("id"): place for place, element in enumerate(elements)}
    for summary in elements:
        if "govuk-error-summary" in (summary.get("class") or "").split():
            led_to = [places[link.get("href", "")[1:]] for link in summary.iter(f"{XHTML}a")]
            assert led_to == sorted(led_to), "errors in another order than their fields"


def _check_charts(elements: list[Element]) -> None:
    """A chart stands under a heading that leads to it; one that is a section begins with its own."""
    above, headings = "", {element.get("id"): element.tag.removeprefix(XHTML) for element in elements}
    for element in elements:
        tag = str(element.tag).removeprefix(XHTML)
        above = tag if tag in HEADINGS else above
        if "chart" in (element.get("class") or "").split():
            title = headings.get(element.get("aria-labelledby")) if tag == "section" else above
            assert title in {"h2", "h3", "h4"}, "a chart whose title is no heading"


def _check_references(elements: list[Element], ids: set[str | None]) -> None:
    """What points at an id of the page finds it."""
    for element in elements:
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for wanted in (element.get(name) or "").split():
                assert wanted in ids, f"{name}={wanted} points nowhere"
        target = element.get("href") or ""
        if element.tag == f"{XHTML}a" and target.startswith("#") and len(target) > 1:
            assert target[1:] in ids, f"href={target} points nowhere"


def _check_labels(tree: Element, elements: list[Element]) -> None:
    """Every field has words that name it."""
    labelled = {label.get("for") for label in tree.iter(f"{XHTML}label")}
    inside = {id(field) for label in tree.iter(f"{XHTML}label") for field in label.iter()}
    for field in elements:
        if field.tag not in {f"{XHTML}input", f"{XHTML}select", f"{XHTML}textarea"} or field.get("type") in UNLABELLED:
            continue
        has_name = field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in labelled
        assert has_name or id(field) in inside, f"no label for {field.get('name')}"
