"""The list of a partnership's members, and who keeps it."""

import datetime as dt

from flask import Flask

from pbvote.core.clock import today
from pbvote.partnership.members.models import MemberRole
from pbvote.partnership.members.service import SaidOfMember, change_member
from pbvote.partnership.seen import SavedMeanwhile
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.pages import browser, client_of, text_of
from tests.partnership.keeping import (
    AUDITOR,
    EDITOR,
    KEEP,
    MEMBER,
    ORGANISER,
    PUBLIC,
    a_member,
    account,
    id_of,
    member_named,
    publish,
    sale,
    write,
)
from tests.together import together

NEW = {"name": "Sergeant Heyes", "role": "police", "body": "Greater Manchester Police", "ward": "", "account": ""}


def days(**named: dt.date) -> dict[str, str]:
    """Days as their boxes send them."""
    return {
        f"{name}-{part}": str(getattr(day, part)) for name, day in named.items() for part in ("day", "month", "year")
    }


def form_of(editor: CheckedClient, member_id: int) -> dict[str, str]:
    """What the form of a member sends when nothing is changed but the name."""
    page = editor.get(f"{KEEP}/members/{member_id}").get_data(as_text=True)
    seen = page.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    return NEW | {"seen": seen, "role": "chair", "body": "Trafford Council"} | days(from_on=today())


def test_an_editor_adds_a_member_who_is_public_at_once(app: Flask, partnership: None) -> None:
    editor = browser(app, EDITOR)
    assert editor.post(f"{KEEP}/members/new", data=NEW | days(from_on=today())).status_code == 302
    page = text_of(client_of(app).get(PUBLIC))
    assert "Sergeant Heyes Police Greater Manchester Police" in page
    assert page.index("Gwen Parry") < page.index("Sergeant Heyes") < page.index("Nia")  # by their roles


def test_who_speaks_for_whom_is_two_presses_from_the_first_page(app: Flask, partnership: None) -> None:
    with writing(app):
        a_member(sale(), "Sergeant Nair", None, MemberRole.POLICE)
    page = client_of(app).get(PUBLIC).get_data(as_text=True)
    top = page.partition('class="next-meeting"')[2].partition("</div>")[0]
    assert f'href="{PUBLIC}/members"' in top
    assert "Sergeant Nair Police" in text_of(client_of(app).get(f"{PUBLIC}/members"))


def test_what_does_not_fit_is_said_beside_its_box(app: Flask, partnership: None) -> None:
    editor = browser(app, EDITOR)
    refused = editor.post(f"{KEEP}/members/new", data=NEW | {"role": "other"} | days(from_on=today()))
    assert "Say which role" in text_of(refused)
    ends = days(from_on=today(), until_on=today() - dt.timedelta(days=1))
    assert "The last day must not come before the first" in text_of(editor.post(f"{KEEP}/members/new", data=NEW | ends))
    with app.app_context():
        again = NEW | {"account": str(account(MEMBER).id)} | days(from_on=today())
    refused = editor.post(f"{KEEP}/members/new", data=again)
    assert refused.status_code == 422
    assert "This account belongs to another member" in text_of(refused)


def test_somebody_to_come_is_not_public_before_their_first_day(app: Flask, partnership: None) -> None:
    editor = browser(app, EDITOR)
    editor.post(f"{KEEP}/members/new", data=NEW | days(from_on=today() + dt.timedelta(days=9)))
    assert "Heyes" in text_of(editor.get(f"{KEEP}/members"))
    assert "Heyes" not in text_of(client_of(app).get(PUBLIC)) + text_of(client_of(app).get(f"{PUBLIC}/members"))


def test_the_second_of_two_editors_reads_what_changed_and_chooses(app: Flask, partnership: None) -> None:
    first, second, gwen = browser(app, EDITOR), browser(app, ORGANISER), id_of(app, "Gwen Parry")
    mine, theirs = form_of(first, gwen), form_of(second, gwen)
    assert first.post(f"{KEEP}/members/{gwen}", data=mine | {"name": "Gwen Parry-Jones"}).status_code == 302
    clash = second.post(f"{KEEP}/members/{gwen}", data=theirs | {"name": "Gwendolyn Parry"})
    assert clash.status_code == 409
    assert "Marek saved this at" in text_of(clash)
    assert "Name It says now Gwen Parry-Jones You typed Gwendolyn Parry" in text_of(clash)
    assert 'value="Gwendolyn Parry"' in clash.get_data(as_text=True)
    assert "Gwen Parry-Jones" in text_of(client_of(app).get(PUBLIC))
    seen = clash.get_data(as_text=True).partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    again = second.post(f"{KEEP}/members/{gwen}", data=theirs | {"name": "Gwendolyn Parry", "seen": seen})
    assert again.status_code == 302
    assert "Gwendolyn Parry" in text_of(client_of(app).get(PUBLIC))


