"""The sheets of slips: each back behind its front, each envelope on sheets of its own, boxes that a pen can mark."""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from pbvote.db import db
from pbvote.tally import BallotKind, BallotRules
from pbvote.vote.events.day import DayPlan
from pbvote.vote.events.models import Slot
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import PrintedSlip, make_slips
from pbvote.vote.slips.sheets.grid import IN_LARGE_PRINT, ON_A_CARD, Sizes, grid_for
from pbvote.vote.slips.sheets.slips import slip_sheets
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
from tests.paper import Word, boxes_in, codes_on, rendered, side_of, text_of, words_on

CARD_WIDTH, CARD_HEIGHT = 105, 74.25
TO_TEN = BallotRules(BallotKind.SCORE, min_points=1, max_points=10, must_score_all=True)
ONE_COUNTS = "Mark here and hand it in, or vote on your phone. Only one will count."
REHEARSAL = "REHEARSAL: this slip never counts"


def printed(
    app: Flask, slips: int = 1, bids: int = 3, rules: BallotRules = SCORE, *, large: bool = False, is_test: bool = False
) -> tuple[list[PrintedSlip], bytes]:
    """Slips of a fresh event, and their sheets."""
    state = SlipState.TEST if is_test else SlipState.SPARE
    with writing(app):
        made = make_slips(an_event([100_00] * bids, rules), slips, None, state)
    with app.app_context():
        return made, slip_sheets(the_event(), made, large=large)


