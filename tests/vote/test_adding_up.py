"""Do the slips add up? The picture of a code account, its sentence, and the question that is asked where they don't."""

import re
from collections import Counter

import pytest
from flask import Flask

from pbvote.vote.count.account import stated_account
from pbvote.vote.count.code_account import CodeAccount, MismatchReason
from pbvote.vote.count.dots import COLUMNS, MOST_MARKS, PITCH, DotLook, Dots
from pbvote.vote.count.picture import AddingUp
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.paper_entry.clashes import decide_clash
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import Decision, SpoiltReason
from tests.factories import account_for_slips, cast, count_with_witness, the_event, writing
from tests.hall import organiser_does
from tests.hall import slug as slug_of
from tests.pages import browser, text_of
from tests.papers import ALL_FIVE, FIRST, MIXED, SECOND, a_hall, key_and_confirm, person

QUESTION = "Why do the slips not add up?"


def an_account(
    live: int, voted: int, left_over: int | None, door_count: int | None, on_paper: int = 0, replaced: int = 0
) -> CodeAccount:
    """An account with these numbers, and nothing odd besides."""
    return CodeAccount(
        printed=live,
        live=live,
        void=0,
        spare=0,
        test=0,
        replaced=replaced,
        voted=voted,
        on_paper=on_paper,
        spoilt=0,
        decided_for_paper=0,
        decided_for_phone=0,
        left_out=0,
        unaccounted=0,
        help_given={},
        left_over=left_over,
        door_count=door_count,
        reason="",
        note="",
    )


@pytest.mark.parametrize(
    ("account", "slips", "voters"),
    [
        (
            an_account(25, 10, 12, 13, on_paper=2),
            {DotLook.PHONE: 8, DotLook.PAPER: 2, DotLook.UNUSED: 3, DotLook.LEFT_OVER: 12},
            {DotLook.CAME: 13},
        ),
        (an_account(25, 10, None, None), {DotLook.PHONE: 10, DotLook.UNCOUNTED: 15}, {}),
        (an_account(10, 6, 4, 5), {DotLook.PHONE: 6, DotLook.LEFT_OVER: 4}, {DotLook.CAME: 5, DotLook.ODD: 1}),
        (an_account(10, 6, 4, 8), {DotLook.PHONE: 6, DotLook.LEFT_OVER: 4}, {DotLook.CAME: 6, DotLook.ODD: 2}),
        (
            an_account(10, 6, 5, 5, on_paper=1),
            {DotLook.PHONE: 5, DotLook.LEFT_OVER: 5, DotLook.ODD: 1},
            {DotLook.CAME: 5},
        ),
        (
            an_account(10, 6, 3, 6, replaced=1),
            {DotLook.PHONE: 6, DotLook.UNUSED: 1, DotLook.LEFT_OVER: 3},
            {DotLook.CAME: 6, DotLook.REPLACED: 1},
        ),
        (an_account(10, 0, 11, 0), {DotLook.LEFT_OVER: 10, DotLook.ODD: 1}, {}),
    ],
    ids=["fits", "not counted", "fewer came", "more came", "more voted", "one replaced", "too many left"],
)
def test_each_slip_and_each_voter_has_a_mark_and_what_does_not_fit_is_a_cross(
    account: CodeAccount, slips: dict[DotLook, int], voters: dict[DotLook, int]
) -> None:
    dots = Dots.of(account)
    assert (dict(dots.slips), dict(dots.voters)) == (slips, voters)
    placed = list(dots.placed())
    assert Counter(look for look, _, _ in placed) == Counter(slips) + Counter(voters)
    assert len({(x, y) for _, x, y in placed}) == len(placed)
    assert all(0 < x < COLUMNS * PITCH and 0 < y < dots.rows * PITCH for _, x, y in placed)
    assert (DotLook.ODD in dots.looks) == bool(account.mismatches)


