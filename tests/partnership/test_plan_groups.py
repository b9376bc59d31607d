"""Funded groups under the priorities of a plan: each once, with what it got."""

import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardState
from pbvote.localities.service import describe_locality, priorities_of
from pbvote.partnership.plan.filing import FiledMeanwhile, file_groups, funded_in_plan
from pbvote.partnership.plan.models import PlanGroup
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.visiting import ORGANISER, fund
from tests.pages import browser, client_of, text_of
from tests.partnership.keeping import KEEP, PUBLIC, sale
from tests.together import together

PLAN, GROUPS = f"{PUBLIC}/plan", f"{KEEP}/plan/groups"


def two_priorities(app: Flask) -> list[int]:
    """Money, and two priorities of Sale; the numbers of these."""
    fund(app)
    with writing(app):
        describe_locality(sale(), [], ["Parks", "Work"])
        return [each.id for each in priorities_of(sale())]


def filed(app: Flask) -> list[tuple[int, int]]:
    """Which award stands under which priority."""
    with app.app_context():
        return [(row.award_id, row.priority_id) for row in db.session.scalars(sa.select(PlanGroup))]


def test_a_group_is_put_under_a_priority_with_its_money(app: Flask) -> None:
    parks, work = two_priorities(app)
    editor, anybody = browser(app, ORGANISER), client_of(app)
    assert "Group 1: Project of Group 1" in text_of(editor.get(GROUPS))
    assert editor.post(GROUPS, data={"was_1": "", "award_1": str(parks)}).status_code == 302
    page = anybody.get(PLAN)
    words = text_of(page)
    assert words.index("Parks") < words.index("£4,000 for 1 group") < words.index("Group 1") < words.index("Work")
    assert 'href="/groups/1"' in page.get_data(as_text=True)
    assert "The locality plan" in text_of(anybody.get(PUBLIC))
    assert editor.post(GROUPS, data={"was_1": str(parks), "award_1": str(work)}).status_code == 302
    assert filed(app) == [(1, work)]
    clash = editor.post(GROUPS, data={"was_1": str(parks), "award_1": ""})
    assert clash.status_code == 409
    assert "Somebody else has just filed Group 1." in text_of(clash)
    assert "It says now Work You typed No priority" in text_of(clash)
    assert filed(app) == [(1, work)]
    assert editor.post(GROUPS, data={"was_1": str(parks), "award_1": str(parks)}).status_code == 302  # left as it was
    assert filed(app) == [(1, work)]
    for wrong in ("99", "<script>"):
        assert "Choose one of the answers listed" in text_of(editor.post(GROUPS, data={"award_1": wrong}))
    with writing(app):
        db.session.execute(sa.update(Award).values(state=AwardState.DECLINED))
    assert "The partnership has not written its plan yet." in text_of(anybody.get(PLAN))
    assert "The locality plan" not in text_of(anybody.get(PUBLIC))
    assert "No group here has been offered money yet." in text_of(editor.get(GROUPS))


def test_a_priority_that_goes_leaves_its_groups_unfiled_and_no_other_locality_files_them(app: Flask) -> None:
    parks, work = two_priorities(app)
    editor = browser(app, ORGANISER)
    editor.post(GROUPS, data={"was_1": "", "award_1": str(parks)})
    with writing(app):
        describe_locality(sale(), [], ["Work"])  # while the editor has the page open
    refused = editor.post(GROUPS, data={"was_1": str(parks), "award_1": str(parks)})
    assert refused.status_code == 422
    assert "Choose one of the answers listed" in text_of(refused)
    assert filed(app) == []
    elsewhere = "/my/partnership/urmston/plan/groups"
    assert editor.post(elsewhere, data={"was_1": "", "award_1": str(work)}).status_code == 302
    assert filed(app) == []
    assert "Group 1" not in text_of(editor.get(elsewhere))


@both_databases
def test_of_two_who_file_a_group_at_once_one_is_told(app: Flask) -> None:
    parks, work = two_priorities(app)
    told: list[str] = []

    def file(was: int | None, to: int | None) -> None:
        try:
            with writing(app):
                file_groups(funded_in_plan(sale()), {1: was}, {1: to})
        except FiledMeanwhile as refusal:
            told.append(str(refusal))

    together(lambda: file(None, parks), lambda: file(None, work))
    assert len(told) == 1
    [(_, stands)] = filed(app)
    together(lambda: file(stands, None), lambda: file(stands, parks + work - stands))
    assert len(told) == 2
