"""Awards and check-ins as files."""

import csv
import io

from flask import Flask

from pbvote.grants.visits.forms import STANDINGS
from tests.pages import browser, text_of
from tests.scene import EMAILS

AWARDS = "/desk/events/old-trafford-stretford-2014/awards"


def rows(text: str) -> list[dict[str, str]]:
    """A CSV file's rows by the names of their columns."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_an_auditor_takes_the_awards_away_as_the_page_lists_them(demonstration: None, app: Flask) -> None:
    auditor = browser(app, EMAILS["auditor"])
    page = auditor.get(AWARDS)
    assert f'href="{AWARDS}.csv"' in page.get_data(as_text=True)
    awards = rows(auditor.get(f"{AWARDS}.csv").get_data(as_text=True))
    assert f"{len(awards)} awards of" in text_of(page)
    assert {award["Decided on"] for award in awards} == {"2014-07-28"}
    assert all(float(award["Award (GBP)"]) > 0 for award in awards)
    assert auditor.get(f"{AWARDS}.ods").status_code == 404


def test_check_ins_leave_without_their_concerns(demonstration: None, app: Flask) -> None:
    desk = browser(app, EMAILS["organiser"])
    assert 'href="/desk/monitoring/check-ins.xlsx"' in desk.get("/desk/monitoring/").get_data(as_text=True)
    check_ins = rows(desk.get("/desk/monitoring/check-ins.csv").get_data(as_text=True))
    days = [check_in["Met on"] for check_in in check_ins]
    assert days == sorted(days, reverse=True)
    assert {check_in["Doing"] for check_in in check_ins} == set(STANDINGS.values())
    assert {check_in["Colour now"] for check_in in check_ins} == {"Red", "Amber", "Green"}
    [worried] = [check_in for check_in in check_ins if check_in["Colour now"] == "Red"]
    assert worried["Why"].startswith("A worry waits for an answer from ")
    assert "A venue, Volunteers" in {check_in["Could use"] for check_in in check_ins}
    assert "last year’s rent" not in str(check_ins)  # which the desk reads on the award's own page
