"""An offer is accepted at 360 px by two presses and a tick; the second person confirms from a letter’s link."""

from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, check_accessible, follow
from tests.browser.voter import sign_in
from tests.grants.accepting import SECOND, code_for_second

GRACE = "grace@group.example"


def test_two_presses_accept_and_a_second_person_confirms_from_the_letter(
    live: tuple[Flask, str], open_page: OpenPage
) -> None:
    app, address = live
    phone = open_page(f"{address}/sign-in")
    sign_in(live, phone, GRACE)
    phone.goto(f"{address}/my/awards/")
    follow(phone.get_by_role("button", name="Accept the offer"))
    check_accessible(phone)
    follow(phone.get_by_role("button", name="We accept"))
    expect(phone.get_by_role("link", name="Tick the box to accept")).to_be_visible()
    check_accessible(phone)
    phone.get_by_label("Their name").fill(SECOND["second_name"])
    phone.get_by_label("Their e-mail address").fill(SECOND["second_email"])
    phone.get_by_text("Add more promises").click()
    more = phone.get_by_role("group", name="Promise 3")
    more.get_by_label("What will have happened?").fill("Everybody has eaten at one table.")
    for part in ("Day", "Month", "Year"):
        box = phone.get_by_role("group", name="Promise 1").get_by_label(part)
        more.get_by_label(part).fill(box.input_value())
    phone.get_by_label("We accept the award").check()
    follow(phone.get_by_role("button", name="We accept"))
    expect(phone.get_by_text("Sue Second is still to confirm.")).to_be_visible()
    expect(phone.get_by_text("Everybody has eaten at one table.")).to_be_visible()
    check_accessible(phone)

    other = open_page(f"{address}/grant#{code_for_second(app)}")
    check_accessible(other)
    follow(other.get_by_role("button", name="Show what was accepted"))
    expect(other.get_by_text("Everybody has eaten at one table.")).to_be_visible()
    check_accessible(other)
    follow(other.get_by_role("button", name="I confirm that we accept"))
    expect(other.get_by_text("Your group has accepted its award.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Sue Second confirmed on")).to_be_visible()
    with phone.expect_download() as copy:
        phone.get_by_role("link", name="Download a copy (PDF)").click()
    assert copy.value.suggested_filename == "what-you-accepted.pdf"
    phone.goto(f"{address}/my/awards/")
    expect(phone.get_by_text("Accepted", exact=True)).to_be_visible()