def test_a_city_has_one_mark_for_many_and_says_so_and_hides_no_single_paper() -> None:
    account = an_account(12_000, 9_001, 2_000, 10_000, on_paper=1)
    dots, picture = Dots.of(account), AddingUp.of(account)
    assert sum(number for _, number in dots.slips) <= MOST_MARKS + len(dots.slips)
    assert dict(dots.slips)[DotLook.PAPER] == 1
    assert picture.scale == "One mark stands for 100."
    assert "12,000 opened − 2,000 left over = 10,000 handed out" in picture.sentence


def test_the_sentence_says_it_in_one_breath() -> None:
    assert AddingUp.of(an_account(25, 10, 12, 13, on_paper=2)).sentence == (
        "25 opened − 12 left over = 13 handed out; 10 voted, 2 of them on paper; 13 voters came through the door."
    )
    assert AddingUp.of(an_account(2, 1, 1, 1)).sentence.endswith("1 voter came through the door.")
    assert AddingUp.of(an_account(9, 1, 1, 7, replaced=1)).sentence.endswith("door. In place of lost slips: 1.")
    assert AddingUp.of(an_account(25, 10, None, None)).sentence == "25 opened; 10 voted, 0 of them on paper."


@pytest.fixture
def closed(app: Flask) -> str:
    """The address of the account of a closed poll: six slips, of which two voted."""
    slips = a_hall(app, 6)
    with writing(app):
        for slip in slips[:2]:
            cast(slip.code, ALL_FIVE)
        slug = the_event().slug
    organiser_does(app, close_poll)
    return f"/desk/events/{slug}/account"


def test_the_picture_is_named_by_the_sentence(app: Flask, closed: str) -> None:
    desk = browser(app, FIRST)
    desk.post(closed, data={"left_over": "3", "door_count": "3"})
    page = desk.get(closed).get_data(as_text=True)
    [named_by] = re.findall(r'<svg class="dots"[^>]*role="img"[^>]*aria-labelledby="([\w-]+)"', page)
    [sentence] = re.findall(rf'id="{named_by}">([^<]+)<', page)
    assert sentence.startswith("6 opened − 3 left over = 3 handed out; 2 voted, 0 of them on paper; 3 voters")

    assert re.search(r'class="dots__unused" d="M[^M"]+"', page)


def test_nobody_is_asked_why_while_the_slips_add_up(app: Flask, closed: str) -> None:
    desk = browser(app, FIRST)
    assert QUESTION not in text_of(desk.get(closed))
    assert desk.post(closed, data={"left_over": "4", "door_count": "2"}).status_code == 302
    page = text_of(desk.get(closed))
    assert "The slips add up." in page
    assert QUESTION not in page


def test_the_question_comes_with_what_does_not_fit_and_goes_with_it(app: Flask, closed: str) -> None:
    desk = browser(app, FIRST)
    asked = desk.post(closed, data={"left_over": "4", "door_count": "3"})
    assert asked.status_code == 422
    assert QUESTION in text_of(asked)
    assert "2 slips were handed out, and the door counted 3 people." in text_of(asked)
    why = {"reason": MismatchReason.DOOR_MISCOUNTED.value, "note": "Twins."}
    # A slip of the pen meanwhile takes nothing away that was answered.
    assert "Twins." in text_of(desk.post(closed, data={"left_over": "", "door_count": "3"} | why))
    assert desk.post(closed, data={"left_over": "4", "door_count": "3"} | why).status_code == 302
    assert stated(app) == (MismatchReason.DOOR_MISCOUNTED, "Twins.")
    assert QUESTION in text_of(desk.get(closed))
    # Counted again, it fits: the reason that was sent along is not kept, and no longer asked for.
    assert desk.post(closed, data={"left_over": "3", "door_count": "3"} | why).status_code == 302
    assert stated(app) == (None, "")
    assert QUESTION not in text_of(desk.get(closed))


