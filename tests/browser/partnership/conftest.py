"""The partnership whose spring it is: two of its groups are funded, and it has a chair, an editor and a member."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import expect

from pbvote.core.clock import uk_moment
from pbvote.localities.service import describe_locality
from tests.browser.conftest import OpenPage, served
from tests.browser.partnership.people import BEGINS
from tests.browser.year.conftest import PATIENCE_MS, USUAL_MS
from tests.browser.year.town import Town
from tests.conftest import AppMaker
from tests.factories import writing
from tests.grants.visiting import account, fund, stay_with_all
from tests.partnership.gathering import some_groups
from tests.partnership.keeping import EDITOR, MEMBER, a_member, sale


@pytest.fixture
def town(make_app: AppMaker, open_page: OpenPage) -> Iterator[Town]:
    """Sale on the first day of March, by the clocks of the winter."""
    with time_machine.travel(uk_moment(BEGINS, dt.time(10))) as clock, served(make_app) as (app, address):
        fund(app)
        stay_with_all(app)
        with writing(app):
            describe_locality(sale(), ["Priory"], ["A lively town centre"])
            for name, email in (("Marek Nowak", EDITOR), ("Nia Price", MEMBER)):
                account(email).name = name
                a_member(sale(), name, account(email), is_editor=email == EDITOR)
        some_groups(app)
        expect.set_options(timeout=PATIENCE_MS)
        yield Town(app, address, open_page, clock=clock, slug="")
        expect.set_options(timeout=USUAL_MS)
