"""A member's groups on a phone without a network: nothing that is written is lost, and everything is stored once."""

import pytest
from flask import Flask
from playwright.sync_api import Dialog, FilePayload, Page, Route, expect

from pbvote.people.links import link_address, make_link
from pbvote.people.models import LinkPurpose
from pbvote.people.service import account_with_email
from tests.browser.conftest import OpenPage, check_accessible, follow
from tests.browser.groups import WORDS, a_photo, card, form_of, is_kept, kept_on, open_form, photos_sent, save, stored
from tests.browser.voter import sign_in
from tests.factories import writing

MAREK, RUTH = "marek@partnership.example", "ruth@partnership.example"
SECRET = "The till was empty."
LIST = "/my/groups/"
Live = tuple[Flask, str]


@pytest.fixture
def phone(live: Live, open_page: OpenPage) -> Page:
    """Marek's phone, on his list of groups, which it keeps by now."""
    page = open_page(f"{live[1]}/sign-in")
    sign_in(live, page, MAREK)
    page.goto(f"{live[1]}{LIST}")
    is_kept(page, LIST, form_of(page))
    return page


def test_without_a_signal_a_check_in_with_photos_waits_and_is_sent_once(live: Live, phone: Page) -> None:
    app, address = live
    before = stored(app)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_text("No signal. This is the page as it was at")).to_be_visible()
    open_form(phone)
    phone.get_by_label("Going well", exact=True).check()
    phone.get_by_label("A few words").fill(WORDS)
    phone.get_by_label("Anything that the group should not see?").fill(SECRET)
    phone.get_by_text("Photos", exact=True).first.click()
    phone.locator("input[type=file]").set_input_files([a_photo("one.jpg"), a_photo("two.jpg")])
    expect(phone.get_by_text("Photo 2: two.jpg")).to_be_visible()
    # The tab is killed, and the words and the photos are there again.
    phone.wait_for_timeout(200)
    killed = phone.context.new_page()
    phone.close()
    killed.goto(f"{address}{LIST}")
    open_form(killed)
    expect(killed.get_by_text("We kept what you wrote.")).to_be_visible()
    expect(killed.get_by_label("A few words")).to_have_value(WORDS)
    expect(killed.get_by_text("You have 197 words remaining").first).to_be_visible()
    expect(killed.get_by_text("Photo 2: two.jpg")).to_be_visible()
    killed.get_by_role("button", name="Save the check-in").click()
    expect(killed.get_by_role("alert").get_by_text("Ask everybody in the photo first.")).to_be_visible()
    killed.get_by_label("Everybody in the photos agrees").check()
    killed.wait_for_timeout(1100)  # the button takes no second press within a second
    save(killed)
    expect(card(killed).get_by_text("Waiting to be sent")).to_be_visible()
    expect(card(killed).get_by_text("2 of 2 photos waiting")).to_be_visible()
    expect(killed.get_by_text("1 check-in is kept on this phone.")).to_be_visible()
    assert stored(app) == before
    other = killed.context.new_page()
    other.goto(f"{address}{LIST}")
    expect(card(other).get_by_text("Waiting to be sent")).to_be_visible()
    killed.context.set_offline(False)
    expect(card(killed).get_by_text("Waiting to be sent")).to_be_hidden(timeout=20_000)
    expect(card(killed).get_by_text("photos waiting")).to_be_hidden(timeout=20_000)
    assert stored(app) == [*before, (WORDS, SECRET)]
    with app.app_context():
        assert [(one.place, one.photo.width) for one in photos_sent()] == [(1, 1200), (2, 1200)]
    assert SECRET not in kept_on(killed)
    killed.goto(f"{address}{LIST}")
    is_kept(killed, LIST)
    assert SECRET not in kept_on(killed)
    scopes = killed.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.scope))")
    assert scopes == [f"{address}{LIST}"]
    killed.goto(f"{address}/v/sale-2014")
    assert killed.evaluate("navigator.serviceWorker.controller") is None