@both_databases
def test_of_two_that_save_at_once_one_is_told(app: Flask, partnership: None) -> None:
    told: list[str] = []

    def save(name: str) -> None:
        said = SaidOfMember(name, MemberRole.CHAIR, "", "Trafford Council", None, today(), None, None)
        try:
            with writing(app):
                change_member(member_named("Gwen Parry"), said, 1, account(EDITOR))
        except SavedMeanwhile as refusal:
            told.append(str(refusal))

    together(lambda: save("Gwen Parry"), lambda: save("Gwen Parry"))
    assert len(told) == 1


def test_another_account_takes_over_nobodys_words(app: Flask, partnership: None) -> None:
    editor, nia = browser(app, EDITOR), id_of(app, "Nia")
    write(browser(app, MEMBER))
    publish(editor, nia)
    editor.post(f"{KEEP}/members/{nia}", data=form_of(editor, nia) | {"role": "ambassador"})
    assert "footpaths" not in text_of(client_of(app).get(PUBLIC))


def test_only_an_organiser_makes_an_editor(app: Flask, partnership: None) -> None:
    nia, gwen = (f"{KEEP}/members/{id_of(app, name)}/editor" for name in ("Nia", "Gwen Parry"))
    let = {"is_editor": "yes"}
    for email in (MEMBER, EDITOR, AUDITOR):
        assert browser(app, email).post(nia, data=let).status_code == 403
    refused = browser(app, MEMBER).get(f"{KEEP}/members")
    assert refused.status_code == 403
    assert "Only editors keep this partnership’s page." in text_of(refused)
    organiser = browser(app, ORGANISER)
    assert "has no account" in text_of(organiser.post(gwen, data=let))
    assert organiser.post(nia, data=let).status_code == 302
    assert browser(app, MEMBER).get(f"{KEEP}/members").status_code == 200
    organiser.post(nia, data={})
    assert browser(app, MEMBER).get(f"{KEEP}/members").status_code == 403


def test_an_editor_whose_time_is_over_keeps_nothing(app: Flask, partnership: None) -> None:
    with writing(app):
        member_named("Marek").until_on = today() - dt.timedelta(days=1)
    assert browser(app, EDITOR).get(f"{KEEP}/members").status_code == 403


def test_who_was_entered_by_mistake_leaves_nothing(app: Flask, partnership: None) -> None:
    editor, nia = browser(app, EDITOR), id_of(app, "Nia")
    write(browser(app, MEMBER))
    assert editor.post(f"{KEEP}/members/{nia}/remove").status_code == 302
    assert "Nia is deleted." in text_of(editor.get(f"{KEEP}/members"))
    assert "Nia" not in text_of(client_of(app).get(f"{PUBLIC}/members")) + text_of(editor.get(f"{KEEP}/members"))


def test_members_of_another_partnership_find_nothing_here(app: Flask, partnership: None) -> None:
    editor = browser(app, EDITOR)
    for path in ("", "/members", "/purpose", "/profile"):
        assert editor.get(f"/my/partnership/urmston{path}").status_code == 404
    assert editor.get(f"/my/partnership/urmston/members/{id_of(app, 'Far')}").status_code == 404
    assert editor.get(f"{KEEP}/members/{id_of(app, 'Far')}").status_code == 404


def test_my_locality_leads_to_the_partnership_and_its_board(app: Flask, partnership: None) -> None:
    nia = browser(app, MEMBER)
    assert nia.get("/my/partnership/").headers["Location"] == KEEP
    page = nia.get(KEEP).get_data(as_text=True)
    assert 'href="/my/board/sale"' in page
    assert f'href="{KEEP}/profile"' in page
    assert f'href="{KEEP}/members"' not in page
    assert "Your public profile in Sale" in text_of(nia.get("/my/about"))
