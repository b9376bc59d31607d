"""How the public pages are worded: short sentences, and numbers that agree with their nouns."""

import re

import html5lib
import pytest

from tests.checked_client import XHTML, CheckedClient

MOST_WORDS = 20
BLOCKS = {f"{XHTML}{name}" for name in ("p", "li", "dl", "h2", "h3")}
OLD_TRAFFORD = "old-trafford-stretford-2014"
PAGES = (
    "/",
    "/accessibility",
    "/privacy",
    "/demonstration",
    f"/results/{OLD_TRAFFORD}",
    f"/results/{OLD_TRAFFORD}/other-rules",
    f"/results/{OLD_TRAFFORD}/check-numbers",
    f"/results/{OLD_TRAFFORD}/seal",
    "/events/sale-2014",
    f"/events/{OLD_TRAFFORD}",
    "/events/sale-2014/bids/B-08",
    *(f"/events/sale-2014/{page}" for page in ("remind", "remind/link", "lend-a-hand", "done/sent", "done/hand")),
    "/localities/sale",
    "/rounds/voluntary-sector-grants-2014",
    "/rounds/voluntary-sector-grants-2014/bid",
)
NAMES_OF_LAWS = ("Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018",)


def sentences(html: str) -> list[str]:
    """The sentences of a page's paragraphs, list items and hints."""
    tree = html5lib.parse(html)
    found = []
    for name in ("p", "li", "dd"):
        for element in tree.iter(f"{XHTML}{name}"):
            if any(inner.tag in BLOCKS for inner in element.iter() if inner is not element):
                continue
            text = " ".join("".join(element.itertext()).split())
            for law in NAMES_OF_LAWS:
                text = text.replace(law, "Regulations")
            found += re.split(r"(?<=[.!?:;]) ", text)
    return found


@pytest.mark.parametrize("address", PAGES)
def test_no_sentence_of_a_public_page_is_long(demonstration: None, client: CheckedClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    long = [said for said in sentences(answer.get_data(as_text=True)) if len(said.split()) > MOST_WORDS]
    assert not long