def test_a_lost_answer_a_double_tap_back_and_a_second_tab_store_it_once(live: Live, phone: Page) -> None:
    app, _ = live
    before = stored(app)
    second = phone.context.new_page()
    second.goto(phone.url)
    open_form(phone)
    phone.get_by_label("Going well", exact=True).check()
    phone.get_by_label("A few words").fill(WORDS)
    open_form(second)
    expect(second.get_by_label("A few words")).to_have_value(WORDS)

    def lose_the_answer(route: Route) -> None:
        assert route.fetch().status == 200
        route.abort("connectionreset")

    phone.context.route("**/outbox", lose_the_answer, times=1)
    with phone.expect_navigation():
        phone.get_by_role("button", name="Save the check-in").dblclick()
    expect(card(phone).get_by_text("Waiting to be sent")).to_be_hidden(timeout=20_000)
    expect(phone.get_by_text("Thank you. Your check-in is stored.")).to_be_visible()
    save(second)
    phone.go_back()
    if phone.get_by_label("Going well", exact=True).is_checked():
        save(phone)
    assert stored(app) == [*before, (WORDS, "")]


def test_a_gathering_without_a_signal_gives_its_photo_to_each_group_with_one_tap_more(live: Live, phone: Page) -> None:
    app, _ = live
    open_form(phone)
    phone.get_by_label("Going well", exact=True).check()
    phone.get_by_label("A few words").fill(WORDS)
    phone.get_by_text("Photos", exact=True).first.click()
    phone.locator("input[type=file]").set_input_files([a_photo("all.jpg", 400)])
    expect(phone.get_by_text("Photo 1: all.jpg")).to_be_visible()
    phone.get_by_label("Everybody in the photos agrees").check()
    phone.get_by_label("The other groups that I tick get the photos, too").check()
    phone.get_by_text("Another day, a call").click()
    others = phone.get_by_role("group", name="Were other groups of yours there?").get_by_role("checkbox")
    others.first.check()
    check_accessible(phone)
    phone.context.set_offline(True)
    save(phone)
    expect(card(phone).get_by_text("1 of 1 photos waiting")).to_be_visible()
    phone.context.set_offline(False)
    expect(card(phone).get_by_text("photos waiting")).to_be_hidden(timeout=20_000)
    with app.app_context():
        sent = photos_sent()
        assert len({one.check_in_id for one in sent}) == len(sent) == 2


def test_an_ended_session_and_somebody_else_on_that_phone_lose_and_send_nothing(live: Live, phone: Page) -> None:
    app, address = live
    before = stored(app)
    open_form(phone)
    phone.get_by_label("Going well", exact=True).check()
    phone.get_by_label("A few words").fill(WORDS)
    phone.context.set_offline(True)
    save(phone)
    expect(card(phone).get_by_text("Waiting to be sent")).to_be_visible()
    phone.context.clear_cookies()
    phone.context.set_offline(False)
    expect(card(phone).get_by_text("Sign in to send")).to_be_visible(timeout=20_000)
    assert stored(app) == before
    # Somebody else signs in on it, while this page is still open.
    second = phone.context.new_page()
    second.goto(f"{address}/sign-in")
    is_kept(second, LIST, so=False)
    sign_in(live, second, RUTH)
    second.goto(f"{address}{LIST}")
    expect(second.get_by_role("heading", name="My groups")).to_be_visible()
    expect(second.get_by_text("Sign in to send")).to_have_count(0)
    phone.bring_to_front()
    phone.evaluate("dispatchEvent(new Event('online'))")
    phone.wait_for_timeout(1000)
    expect(card(phone).get_by_text("Sign in to send")).to_be_visible()
    assert stored(app) == before
    second.get_by_role("button", name="Sign out").click()
    expect(second.get_by_role("link", name="Sign in")).to_be_visible()
    second.goto(f"{address}/sign-in")
    sign_in(live, second, MAREK)
    second.goto(f"{address}{LIST}")
    expect(second.get_by_text("Thank you. Your check-in is stored.")).to_be_visible(timeout=20_000)
    assert stored(app) == [*before, (WORDS, "")]


