"""The pages of a result in a real browser: by day and in a dim hall they are read with the same ease."""

from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, check_accessible
from tests.browser.voter import Live

RESULT = "/results/urmston-partington-2014"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PAGES = ("", "/other-rules", "/account", "/check-numbers", "/seal")

# How bright a colour is by WCAG, from 0 to 1: what stands behind the words, the words, and the bars of the charts.
BRIGHTNESS = """() => {
  const channel = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const of = (colour) => {
    const [red, green, blue] = colour.match(/[0-9.]+/g).slice(0, 3).map((part) => channel(part / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const style = (element) => getComputedStyle(element);
  const grounds = [document.body, document.documentElement].map((element) => style(element).backgroundColor);
  return {
    page: of(grounds.find((colour) => colour !== "rgba(0, 0, 0, 0)")),
    words: of(style(document.querySelector("h1")).color),
    bars: [...document.querySelectorAll(".chart__funded")].map((bar) => of(style(bar).fill)),
  };
}"""


def contrast(one: float, other: float) -> float:
    """How far two brightnesses are apart, by WCAG."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def unfold(page: Page) -> None:
    """Open all that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_result_is_read_in_the_dark(live: Live, open_page: OpenPage, language: str) -> None:
    _, address = live
    page = open_page(f"{address}/")
    for path in PAGES:
        page.goto(f"{address}{RESULT}{path}?lang={language}")
        unfold(page)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            check_accessible(page)
            seen = page.evaluate(BRIGHTNESS)
            assert (seen["page"] < 0.05) is (scheme == "dark"), f"{path}: as bright as by day"
            assert contrast(seen["page"], seen["words"]) >= 7, path
            assert all(contrast(seen["page"], bar) >= 3 for bar in seen["bars"]), path
            assert bool(seen["bars"]) is (path == ""), path