def stated(app: Flask) -> tuple[MismatchReason | None, str]:
    """Why the numbers do not fit, as it is stored."""
    with app.app_context():
        account = stated_account(the_event())
        assert account
        return account.reason, account.note


def test_the_number_left_over_stays_blank_until_somebody_has_counted(app: Flask, closed: str) -> None:
    page = browser(app, FIRST).get(closed).get_data(as_text=True)
    [box] = re.findall(r'<input[^>]*name="left_over"[^>]*>', page)
    assert 'value=""' in box
    assert "Print these numbers to sign" not in page


def test_the_ledger_has_one_line_for_the_papers_and_one_for_each_decision(app: Flask) -> None:
    paper, spoilt, first, second, _ = a_hall(app, 5)
    with writing(app):
        for slip in (first, second):
            cast(slip.code, ALL_FIVE)
    for slip in (paper, first, second):
        key_and_confirm(app, slip, MIXED)
    key_and_confirm(app, spoilt, SpoiltReason.BLANK)
    organiser_does(app, close_poll)
    for slip, decision in ((first, Decision.PAPER), (second, Decision.PHONE)):
        with writing(app):
            decide_clash(the_event(), slip.serial, decision, person(SECOND))
    organiser_does(app, account_for_slips)
    said = "1 paper is spoilt and does not count. If the slip of a spoilt paper voted on a phone, that vote counts."
    desk, event = browser(app, FIRST), f"/desk/events/{slug_of(app)}"
    for page in ("papers", "account", "count"):
        assert said in text_of(desk.get(f"{event}/{page}")), page
    organiser_does(app, count_with_witness)
    with app.app_context():
        told = [(entry.type, entry.body) for entry in entries_of(the_event())]
        hands = {"keyed": [f"account {person(FIRST).id}: 4"], "read_back": [f"account {person(SECOND).id}: 4"]}
    assert [body for kind, body in told if kind == "decide"] == [{"decision": "paper"}, {"decision": "phone"}]
    # The spoilt paper is no ballot; of the two slips that voted twice, one paper counts.
    assert [body for kind, body in told if kind == "papers"] == [{"on_paper": 2, "spoilt": 1}]
    # Who had them in their hands, as numbers; and what was counted by hand, once.
    assert [body for kind, body in told if kind == "hands"] == [hands]
    assert [kind for kind, _ in told if kind in ("papers", "hands", "count", "account")] == [
        "account",
        "papers",
        "hands",
        "count",
    ]


def test_without_papers_the_ledger_has_no_line_for_them(app: Flask, closed: str) -> None:
    organiser_does(app, account_for_slips)
    organiser_does(app, count_with_witness)
    with app.app_context():
        assert "papers" not in [entry.type for entry in entries_of(the_event())]
    assert text_of(browser(app, FIRST).get(closed)).count("2 voted, 0 of them on paper") == 1


def test_in_the_demonstration_the_door_is_what_the_phones_counted_and_no_more(app: Flask) -> None:
    slips = a_hall(app)
    with writing(app):
        event = the_event()
        event.share.round.is_demonstration = True
        slug = event.slug
    desk = browser(app, FIRST)
    tap = {"id": f"{1:032x}", "kind": "voter", "step": "1"}
    assert desk.post(f"/door/{slug}/count", data=tap).status_code == 302
    for slip in slips[:2]:
        with writing(app):
            cast(slip.code, ALL_FIVE)
    organiser_does(app, close_poll)
    page = desk.get(f"/desk/events/{slug}/account")
    fields = dict(re.findall(r'name="(left_over|door_count)"[^>]*value="(\d+)"', page.get_data(as_text=True)))
    assert fields["door_count"] == "1", "two have voted, and one was counted"
    assert "2 slips were handed out, and the door counted 1 people." in text_of(page)
    assert QUESTION in text_of(page)
    assert "They fit" not in text_of(page)
