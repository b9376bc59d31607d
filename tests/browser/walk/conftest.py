"""The council in which the walk takes place."""

from collections.abc import Iterator

import pytest

from pbvote.access import Role
from pbvote.call.checking.checklist import USUAL_QUESTIONS, set_rules
from pbvote.localities.service import describe_locality
from pbvote.people.models import Account
from pbvote.people.service import add_account, grant_role
from tests.browser.conftest import OpenPage, served
from tests.browser.walk.people import Council
from tests.conftest import AppMaker
from tests.factories import a_locality, an_open_round, writing


@pytest.fixture
def council(make_app: AppMaker, open_page: OpenPage) -> Iterator[Council]:
    """Sale, whose round takes bids today, and three organisers."""
    with served(make_app) as (app, address):
        with writing(app):
            _, omar, _ = [_organiser(name) for name in ("Olivia Marsh", "Omar Khan", "Priya Shah")]
            describe_locality(a_locality(), ["Ashton upon Mersey", "Priory"], [])
            round_ = an_open_round(30_000_00)
            set_rules(round_.id, USUAL_QUESTIONS, omar.id, "0161 496 0123")
        yield Council(app, address, open_page)


def _organiser(name: str) -> Account:
    account = add_account(name, f"{name.partition(' ')[0].lower()}@council.example")
    account.is_demonstration = True  # no second step
    grant_role(account, Role.ORGANISER)
    return account
