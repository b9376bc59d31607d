"""Where the link to the second person of a group leads: what was accepted, and one button.

The code in the body is the authority. No GET does anything, since scanners of mail follow links.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import public_door
from pbvote.db import begin_write, db
from pbvote.fields import Form
from pbvote.grants.promises import accepting, second
from pbvote.grants.promises.models import Acceptance
from pbvote.people.codes import typed_into
from pbvote.people.forms import LinkForm

door = public_door("promises", __name__, url_prefix="/grant")


def _link_page(form: LinkForm) -> str:
    return render_template("grants/promises/link.html", form=form)


def _with(code: str) -> Acceptance:
    """What has this code, for anybody but whoever accepted it."""
    found = second.acceptance_with(code)
    second.require_not_first(found, current_user if current_user.is_authenticated else None)
    return found


@door.get("")
def link() -> ResponseReturnValue:
    """The page that the letter's link opens: the code, and one button."""
    return _link_page(LinkForm())


@door.post("")
def look() -> ResponseReturnValue:
    """What was accepted, and the button that confirms it."""
    form = LinkForm()
    if not form.validate():
        return _link_page(form), 422
    with typed_into(form, lambda: _link_page(form)):
        found = _with(form.code.data)
    promises = accepting.promises_of([found.award])[found.award_id]
    return render_template(
        "grants/promises/confirm.html", acceptance=found, promises=promises, code=form.code.data, form=Form()
    )


@door.post("/confirm")
def confirm() -> ResponseReturnValue:
    """Confirm; pressed again, nothing changes."""
    begin_write()
    if accepting.confirm(_with(request.form.get("code", ""))):
        db.session.commit()
    flash("Thank you. Your group has accepted its award.", "success")
    return redirect(url_for("promises.thanks"))


@door.get("/thanks")
def thanks() -> ResponseReturnValue:
    """The end of the way."""
    return render_template("grants/promises/thanks.html")
