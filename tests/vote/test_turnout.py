"""How many came and voted, after the seal: numbers by locality and by age band, and none that points at anybody."""

import re
from collections import Counter

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.vote.door.ages import Ages, ages_at
from pbvote.vote.door.models import AgeBand, DoorName
from pbvote.vote.door.names import take_off
from pbvote.vote.events.day import DayPlan, DoorList
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.results.turnout import age_rows
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import cast, count_closed, the_event, writing
from tests.hall import ORGANISER, open_poll_codes, organiser_does
from tests.pages import browser, text_of
from tests.passes import a_phone
from tests.vote.lots import hand_over, key, person

CAME = {"under_18": 2, "from_25": 5, "from_45": 4, None: 3}


def comes(app: Flask, ages: dict[str | None, int], door_list: DoorList = DoorList.AGES) -> str:
    """An open poll whose door notes people of these ages, and eight who vote; the address of the round's turnout."""
    codes = open_poll_codes(app, 20)
    with writing(app):
        the_event().day = DayPlan(door_list=door_list)
        slug = the_event().share.round.slug
    bands = [band for band, number in ages.items() for _ in range(number)]
    names = [person(number, f"Ada {number}") | ({"age": band} if band else {}) for number, band in enumerate(bands)]
    assert hand_over(app, a_phone(app), names=names) == 200
    for code in codes[:8]:
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 4, "B-03": 1})
    organiser_does(app, close_poll)
    return f"/desk/rounds/{slug}/turnout"


def row_of(page: str, locality: str) -> list[str]:
    """What the table by age says of a locality."""
    table = page.partition("Who came, by age")[2].partition("</table>")[0]
    [row] = [row for row in table.split("<tr")[2:] if locality in row]
    cells = re.findall(r'stacked__value">\s*([^<]*?)\s*</div>', row)
    return [" ".join(cell.split()) for cell in cells]


def test_after_the_seal_ages_are_counted_and_small_numbers_hidden(app: Flask) -> None:
    address = comes(app, CAME)
    desk = browser(app, ORGANISER)
    before = text_of(desk.get(address))
    assert "No count of this round is sealed yet." in before
    assert "By age" not in before
    organiser_does(app, count_closed)
    page = desk.get(address).get_data(as_text=True)
    # Two are under 18, which 14 − 12 would say: the next smallest, those who did not say, are hidden too.
    assert row_of(page, "Sale") == ["Sale", "fewer than 3", "0", "5", "4", "0", "not shown", "14"]
    assert "Ada" not in page
    assert "points" not in page


def test_where_too_few_came_no_number_is_shown_by_age(app: Flask) -> None:
    address = comes(app, {"under_18": 1, "from_65": 1})
    organiser_does(app, count_closed)
    page = text_of(browser(app, ORGANISER).get(address))
    assert "Too few came to show any number by age." in page
    assert "fewer than 3" not in page


def test_what_a_locality_shows_is_the_same_whatever_stands_beside_it() -> None:
    sale: Ages = Counter({AgeBand.FROM_18: 20, AgeBand.FROM_25: 20, AgeBand.FROM_45: 20})
    urmston: Ages = Counter({AgeBand.FROM_18: 1, AgeBand.FROM_25: 4, AgeBand.FROM_45: 9})
    # Sale was sealed first, and its page kept: a sum over both, less the 20 of Sale, would tell the one of Urmston.
    assert age_rows({"Sale": sale, "Urmston": urmston}) == age_rows({"Sale": sale}) + age_rows({"Urmston": urmston})


@pytest.mark.parametrize("door_list", [DoorList.COUNTER, DoorList.NAMES])
def test_a_door_that_keeps_no_ages_keeps_none(app: Flask, door_list: DoorList) -> None:
    address = comes(app, CAME, door_list)
    organiser_does(app, count_closed)
    page = text_of(browser(app, ORGANISER).get(address))
    assert "By age" not in page
    assert "By locality Locality Voters who came through the door Slips handed out Slips that voted" in page
    with app.app_context():
        assert set(db.session.scalars(sa.select(DoorName.age))) == {None}


@both_databases
def test_an_age_stands_beside_its_name_alone_and_goes_with_it(app: Flask) -> None:
    comes(app, CAME)
    with app.app_context():
        assert ages_at([the_event()])[the_event().id] == {
            AgeBand.UNDER_18: 2,
            AgeBand.FROM_25: 5,
            AgeBand.FROM_45: 4,
            None: 3,
        }
        slug = the_event().slug
    assert browser(app, ORGANISER).get(f"/door/{slug}").status_code == 200


def test_an_age_that_the_page_does_not_offer_is_refused(app: Flask, client: CheckedClient) -> None:
    open_poll_codes(app, 2)
    assert hand_over(app, a_phone(app), names=[person(1, "Ada Moss") | {"age": "97"}]) == 422


def test_a_name_that_is_taken_off_leaves_no_age_behind(app: Flask) -> None:
    comes(app, {"from_65": 1})
    with writing(app):
        assert take_off(the_event(), bytes.fromhex(key(0)))
    with app.app_context():
        assert ages_at([the_event()]) == {}
        assert db.session.scalars(sa.select(DoorName.age)).all() == [None]
