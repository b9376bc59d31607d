"""The acknowledgement is drawn once and filled in for each voter: nobody ever reads what is another's."""

import re
from functools import partial
from itertools import product

import pytest
from flask import Flask
from markupsafe import escape

from pbvote.config import LANGUAGES
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.conftest import AppMaker
from tests.factories import the_event, writing
from tests.hall import open_poll_codes
from tests.pages import SCORES, client_of, open_paper
from tests.together import together


def answer(app: Flask, code: str, lang: str, mark: int, kiosk: str = "") -> str:
    """The page after a cast that gives the first bid this mark, without its nonce."""
    client = client_of(app)
    fields = open_paper(client, code, lang) | {"kiosk": kiosk, "seen": "0"}
    page = client.post("/v/cast", data={**fields, **SCORES, "bid-1": str(mark)})
    assert page.status_code == 200
    nonces = re.findall(r'nonce="([^"]+)"', page.get_data(as_text=True))
    assert len(nonces) == 1
    assert f"'nonce-{nonces[0]}'" in page.headers["Content-Security-Policy"]
    return page.get_data(as_text=True).replace(nonces[0], "")


def marks_of(page: str) -> list[str]:
    """The marks that the page says are stored."""
    return re.findall(r"</span>(\d)</strong>", page)


@pytest.fixture
def slug_and_codes(app: Flask) -> tuple[str, list[str]]:
    """An open poll: three codes of voters, and two of a rehearsal."""
    codes = open_poll_codes(app, 3)
    with writing(app):
        tests = make_slips(the_event(), 2, None, SlipState.TEST)
        slug = the_event().slug
    return slug, [*codes, *(slip.code for slip in tests)]


def test_what_is_remembered_of_the_page_is_the_same_as_drawn_anew(
    app: Flask, make_app: AppMaker, slug_and_codes: tuple[str, list[str]]
) -> None:
    slug, codes = slug_and_codes
    for name in ("Sale decides", "<script>alert(1)</script> %(sent)s {} \u202e"):
        with writing(app):
            the_event().name = name
        for lang, kiosk in product(LANGUAGES, ("", slug)):
            warm = [answer(app, code, lang, mark, kiosk) for mark, code in enumerate(codes, 1)]
            for mark, (page, code) in enumerate(zip(warm, codes, strict=True), 1):
                assert marks_of(page) == [str(mark), "3", "1"]
                assert not any(other in page for other in codes if other != code)
                assert f'<html lang="{lang}"' in page
                assert "<script>alert" not in page
                assert str(escape(name)) in page
                assert ("/kiosk" in page) is bool(kiosk)
            # The second voter was answered from memory, and so was the second at the rehearsal.
            for mark in (2, 5):
                assert warm[mark - 1] == answer(make_app(), codes[mark - 1], lang, mark, kiosk)


def test_voters_who_are_answered_at_once_each_read_their_own(app: Flask, slug_and_codes: tuple[str, list[str]]) -> None:
    _, codes = slug_and_codes
    pages: dict[tuple[int, str], str] = {}

    def vote(mark: int, lang: str) -> None:
        pages[mark, lang] = answer(app, codes[mark - 1], lang, mark)

    together(*(partial(vote, mark, lang) for mark, lang in product((1, 2, 3), LANGUAGES)))
    assert len(pages) == 3 * len(LANGUAGES)
    for (mark, lang), page in pages.items():
        assert marks_of(page) == [str(mark), "3", "1"]
        assert f'<html lang="{lang}"' in page
        assert page == answer(app, codes[mark - 1], lang, mark)