def test_a_refusal_keeps_the_text_and_a_bad_photo_holds_up_nothing(live: Live, phone: Page) -> None:
    app, _ = live
    before = stored(app)
    open_form(phone)
    phone.get_by_label("Going well", exact=True).check()
    phone.get_by_label("A few words").fill(WORDS)
    phone.get_by_text("Photos", exact=True).first.click()
    broken: FilePayload = {"name": "broken.heic", "mimeType": "image/heic", "buffer": b"no picture"}
    phone.locator("input[type=file]").set_input_files([broken, a_photo("one.jpg", 400)])
    expect(phone.get_by_text("Photo 2: one.jpg")).to_be_visible()
    phone.get_by_label("Everybody in the photos agrees").check()
    phone.get_by_text("Another day, a call").click()
    phone.get_by_label("Year", exact=True).first.fill("2001")
    phone.context.set_offline(True)
    save(phone)
    phone.context.set_offline(False)
    expect(card(phone).get_by_text("Not taken")).to_be_visible(timeout=20_000)
    expect(card(phone).get_by_text("The council decided on this award on")).to_be_visible()
    assert stored(app) == before
    follow(card(phone).get_by_role("link", name="Open it again"))
    expect(phone.get_by_label("A few words")).to_have_value(WORDS)
    expect(phone.get_by_role("alert").get_by_text("The council decided on")).to_be_visible()
    phone.get_by_label("Year", exact=True).first.fill(str(phone.evaluate("new Date().getFullYear()")))
    save(phone)
    expect(card(phone).get_by_text("Photo not taken")).to_be_visible(timeout=20_000)
    expect(card(phone).get_by_text("broken.heic: This file is not a photo.")).to_be_visible()
    check_accessible(phone)
    assert stored(app) == [*before, (WORDS, "")]
    with app.app_context():
        assert len(photos_sent()) == 1
    card(phone).get_by_role("button", name="Remove it from this phone").click()
    expect(card(phone).get_by_text("Photo not taken")).to_be_hidden()


def test_signing_out_and_forgetting_the_phone_say_what_is_not_sent_and_the_setting_switches_it_off(
    live: Live, phone: Page
) -> None:
    _, address = live
    open_form(phone)
    phone.get_by_label("Going well", exact=True).check()
    phone.context.set_offline(True)
    save(phone)
    phone.context.route("**/outbox", lambda route: route.abort())
    phone.context.set_offline(False)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    phone.on("dialog", stay)
    phone.goto(f"{address}/my/phones")
    phone.get_by_role("button", name="Sign out").click()
    phone.wait_for_timeout(500)
    assert asked == ["1 check-in is not sent yet. They stay on this phone until you sign in here again. Sign out?"]
    expect(phone.get_by_text("Your groups open on this phone without a signal.")).to_be_visible()
    phone.get_by_role("button", name="Do not keep my groups on this phone").click()
    expect(phone.get_by_role("button", name="Keep my groups on this phone")).to_be_visible()
    is_kept(phone, LIST, so=False)
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    phone.goto(f"{address}{LIST}")
    expect(card(phone).get_by_text("Waiting to be sent")).to_be_visible()
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    phone.goto(f"{address}/my/phones")
    follow(phone.get_by_role("button", name="Keep me signed in on this phone"))
    phone.remove_listener("dialog", stay)

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    phone.once("dialog", agree)
    follow(phone.get_by_role("button", name="Forget this phone"))
    assert asked[1:] == [
        "1 check-in is not sent yet. If you forget this phone now, you lose what you wrote. Forget it?"
    ]
    assert "going_well" not in kept_on(phone)


def test_from_the_mailed_link_to_saved_takes_four_taps(live: Live, open_page: OpenPage) -> None:
    app, address = live
    with writing(app):
        marek = account_with_email(MAREK)
        assert marek
        code = make_link(marek, LinkPurpose.SIGN_IN, leads_to=LIST)
        link = link_address(code)
    before = stored(app)
    taps: list[str] = []
    page = open_page(f"{address}/accessibility")
    page.context.expose_function("tapped", lambda name: taps.append(name))
    page.context.add_init_script(
        'addEventListener("click", (event) => event.isTrusted && tapped(event.target.tagName), true)'
    )
    page.goto(link)
    follow(page.get_by_role("button", name="Go on"))
    open_form(page)
    page.get_by_text("Going well", exact=True).click()
    page.get_by_label("A few words").fill(WORDS)
    save(page)
    # Go on, the group's card, going well, save. A label's click is heard again as its box's.
    assert [name for name in taps if name != "LABEL"] == ["BUTTON", "A", "INPUT", "BUTTON"]
    assert stored(app) == [*before, (WORDS, "")]


def test_a_phone_without_space_says_so_and_sends_all_the_same(live: Live, phone: Page) -> None:
    app, _ = live
    before = stored(app)
    full = "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }"
    phone.context.add_init_script(full)
    open_form(phone)
    phone.get_by_label("Going well", exact=True).check()
    phone.get_by_label("A few words").press_sequentially("Eleven")
    expect(phone.get_by_text("There is no space left on this phone")).to_be_visible()
    phone.get_by_label("A few words").fill(WORDS)
    save(phone)
    expect(phone.get_by_text("Your check-in is stored.")).to_be_visible()
    assert stored(app) == [*before, (WORDS, "")]
