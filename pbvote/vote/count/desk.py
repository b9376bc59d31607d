"""From the closed poll to the settled outcome, for organisers: the code account, the count, the seal, a draw."""

from dataclasses import asdict, replace
from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.vote.acts.service import About, ask_for
from pbvote.vote.count.account import account_of, account_sealed, current_account, state_account, stated_account
from pbvote.vote.count.account_words import account_to_sign, sections_of
from pbvote.vote.count.acts import DRAW, DrawnOrder
from pbvote.vote.count.box import open_box
from pbvote.vote.count.code_account import CodeAccount
from pbvote.vote.count.door_count import known_of, said_of_door
from pbvote.vote.count.finishing import finish
from pbvote.vote.count.forms import DrawForm, ExplainedForm, HandCountForm
from pbvote.vote.count.outcome import require_tied, taken_out
from pbvote.vote.count.picture import AddingUp
from pbvote.vote.door.figures import DoorFigures, door_figures
from pbvote.vote.events.by_address import event_at, to_console
from pbvote.vote.events.models import Event
from pbvote.vote.poll.closing import require_closed

door = desk_door("count", __name__, url_prefix="/desk/events/<slug:slug>")


@door.get("/account")
def account(slug: str) -> ResponseReturnValue:
    """The code account: whether the slips add up."""
    event = event_at(slug)
    if not event.awaits_count:
        return _account_page(event, account_sealed(event))
    stated = stated_account(event)
    account = account_of(event, open_box(event), stated)
    if stated is None:
        return _unstated_page(event, account)
    form = (ExplainedForm if account.mismatches else HandCountForm)(obj=stated)
    return _account_page(event, account, form)


def _unstated_page(event: Event, account: CodeAccount) -> str:
    """The page before anybody has counted by hand: what is known stands in the form already."""
    figures = door_figures(event)
    known = known_of(event, figures, account)
    if known.is_all:
        account = replace(account, left_over=known.left_over, door_count=known.door_count)
    form = (ExplainedForm if account.is_unexplained else HandCountForm)(data=asdict(known))
    return _account_page(event, account, form, figures, is_saved=False, is_filled_in=known.is_all)


def _account_page(
    event: Event,
    account: CodeAccount | None,
    form: HandCountForm | None = None,
    figures: DoorFigures | None = None,
    *,
    is_saved: bool = True,
    is_filled_in: bool = False,
) -> str:
    return render_template(
        "vote/count/account.html",
        event=event,
        account=account,
        shown=AddingUp.of(account) if account else None,
        sections=sections_of(account) if account else [],
        said=said_of_door(figures or door_figures(event), account) if account else [],
        taken_out=taken_out(event) if event.awaits_count else [],
        form=form,
        is_saved=is_saved,
        is_filled_in=is_filled_in,
    )


@door.get("/account.pdf")
def account_pdf(slug: str) -> ResponseReturnValue:
    """The code account as a sheet to sign: as it stands, or as the count fixed it."""
    event = event_at(slug)
    account = account_sealed(event)
    if account is None:
        require_closed(event)
        account = current_account(event)
    sheet = BytesIO(account_to_sign(event, account))
    return send_file(sheet, "application/pdf", as_attachment=True, download_name=f"code-account-{slug}.pdf")


@door.post("/account")
def state(slug: str) -> ResponseReturnValue:
    """Write down what was counted by hand. Why it does not fit is asked, and kept, only where it does not."""
    event = event_at(slug)
    require_closed(event)
    form = ExplainedForm() if "note" in request.form else HandCountForm()  # what was asked stays on the page
    if not form.validate():
        return _account_page(event, current_account(event), form, is_saved=False), 422
    counted = form.by_hand(current_user)
    account = account_of(event, open_box(event), counted)
    if account.is_unexplained:
        return _account_page(event, account, ExplainedForm.asking(), is_saved=False), 422
    begin_write()  # not before the box was opened: in a city that takes seconds
    state_account(event_at(slug), counted if account.mismatches else counted.unexplained)
    db.session.commit()
    flash("The numbers are saved." if account.mismatches else "The slips add up.", "success")
    return redirect(url_for("count_desk.account", slug=slug))


@door.post("/seal")
def seal(slug: str) -> ResponseReturnValue:
    """Go on with a count or a seal that was cut off."""
    finish(event_at(slug), current_user)
    return to_console(slug)


@door.get("/draw")
def draw(slug: str) -> ResponseReturnValue:
    """Which names go into the envelope, and the form for the order in which they were drawn."""
    event = event_at(slug)
    return _draw_page(event, DrawForm.for_tied(require_tied(event)))


def _draw_page(event: Event, form: DrawForm) -> str:
    return render_template("vote/count/draw.html", event=event, form=form)


@door.post("/draw")
def ask_to_draw(slug: str) -> ResponseReturnValue:
    """Ask somebody who saw the draw to confirm its order."""
    begin_write()
    event = event_at(slug)
    form = DrawForm.for_tied(require_tied(event))
    if not form.validate():
        return _draw_page(event, form), 422
    ask_for(DRAW, About(event=event.id), DrawnOrder(form.order), current_user)
    db.session.commit()
    flash("The draw waits for a second person.", "success")
    return to_console(slug)
