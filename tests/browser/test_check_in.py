"""A check-in in a car park: three taps on a 360 px phone, and a worry whose answer comes back."""

from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import DESK, OpenPage, check_accessible, follow
from tests.browser.voter import sign_in

MAREK, OLIVIA = "marek@partnership.example", "olivia@council.example"
GROUP = "Longford Park Runners"


def test_three_taps_log_a_check_in_and_a_worry_comes_back_answered(
    live: tuple[Flask, str], open_page: OpenPage
) -> None:
    _, address = live
    phone = open_page(f"{address}/sign-in", size={"width": 360, "height": 740})
    sign_in(live, phone, MAREK)
    phone.goto(f"{address}/my/groups/")
    check_accessible(phone)
    card = phone.get_by_role("listitem").filter(has=phone.get_by_role("heading", name=GROUP))
    follow(card.get_by_role("button", name="Log a check-in"))
    check_accessible(phone)
    phone.get_by_label("Going well", exact=True).check()
    follow(phone.get_by_role("button", name="Save the check-in"))
    expect(phone.get_by_text("Thank you. Your check-in is stored.")).to_be_visible()

    follow(card.get_by_role("button", name="Log a check-in"))
    phone.get_by_label("I’m worried", exact=True).check()
    phone.get_by_label("A few words").fill("The coach has left.")
    follow(phone.get_by_role("button", name="Save the check-in"))
    expect(phone.get_by_text("Thank you. Olivia Marsh answers you by")).to_be_visible()
    expect(card.get_by_text("A worry waits for an answer from Olivia Marsh")).to_be_visible()

    desk = open_page(f"{address}/sign-in", size=DESK)
    sign_in(live, desk, OLIVIA)
    desk.goto(f"{address}/desk/")
    follow(desk.get_by_role("link", name=f"Answer the worry about {GROUP}"))
    check_accessible(desk)
    desk.get_by_label("Your answer").fill("A second coach starts on Monday.")
    follow(desk.get_by_role("button", name="Send the answer to Marek Nowak"))
    expect(desk.get_by_text("Marek Nowak reads your answer")).to_be_visible()

    follow(card.get_by_role("button", name="Log a check-in"))
    expect(phone.get_by_text("A second coach starts on Monday.")).to_be_visible()
