"""The partnership's page draws who got how much of a share, and how far each grant has come."""

import re

import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardState
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.grants.listing import meet, report_of
from tests.grants.visiting import fund
from tests.pages import text_of

PAGE = "/localities/sale"


def progress(client: CheckedClient) -> str:
    """What the page says of the first group's grant."""
    page = client.get(PAGE).get_data(as_text=True)
    first = page.split('class="money__sum">')[1].split("</li>")[0]
    return " ".join(re.sub(r"<[^>]+>", "", first).split())


def test_a_share_is_drawn_as_its_groups_and_each_leads_to_its_page(app: Flask, client: CheckedClient) -> None:
    fund(app)
    page = client.get(PAGE).get_data(as_text=True)
    assert 'href="/groups/1"' in page
    assert page.count('class="money__piece"') == page.count('class="money__sum"') == 1
    assert "£4,000 for 1 group" in text_of(client.get(PAGE))


def test_a_grant_is_as_far_there_as_on_its_own_page(app: Flask, client: CheckedClient) -> None:
    fund(app)
    assert progress(client) == "£4,000 Offered"
    with writing(app):
        db.session.execute(sa.update(Award).where(Award.id == 1).values(paid_pence=100))
    assert progress(client) == "£4,000 Paid"
    meet(app, [])
    assert progress(client) == "£4,000 Under way"
    report_of(app)
    assert progress(client) == "£4,000 Reported"


def test_money_that_a_group_declined_is_drawn_no_longer(app: Flask, client: CheckedClient) -> None:
    fund(app)
    with writing(app):
        db.session.execute(sa.update(Award).where(Award.id == 1).values(state=AwardState.DECLINED))
    page = text_of(client.get(PAGE))
    assert "£0 for 0 groups" in page
    assert "No group gets money." in page
    assert "Chosen by residents" not in page
