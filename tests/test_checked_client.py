"""The inspector of pages sees what it is there to see."""

import pytest

from tests.checked_client import check_page

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
        "<p>x <span>y</span></p><details open><summary>x</summary><div>y</div></details>",
    ],
)
def test_what_is_sound_passes(html: str) -> None:
    check_page(PAGE.format(html))
