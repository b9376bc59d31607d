"""How pages are worded: short sentences, numbers that agree with their nouns, one kind of apostrophe."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest

import pbvote
from tests.checked_client import XHTML, CheckedClient

MOST_WORDS = 20
BLOCKS = {f"{XHTML}{name}" for name in ("p", "li", "dl", "h2", "h3")}
OLD_TRAFFORD = "old-trafford-stretford-2014"
CONSULTED = (("old-trafford-stretford", 1), ("sale", 2), ("urmston-partington", 3))
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
    *("/gatherings/1", "/gatherings/2", "/opportunities"),
    *("/localities/old-trafford-stretford/wall", "/wall/answer", "/wall/card", "/wall/done/sent"),
    *(f"/localities/old-trafford-stretford/meetings{more}" for more in ("", "/1")),
    *("/localities/old-trafford-stretford/plan", "/localities/old-trafford-stretford/actions?state=done"),
    *("/localities/sale/updates", "/localities/sale/tell-me", "/tell-me/stop/x"),
    *("/localities/sale/sub-groups", "/localities/old-trafford-stretford/sub-groups/1", "/sub-groups/leave/x"),
    *(f"/sub-groups/{page}" for page in ("confirm", "done/sent", "done/in")),
    *(f"/tell-me/{page}" for page in ("confirm", "change", "done/sent", "done/on")),
    "/localities/old-trafford-stretford/engagement",
    *("/register", "/open", "/open/360giving", f"/results/{OLD_TRAFFORD}/data"),
    *(f"/localities/{place}/consultations/{number}" for place, number in CONSULTED),
    *("/figures", "/money", "/localities/sale/numbers", "/board-reports", "/board-reports/1", "/money/years/2013"),
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


PACKAGE = Path(pbvote.__file__).parent
IN_A_TERMINAL = ("cli/", "doctor/", "tally/", "vote/audit/bundle_files/", "__main__.py", "db.py", "fields/base.py")
"""What speaks to whoever runs a command, or to a programmer: a terminal may know no other apostrophe."""
STRAIGHT = re.compile(r"(?<=[A-Za-z])'(?=[A-Za-z])")
STRINGS_OF_SCRIPTS = re.compile(r'"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`')


def texts_of(path: Path) -> Iterator[str]:
    """The texts that a file may show: its strings, or a template without its comments."""
    source = path.read_text()
    if path.suffix == ".html":
        yield from re.split(r"\{#.*?#\}", source, flags=re.DOTALL)
    elif path.suffix == ".js":
        without_comments = re.sub(r"(^|\s)//.*", "", source)
        yield from STRINGS_OF_SCRIPTS.findall(without_comments)
    else:
        nodes = list(ast.walk(ast.parse(source)))
        explained = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
                yield node.value


def test_pages_and_letters_have_one_kind_of_apostrophe() -> None:
    files = [path for suffix in ("py", "html", "js") for path in PACKAGE.rglob(f"*.{suffix}")]
    shown = [path for path in files if not path.relative_to(PACKAGE).as_posix().startswith(("static/", *IN_A_TERMINAL))]
    assert len(shown) > 1_000
    straight = [(path.name, text) for path in shown for text in texts_of(path) if STRAIGHT.search(text)]
    assert straight == []
