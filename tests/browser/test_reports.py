"""A group reports from a phone: what is typed is saved, a photo goes along, and the desk thanks it."""

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import FilePayload, expect

from pbvote.call.bids.models import Bid
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of
from tests.browser.conftest import DESK, OpenPage, check_accessible, follow
from tests.browser.voter import sign_in
from tests.factories import writing
from tests.files.samples import photo_file
from tests.grants.accepting import accepted

GRACE, OLIVIA = "grace@group.example", "olivia@council.example"
FIGURES = {
    "People: what did the grant pay?": "3,000",
    "Things to buy or hire: what did the grant pay?": "200",
    "Room and insurance: what did the grant pay?": "100",
    "Is a receipt missing? Say why": "Our helpers gave us none.",
    "How much of the money is left?": "0",
}


def test_a_report_outlives_a_lost_signal_and_is_thanked(live: tuple[Flask, str], open_page: OpenPage) -> None:
    app, address = live
    with writing(app):
        award_id = db.session.scalars(
            sa.select(Award.id).join(Award.bid).where(Bid.title == "From seed to supper")
        ).one()
        award = award_of(award_id)
        assert award
        accepted(award)
    phone = open_page(f"{address}/sign-in", size={"width": 360, "height": 740})
    sign_in(live, phone, GRACE)
    phone.goto(f"{address}/my/awards/")
    follow(phone.get_by_role("button", name="Tell us how it went"))
    check_accessible(phone)
    phone.get_by_label("What happened?").fill("48 children grew beans and cooked them.")
    expect(phone.get_by_text("Saved.")).to_be_visible()
    phone.context.set_offline(True)
    phone.get_by_label("How many people took part?").fill("48")
    expect(phone.get_by_text("Not saved: no signal.")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Saved.", exact=True)).to_be_visible()
    phone.reload()
    expect(phone.get_by_label("How many people took part?")).to_have_value("48")
    # Ticked while the server did not answer, and the page was opened again: both are ticked still.
    phone.route("**/report/draft", lambda route: route.abort())
    promises = phone.get_by_role("group", name="Which of these have happened?").get_by_role("checkbox")
    expect(promises).to_have_count(2)
    for place in range(2):
        promises.nth(place).check()
    expect(phone.get_by_text("Not saved: no signal.")).to_be_visible()
    phone.reload()
    for place in range(2):
        expect(promises.nth(place)).to_be_checked()
    phone.unroute("**/report/draft")
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.get_by_text("Saved.", exact=True)).to_be_visible()
    promises.nth(1).uncheck()
    expect(phone.get_by_text("Saved.", exact=True)).to_be_hidden()
    expect(phone.get_by_text("Saved.", exact=True)).to_be_visible()
    for label, text in FIGURES.items():
        phone.get_by_label(label).fill(text)
    photo = FilePayload(name="us.jpg", mimeType="image/jpeg", buffer=photo_file())
    phone.get_by_label("A photo (optional)").set_input_files([photo])
    follow(phone.get_by_role("button", name="Send the report"))
    expect(phone.get_by_text("Thank you. We have your report")).to_be_visible()
    expect(phone.get_by_role("img", name="The photo of the report")).to_be_visible()
    expect(phone.get_by_text("Told in the report")).to_have_count(1)
    assert phone.evaluate("localStorage.length") == 0, "nothing stays on the phone"
    check_accessible(phone)

    desk = open_page(f"{address}/sign-in", size=DESK)
    sign_in(live, desk, OLIVIA)
    desk.goto(f"{address}/desk/reports/")
    check_accessible(desk)
    follow(desk.get_by_role("link", name="Gorse Hill Growers"))
    check_accessible(desk)
    follow(desk.get_by_role("button", name="Send the thank-you"))
    phone.reload()
    expect(
        phone.get_by_text("Thank you, Grace Odell, for telling us what became of “From seed to supper”.")
    ).to_be_visible()