def serials_on(page: Sequence[Word]) -> dict[tuple[int, int], str]:
    """The serials of a sheet's cards by row and column. A label's range is none."""
    labels = {word.y for word in page if word.text == "to"}
    return {
        (int(word.y // CARD_HEIGHT), int(word.x // CARD_WIDTH)): word.text
        for word in page
        if re.fullmatch(r"S-\d+", word.text) and word.y not in labels
    }


def test_each_back_lies_behind_its_front(app: Flask, tmp_path: Path) -> None:
    slips, pdf = printed(app, 30)
    pages = words_on(pdf, tmp_path)
    fronts, backs = pages[::2], pages[1::2]
    assert len(fronts) == len(backs)
    for front, back in zip(fronts, backs, strict=True):
        mirrored = {(row, 1 - column): serial for (row, column), serial in serials_on(front).items()}
        assert serials_on(back) == mirrored
    assert sorted(serial for page in fronts for serial in serials_on(page).values()) == sorted(s.serial for s in slips)


def test_no_sheet_holds_slips_of_two_envelopes(app: Flask, tmp_path: Path) -> None:
    slips, pdf = printed(app, 30)
    envelopes = {slip.serial: slip.envelope for slip in slips}
    sheets = [{envelopes[serial] for serial in serials_on(page).values()} for page in words_on(pdf, tmp_path)[::2]]
    assert sheets == [{1}, {1}, {1}, {1}, {2}]


def test_a_label_comes_first_and_says_what_is_inside(app: Flask, tmp_path: Path) -> None:
    _, pdf = printed(app, 30)
    first = text_of(words_on(pdf, tmp_path)[0])
    assert "Large print" not in first
    for words in ("Envelope 1", "Sale decides", "S-0001 to S-0025", "25 slips", "Until then its slips do not work."):
        assert words in first
    assert "Envelope 2" in text_of(words_on(pdf, tmp_path)[8])
    [second] = [code for code in codes_on(rendered(pdf, tmp_path)[8]) if "/door/" in code.text]
    with app.app_context():
        assert second.text == f"http://127.0.0.1:5000/door/{the_event().slug}/envelopes/2"


def test_slips_that_work_at_once_have_nothing_to_scan(app: Flask, tmp_path: Path) -> None:
    with writing(app):
        slips = make_slips(an_event(), 1, None, SlipState.LIVE)
    with app.app_context():
        pdf = slip_sheets(the_event(), slips, is_sealed=False)
    assert "Its slips work at once." in text_of(words_on(pdf, tmp_path)[0])
    assert [code.text for code in codes_on(rendered(pdf, tmp_path)[0])] == [slips[0].address]


@pytest.mark.parametrize(
    ("rules", "bids", "boxes", "words"),
    [
        (SCORE, 11, 55, "Give all 11 groups a mark. 5 is best, 1 is lowest. Cross one box for each group."),
        (CHOOSE_THEN_SCORE, 3, 15, "Choose up to 2 groups. Give each of them a mark. 5 is best, 1 is lowest."),
        (APPROVAL, 11, 11, "Choose up to 2 groups. Put a cross in the box of each group that you choose."),
        (KNAPSACK, 22, 22, "Choose groups for £5,000 or less together. Put a cross in the box"),
        (RANKED, 11, 11, "Put up to 3 groups in order. 1 is your first choice. Write the numbers 1 to 3"),
        (CUMULATIVE, 11, 11, "You have 10 points to share out. Give more points to the groups that you like best."),
    ],
    ids=lambda value: value.kind.value if isinstance(value, BallotRules) else "",
)
def test_each_kind_of_ballot_has_its_boxes(
    app: Flask, tmp_path: Path, rules: BallotRules, bids: int, boxes: int, words: str
) -> None:
    _, pdf = printed(app, bids=bids, rules=rules)
    back = text_of(words_on(pdf, tmp_path)[1])
    assert words in back
    assert ONE_COUNTS in back
    assert len(boxes_in(pdf)) == boxes


@pytest.mark.parametrize(
    ("bids", "rules", "boxes"),
    [(3, SCORE, 15), (22, SCORE, 110), (40, SCORE, 40), (3, TO_TEN, 30), (11, TO_TEN, 110), (22, TO_TEN, 22)],
)
def test_many_bids_fit_on_a_card(app: Flask, tmp_path: Path, bids: int, rules: BallotRules, boxes: int) -> None:
    _, pdf = printed(app, bids=bids, rules=rules)
    found = boxes_in(pdf)
    assert len(found) == boxes, "where boxes for all points would be too small, one is written into"
    assert min(min(box) for box in found) >= 3.5
    numbers = [word for word in words_on(pdf, tmp_path)[1] if word.text.isdecimal() and word.size == 9]
    assert sorted(int(word.text) for word in numbers) == list(range(1, bids + 1))
    assert all(CARD_HEIGHT - 4 > word.y > 4 and word.x < CARD_WIDTH - 4 for word in numbers)


@given(
    st.integers(1, 60),
    st.sampled_from([(), tuple(range(1, 6)), tuple(range(1, 11))]),
    st.floats(60, 200),
    st.floats(30, 250),
    st.sampled_from([ON_A_CARD, IN_LARGE_PRINT]),
    st.booleans(),
)
def test_a_grid_stays_in_its_room_and_its_rows_apart(
    bids: int, points: tuple[int, ...], width: float, height: float, sizes: Sizes, has_titles: bool
) -> None:
    grid = grid_for(bids, points, width, height, sizes, least=sizes.least, has_titles=has_titles)
    if grid is None:
        return
    assert min(grid.box_width, grid.box_height) >= sizes.least - 0.05
    places = {grid.place_of(number, sizes.gutter) for number in range(1, bids + 1)}
    assert len(places) == bids
    boxes = max(len(points), 1) * (grid.box_width + sizes.gap) - sizes.gap
    row = grid.boxes_left(sizes) + boxes
    assert sizes.label + grid.title_width <= grid.boxes_left(sizes) + 0.01
    assert row <= grid.column_width + 0.01
    assert bool(grid.title_width) == has_titles
    assert all(x + row <= width + 0.01 and y + grid.box_height <= height + 0.01 for x, y in places)
    assert grid.box_height < grid.row_height


@pytest.mark.parametrize("rules", [SCORE, CHOOSE_THEN_SCORE, APPROVAL, KNAPSACK, RANKED, CUMULATIVE])
@pytest.mark.parametrize("large", [False, True])
def test_a_few_bids_are_named_and_asked_about_in_every_language(
    app: Flask, tmp_path: Path, rules: BallotRules, large: bool
) -> None:
    _, pdf = printed(app, bids=3, rules=rules, large=large)
    back = words_on(pdf, tmp_path)[-1]
    for number in (1, 2, 3):
        assert f"Project of Group {number}" + (", £100" if rules is KNAPSACK else "") in text_of(back)
    assert "on the poster" not in text_of(back)
    letters = {letter for word in back for letter in word.text}
    assert any("ARABIC" in unicodedata.name(letter) for letter in letters)
    assert any(word.text in {"Oceń", "Wybierz", "Ułóż", "Masz"} for word in back), "Polish"
    assert min(word.size for word in back) >= (15.9 if large else 6.1)


@pytest.mark.parametrize("large", [False, True])
def test_both_sides_speak_the_events_languages_and_no_other(app: Flask, tmp_path: Path, large: bool) -> None:
    with writing(app):
        an_event([100_00] * 3).day = DayPlan(languages=("en", "pl"))
    with writing(app):
        slips = make_slips(the_event(), 1, None)
    with app.app_context():
        *_, front, back = words_on(slip_sheets(the_event(), slips, large=large), tmp_path)
    for side, polish in ((front, "Zeskanuj"), (back, "Oceń")):
        assert polish in text_of(side)
        assert not any("ARABIC" in unicodedata.name(letter) for word in side for letter in word.text)


def test_a_title_is_never_cut_off(app: Flask, tmp_path: Path) -> None:
    longest = "An amount of words that fills the box for the name of a project to the very end."
    assert len(longest) == 80
    with writing(app):
        event = an_event([100_00] * 8)
        event.running_order[7].bid.title = longest
        slips = make_slips(event, 1, None)
    with app.app_context():
        back = text_of(words_on(slip_sheets(the_event(), slips), tmp_path)[-1])
    assert "Project of" not in back, "one that does not fit takes the others with it: none stands out"
    assert "An amount" not in back
    assert "The numbers are those on the poster." in back


def test_more_bids_than_fit_are_said_in_words(app: Flask, tmp_path: Path) -> None:
    _, pdf = printed(app, bids=150, rules=APPROVAL)
    assert "There are more bids than fit here." in text_of(words_on(pdf, tmp_path)[1])
    assert boxes_in(pdf) == []


def test_without_bids_there_are_fronts_alone(app: Flask, tmp_path: Path) -> None:
    with writing(app):
        slips = make_slips(an_event(), 9, None)
        db.session.query(Slot).delete()
    with app.app_context():
        for large, sheets in ((False, 2), (True, 10)):
            pages = words_on(slip_sheets(the_event(), slips, large=large), tmp_path)
            assert len(pages) == sheets
            assert not any("Mark" in text_of(page) for page in pages)


@pytest.mark.parametrize("large", [False, True])
def test_a_rehearsal_slip_says_so_on_both_sides(app: Flask, tmp_path: Path, large: bool) -> None:
    _, pdf = printed(app, large=large, is_test=True)
    pages = [text_of(page) for page in words_on(pdf, tmp_path)]
    label, front, back = pages[0], pages[-2], pages[-1]
    assert REHEARSAL in front
    assert REHEARSAL in back
    assert label.startswith("Rehearsal ")
    assert "T-0001" in label
    assert "These slips never count." in label
    assert not any("/door/" in code.text for code in codes_on(rendered(pdf, tmp_path)[0])), "there is nothing to open"
    assert len(boxes_in(pdf)) == 15 + 2, "each side has a frame"


def test_a_real_slip_speaks_of_no_rehearsal(app: Flask, tmp_path: Path) -> None:
    _, pdf = printed(app)
    assert "REHEARSAL" not in " ".join(text_of(page) for page in words_on(pdf, tmp_path))


def test_a_printer_is_asked_for_both_sides_and_the_true_size(app: Flask) -> None:
    _, pdf = printed(app)
    assert b"/Duplex /DuplexFlipLongEdge" in pdf
    assert b"/PrintScaling /None" in pdf


@pytest.mark.parametrize(
    ("bids", "rules", "boxes"),
    [(3, SCORE, 15), (11, TO_TEN, 110), (40, SCORE, 200), (40, RANKED, 40), (40, TO_TEN, 40)],
)
def test_large_print_is_large(app: Flask, tmp_path: Path, bids: int, rules: BallotRules, boxes: int) -> None:
    [slip], pdf = printed(app, bids=bids, rules=rules, large=True)
    _, _, front, back = words_on(pdf, tmp_path)
    assert min(word.size for word in front) >= 17.9
    assert text_of(words_on(pdf, tmp_path)[0]).startswith("Envelope 1 Large print ")
    assert slip.serial in text_of(front)
    assert slip.serial in text_of(back)
    assert min(word.size for word in back) >= 15.9
    found = boxes_in(pdf)
    assert len(found) == boxes
    assert min(min(box) for box in found) >= 10
    assert max(word.y for word in back if word.text == str(bids)) > 180, "the ballot fills the sheet"
    [code] = codes_on(rendered(pdf, tmp_path)[2])
    assert code.text == slip.address
    assert side_of(code) >= 60
