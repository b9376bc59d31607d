"""What the hall hears after the seal, bid by bid, and that nothing of it exists before."""

from typing import Any

from flask import Flask

from pbvote.vote.compere.saying import announced
from pbvote.vote.events.day import AnnouncementOrder, DayPlan
from pbvote.vote.passes.models import DeviceKind
from pbvote.vote.poll.states import PollState
from pbvote.vote.screen.announcing import Said, announcement_of
from pbvote.vote.screen.matter import letters_for
from pbvote.vote.stage.models import Scene
from pbvote.vote.stage.service import Press, reveal, show, stage_of
from tests.checked_client import CheckedClient
from tests.factories import count_closed, the_event, writing
from tests.hall import organiser_does, slug, vote
from tests.pages import text_of
from tests.passes import a_screen, device_count, let_in

MARKS = [(1, 5, 3), (1, 5, 3), (2, 4, 3), (1, 5, 4), (1, 5, 3)]
"""Bid 2 (£3,000) wins of £5,000, bid 3 (£2,000) takes the rest, bid 1 (£4,000) goes without."""


def said(app: Flask) -> list[tuple[int, Said, int]]:
    """The announcement: the number, what is said, the amount."""
    with app.app_context():
        announcement = announcement_of(the_event())
        assert announcement
        return [(one.entry.number, one.said, one.pence) for one in announcement.reveals]


def test_nothing_is_announced_before_the_seal(app: Flask) -> None:
    vote(app, MARKS)
    with app.app_context():
        assert announcement_of(the_event()) is None


def test_the_last_comes_first_unless_an_organiser_chose_otherwise(app: Flask) -> None:
    vote(app, MARKS)
    organiser_does(app, count_closed)
    top_down = [(2, Said.FUNDED, 3_000_00), (3, Said.FUNDED, 2_000_00), (1, Said.NOT_FUNDED, 0)]
    assert said(app) == top_down[::-1]
    for order, expected in (
        (AnnouncementOrder.TOP_DOWN, top_down),
        (AnnouncementOrder.AS_ON_THE_BALLOT, [top_down[2], top_down[0], top_down[1]]),
    ):
        with writing(app):
            the_event().day = DayPlan(announcement=order)
        assert said(app) == expected


def test_the_share_fills_where_each_bid_stands_in_the_count(app: Flask) -> None:
    vote(app, MARKS)
    organiser_does(app, count_closed)
    with app.app_context():
        announcement = announcement_of(the_event())
        assert announcement
        assert [one.before for one in announcement.reveals] == [5_000_00, 3_000_00, 0]
        assert (announcement.share_pence, announcement.spent_pence) == (5_000_00, 5_000_00)
        assert [one.total for one in announcement.reveals] == [6, 16, 24]
        assert [one.left for one in announcement.reveals] == [0, None, None]
        sentence = announced(announcement.reveals[0], announcement, "GBP")
        assert "is not funded this time. It asked for £4,000, and nothing was left" in sentence
        assert sentence.endswith("was left after bids with more points. It got 6 points.")
        assert "is funded. It gets £3,000. It got 24 points." in announced(announcement.reveals[2], announcement, "GBP")


def test_the_screen_says_whose_money_is_given_and_after_whom_what_was_left(app: Flask) -> None:
    vote(app, MARKS)
    organiser_does(app, count_closed)
    screen = a_screen(app)
    let_in(app, device_count(app))
    shown = text_of(screen.get(DeviceKind.SCREEN.home(slug(app))))
    assert "£0 announced so far of £5,000" in shown
    assert "Not funded this time asked for £4,000; nothing was left after bids with more points" in shown
    # The scenes around it speak to whoever does not read English too.
    for words in ("Zrób zdjęcie.", "Krótka przerwa.", "Dziękujemy za głosowanie.", "شكرًا لتصويتكم."):
        assert words in shown
    assert "Zobacz wynik" not in shown, "it is not public yet"


def test_what_is_left_is_after_bids_with_more_only_where_each_had_more_and_totals_are_shown(app: Flask) -> None:
    vote(app, MARKS[:4])
    organiser_does(app, count_closed)
    with app.app_context():
        announcement = announcement_of(the_event())
        assert announcement
        sentence = announced(announcement.reveals[0], announcement, "GBP")
        assert sentence.endswith("It asked for £4,000, and nothing was left after bids that came before it.")


def test_a_passed_over_bid_is_told_beside_a_smaller_one_that_fitted(app: Flask, client: CheckedClient) -> None:
    """Bid 2 takes £3,000 of £5,000, bid 1 asks for £4,000 and is passed over, bid 3 has fewer points and fits."""
    vote(app, [(2, 5, 1)] * 5)
    organiser_does(app, count_closed)
    with app.app_context():
        announcement = announcement_of(the_event())
        assert announcement
        by_number = {one.entry.number: one for one in announcement.reveals}
        sentence = "A bid with fewer points asked for less, and fitted."
        assert [by_number[number].smaller for number in (1, 2, 3)] == [sentence, "", ""]
        read_out = announced(by_number[1], announcement, "GBP")
        assert f"£2,000 was left after bids with more points. {sentence}" in read_out
    screen = a_screen(app)
    let_in(app, device_count(app))
    assert f"was left after bids with more points. {sentence}" in text_of(screen.get(DeviceKind.SCREEN.home(slug(app))))
    with writing(app):
        the_event().poll = PollState.PUBLISHED
    shown = text_of(client.get(f"/results/{slug(app)}"))
    assert f"£2,000 was left; £2,000 short. {sentence}" in shown
    # Under its name first, and once more step by step.
    assert shown.count(sentence) == 2
    assert "Not funded this time Project of Group 1 Group 1 It asked for £4,000 and only £2,000 was left" in shown
    assert "Projekt z mniejszą liczbą punktów prosił o mniej" in text_of(client.get(f"/results/{slug(app)}?lang=pl"))


def test_with_four_voters_no_total_is_announced(app: Flask) -> None:
    vote(app, MARKS[:4])
    organiser_does(app, count_closed)
    with app.app_context():
        announcement = announcement_of(the_event())
        assert announcement
        assert {one.total for one in announcement.reveals} == {None}


def test_bids_are_shown_one_press_at_a_time_then_all_and_it_can_begin_again(app: Flask) -> None:
    vote(app, MARKS)
    organiser_does(app, count_closed)
    with writing(app):
        event = the_event()

        def press() -> Press:
            return Press(stage_of(event).version, "Anna’s phone")

        show(event, press(), Scene.ANNOUNCEMENT)
        shown: list[Any] = []
        for number in (1, 2, 3, 4, 9, 0):
            reveal(event, press(), number)
            shown.append(stage_of(event).revealed)
        assert shown == [1, 2, 3, 4, 4, 0]


def test_letters_grow_with_the_hall() -> None:
    assert [letters_for(metres) for metres in (5, 12, 16, 20, 60)] == [3.0, 4.0, 5.35, 6.7, 8.0]
