"""A ballot paper on which nothing is marked is drawn once for each language; one with marks is its voter’s own."""

import re
from itertools import product

import pytest
from flask import Flask

from pbvote.config import LANGUAGES
from pbvote.tally import BallotRules
from pbvote.vote.casting import drawn_bids
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.conftest import AppMaker
from tests.factories import (
    APPROVAL,
    CHOOSE_THEN_SCORE,
    CUMULATIVE,
    KNAPSACK,
    RANKED,
    SCORE,
    an_event,
    the_event,
    writing,
)
from tests.hall import open_poll_codes
from tests.pages import SCORES, client_of, open_paper


def bids_of(app: Flask, code: str, lang: str, **typed: str) -> str:
    """The list of bids on the paper that this slip opens."""
    answer = client_of(app).post("/v/paper", data={"code": code, "lang": lang, **typed})
    assert answer.status_code == 200
    found = re.search(r'<ol class="bids".*?</ol>', answer.get_data(as_text=True), re.DOTALL)
    assert found
    return found[0]


def refuse_to_draw(*_: object) -> None:
    """Stands for the template once it must not be needed any more."""
    raise AssertionError("drawn again")


@pytest.mark.parametrize(
    "rules", [SCORE, APPROVAL, RANKED, KNAPSACK, CUMULATIVE, CHOOSE_THEN_SCORE], ids=lambda rules: rules.kind.value
)
def test_a_paper_from_memory_is_the_same_as_one_drawn_anew(
    app: Flask, make_app: AppMaker, monkeypatch: pytest.MonkeyPatch, rules: BallotRules
) -> None:
    codes = open_poll_codes(app, 2, rules=rules)
    anew = {(code, lang): bids_of(make_app(), code, lang) for code, lang in product(codes, LANGUAGES)}
    first = {lang: bids_of(app, codes[0], lang) for lang in LANGUAGES}
    monkeypatch.setattr(drawn_bids, "get_template_attribute", refuse_to_draw)
    for lang in LANGUAGES:
        assert first[lang] == bids_of(app, codes[1], lang) == anew[codes[1], lang]


def test_what_somebody_has_marked_is_on_their_own_paper_alone(app: Flask) -> None:
    first, second = open_poll_codes(app, 2)
    empty = bids_of(app, first, "en")
    marked = {**open_paper(client_of(app), first), **SCORES}
    there = bids_of(app, first, "pl", **{name: marked[name] for name in ("definition", *SCORES)})
    assert len(re.findall(r" checked\b", there)) == len(SCORES)
    assert "checked" not in bids_of(app, second, "pl")
    wrong = client_of(app).post("/v/cast", data={**marked, "bid-1": ""})
    assert wrong.status_code == 422
    assert 'class="bid wrong"' in wrong.get_data(as_text=True)
    assert bids_of(app, second, "en") == empty


def test_before_the_opening_a_changed_title_is_on_the_next_paper(app: Flask) -> None:
    with writing(app):
        event = an_event()
        [slip] = make_slips(event, 1, None, SlipState.TEST)
    before = bids_of(app, slip.code, "en")
    with writing(app):
        the_event().running_order[0].bid.title = "A garden for everybody"
    assert "A garden for everybody" not in before
    assert "A garden for everybody" in bids_of(app, slip.code, "en")
