"""Where a partnership's page is kept. For organisers and LP members; auditors read it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import Role, editor_door
from pbvote.db import begin_write, db
from pbvote.grants.network.introducing import needs_to_introduce
from pbvote.localities.models import Locality
from pbvote.localities.service import all_localities
from pbvote.partnership.engagement.consultations.service import results_awaited
from pbvote.partnership.meetings.questions import waiting_questions
from pbvote.partnership.meetings.reading import minutes_in_draft
from pbvote.partnership.members.by_address import edited_partnership, own_partnership
from pbvote.partnership.members.editors import may_edit
from pbvote.partnership.members.profiles import profile_of, waiting_profiles
from pbvote.partnership.page.forms import PurposeForm
from pbvote.partnership.page.service import purpose_of, write_purpose
from pbvote.partnership.plan.service import untouched_since
from pbvote.partnership.seen import Changed, SavedMeanwhile, differences
from pbvote.partnership.subgroups.reading import SubgroupsToSee

door = editor_door("partnership", __name__, url_prefix="/my/partnership")


@door.get("/")
def mine() -> ResponseReturnValue:
    """The member's own partnership; where there are several, and for organisers, the choice of one."""
    own = all_localities()
    if not current_user.roles & {Role.ORGANISER, Role.AUDITOR}:
        own = [each for each in own if each.id in current_user.localities(Role.LP_MEMBER)]
    if len(own) == 1:
        return redirect(url_for("partnership_editor.overview", slug=own[0].slug))
    return render_template("partnership/page/mine.html", localities=own)


@door.get("/<slug:slug>")
def overview(slug: str) -> ResponseReturnValue:
    """What this account can do for the partnership, and what waits for it."""
    locality = own_partnership(slug)
    is_editor = may_edit(current_user, locality)
    reads = is_editor or Role.AUDITOR in current_user.roles
    is_member = locality.id in current_user.localities(Role.LP_MEMBER)
    subgroups = SubgroupsToSee.of(current_user, locality)
    return render_template(
        "partnership/page/overview.html",
        locality=locality,
        is_editor=is_editor,
        reads=reads,
        is_member=is_member,
        own=profile_of(current_user, locality) if is_member else None,
        waiting=waiting_profiles(locality) if reads else [],
        drafted=minutes_in_draft(locality),
        questions=waiting_questions(locality) if reads else [],
        untouched_since=untouched_since(locality) if reads else None,
        led=subgroups.led if is_member else [],
        results_due=results_awaited(locality) if reads else [],
        to_ring=subgroups.to_ring if reads else [],
        to_introduce=needs_to_introduce(locality) if reads else 0,
    )


def _page(locality: Locality, form: PurposeForm, changes: object = ()) -> str:
    return render_template("partnership/page/purpose.html", locality=locality, form=form, changes=changes)


@door.get("/<slug:slug>/purpose")
def purpose(slug: str) -> ResponseReturnValue:
    """What the partnership is for, to change."""
    locality = edited_partnership(slug)
    return _page(locality, PurposeForm(formdata=None, data=PurposeForm.data_of(purpose_of(locality))))


@door.post("/<slug:slug>/purpose")
def say_purpose(slug: str) -> ResponseReturnValue:
    """Say what the partnership is for."""
    begin_write()
    locality, form = edited_partnership(slug), PurposeForm()
    if not form.validate():
        return _page(locality, form), 422
    try:
        write_purpose(locality, form.heading.data, form.words.data, form.version_seen, current_user)
    except SavedMeanwhile as refusal:
        form.refuse(str(refusal))
        return _page(locality, form, _seen_now(locality, form)), refusal.status
    db.session.commit()
    return redirect(url_for("partnership.page", slug=slug))


def _seen_now(locality: Locality, form: PurposeForm) -> list[Changed]:
    """What the page says now beside what was typed; the next press may save over it."""
    now = purpose_of(locality)
    if now:
        form.show_again(now)
    return differences(form, PurposeForm(formdata=None, data=PurposeForm.data_of(now)))
