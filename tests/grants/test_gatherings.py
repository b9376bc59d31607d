"""A gathering of several groups: one text, and for each of them its own promises, and the photos that are for it."""

import datetime as dt
import io
import re

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.promises.models import KeptBy, Promise
from pbvote.grants.visits.models import CheckIn, CheckInPhoto
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.files.samples import photo_file
from tests.grants.handing_in import OURS, hand_in, number_of
from tests.grants.kept_forms import PRESENT
from tests.grants.visiting import MEMBER, OTHER, fund, hand_over, log, logged, stay_with_all
from tests.pages import browser, text_of

KEYS = [f"{number:032x}" for number in range(1, 5)]


@pytest.fixture
def others(app: Flask, funded: None) -> list[int]:
    """The awards of two more groups of Marek's, each with a promise."""
    return with_promises(app)


def with_promises(app: Flask) -> list[int]:
    """The same, where a test funds the first group itself."""
    ids = stay_with_all(app)
    with writing(app):
        for award_id in ids:
            due_on = today() + dt.timedelta(days=30)
            db.session.add(Promise(award_id=award_id, number=1, words=f"Tubs for {award_id}.", due_on=due_on))
    return ids


def promise_of(app: Flask, award_id: int) -> str:
    """The id of the first promise of an award."""
    with app.app_context():
        wanted = sa.select(Promise.id).where(Promise.award_id == award_id, Promise.number == 1)
        return str(db.session.scalars(wanted).one())


def kept(app: Flask) -> dict[int, int]:
    """The awards of the promises that are kept, and the award of the check-in that ticked each."""
    with app.app_context():
        wanted = sa.select(Promise.award_id, CheckIn.award_id).join(CheckIn, CheckIn.id == Promise.check_in_id)
        return dict(db.session.execute(wanted.where(Promise.kept_by == KeptBy.CHECK_IN)).all())


def photos(app: Flask) -> dict[int, int]:
    """How many photos there are about each award."""
    with app.app_context():
        wanted = sa.select(CheckIn.award_id, sa.func.count()).join(CheckInPhoto, CheckInPhoto.check_in_id == CheckIn.id)
        return dict(db.session.execute(wanted.group_by(CheckIn.award_id)).all())


def with_photo(**said: object) -> dict[str, object]:
    """A form with a photo that everybody agrees to."""
    return {"photos": [(io.BytesIO(photo_file()), "hall.jpg")], "agreed": "y", **said}


def send_photo(app: Flask, member: CheckedClient, check_in: int, also: list[int], key: str = KEYS[0]) -> int:
    """Send a photo as a phone does; the answer's status."""
    data = {"account": number_of(app, MEMBER), "key": key, "agreed": "y", "also": [str(one) for one in also]}
    data |= {"photo": (io.BytesIO(photo_file()), "IMG_0001.jpg")}  # type: ignore[dict-item]
    with app.app_context():
        award_id = db.session.get_one(CheckIn, check_in).award_id
    return member.post(f"/my/groups/{award_id}/check-ins/{check_in}/photos", data=data, headers=OURS).status_code


def test_each_groups_promises_are_ticked_at_its_own_check_in(app: Flask, others: list[int]) -> None:
    member, [second, third] = browser(app, MEMBER), others
    page = text_of(member.get("/my/groups/1"))
    for award_id in others:
        assert f": Tubs for {award_id}. (by " in page
    ids = [promise_of(app, award_id) for award_id in (second, third)]
    assert log(member, others=[str(second)], kept=["1"], others_kept=ids[:1]).status_code == 302
    assert kept(app) == {1: 1, second: second}
    assert sorted(one.award_id for one in logged(app)) == sorted([1, second])
    page = member.get("/my/groups/1").get_data(as_text=True)
    assert re.findall(r'name="others_kept" type="checkbox" value="(\d+)"', page) == ids[1:]


def test_a_group_whose_promise_was_ticked_was_there(app: Flask, others: list[int]) -> None:
    assert log(browser(app, MEMBER), others_kept=[promise_of(app, others[1])]).status_code == 302
    assert sorted(one.award_id for one in logged(app)) == sorted([1, others[1]])
    assert kept(app) == {others[1]: others[1]}
    refused = log(
        browser(app, MEMBER), standing="worried", words="They quarrel.", others_kept=[promise_of(app, others[0])]
    )
    assert "A worry is about one group" in text_of(refused)


@pytest.mark.parametrize("is_for_all", [False, True])
def test_photos_go_to_the_groups_that_they_are_for(app: Flask, others: list[int], is_for_all: bool) -> None:
    member, [second, third] = browser(app, MEMBER), others
    said = with_photo(others=[str(second)], **({"photos_too": "y"} if is_for_all else {}))
    for _ in range(2):
        assert log(member, "one-page", **said).status_code == 302  # type: ignore[arg-type]
        said["photos"] = with_photo()["photos"]
    assert photos(app) == ({1: 1, second: 1} if is_for_all else {1: 1})
    assert third not in [one.award_id for one in logged(app)]


@pytest.mark.parametrize("is_for_all", [False, True])
def test_a_phone_hands_over_promises_and_photos_of_each_group_once(
    app: Flask, others: list[int], is_for_all: bool
) -> None:
    member, [second, third] = browser(app, MEMBER), others
    form: dict[str, str | list[str]] = {**PRESENT, "form_key": KEYS[0], "others": [str(second), str(third)]}
    form["others_kept"] = [promise_of(app, third)]
    if is_for_all:
        form["photos_too"] = "y"
    answers = [hand_in(app, member, form).get_json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(logged(app)) == 3
    assert kept(app)[third] == third
    by_award = {one.award_id: one.id for one in logged(app)}
    assert answers[0]["check_in"] == by_award[1]
    assert answers[0]["also"] == ([by_award[second], by_award[third]] if is_for_all else [])
    for _ in range(2):
        assert send_photo(app, member, answers[0]["check_in"], answers[0]["also"]) == 200
    assert photos(app) == (dict.fromkeys((1, second, third), 1) if is_for_all else {1: 1})


def test_a_photo_goes_to_no_check_in_of_somebody_else(app: Flask, others: list[int]) -> None:
    member, other = browser(app, MEMBER), browser(app, OTHER)
    log(member)
    hand_over(app)
    log(other, words="Another visit of ours.")
    [mine, theirs] = logged(app)
    assert send_photo(app, member, mine.id, [theirs.id, 999_999]) == 200
    with app.app_context():
        assert db.session.scalars(sa.select(CheckInPhoto.check_in_id)).all() == [mine.id]


def test_a_member_with_one_group_is_asked_for_no_other(app: Flask, funded: None) -> None:
    page = browser(app, MEMBER).get("/my/groups/1").get_data(as_text=True)
    assert not re.search(r'name="(others|others_kept|photos_too)"', page)


@both_databases
def test_a_gathering_in_one_statement_however_many_groups(app: Flask) -> None:
    fund(app)
    member = browser(app, MEMBER)
    member.get("/my/groups/1")
    before = len(member.statements)
    ids = with_promises(app)
    page = member.get("/my/groups/1").get_data(as_text=True)
    assert len(member.statements) == before
    assert page.count('name="others_kept"') == len(ids) == 2
    said = [promise_of(app, one) for one in ids]
    assert log(member, others=[str(one) for one in ids], others_kept=said).status_code == 302
    assert kept(app) == {one: one for one in ids}
