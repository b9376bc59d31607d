"""The outcome before it is published, for organisers: the page that the hall will see, and the button that shows it."""

from io import BytesIO

from flask import abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.acts.models import ActKind
from pbvote.acts.service import ask_for
from pbvote.db import begin_write, db
from pbvote.events.models import Event, PollState
from pbvote.events.service import event_called
from pbvote.results import service
from pbvote.results.account import SlipAccount, account_of, account_sealed, state_account, stated_account
from pbvote.results.account_words import account_to_sign, sections_of
from pbvote.results.finishing import finish_study
from pbvote.results.forms import AccountForm, DrawForm
from pbvote.results.view import OutcomeShown, other_rules
from pbvote.voting.box import open_box
from pbvote.voting.service import require_closed

door = desk_door("results", __name__, url_prefix="/desk/events/<slug:slug>")


def _event(slug: str) -> Event:
    return event_called(slug) or abort(404)


@door.get("/account")
def account(slug: str) -> ResponseReturnValue:
    """The code account: where every slip went."""
    event = _event(slug)
    if event.poll is not PollState.CLOSED:
        return _account_page(event, account_sealed(event))
    stated = stated_account(event)
    return _account_page(event, account_of(event, open_box(event), stated), AccountForm(obj=stated))


def _account_page(event: Event, account: SlipAccount | None, form: AccountForm | None = None) -> str:
    sections = sections_of(account) if account else []
    return render_template("results/account.html", event=event, account=account, sections=sections, form=form)


@door.get("/account.pdf")
def account_pdf(slug: str) -> ResponseReturnValue:
    """The code account as a sheet to sign: as it stands, or as the count fixed it."""
    event = _event(slug)
    account = account_sealed(event)
    if account is None:
        require_closed(event)
        account = account_of(event, open_box(event), stated_account(event))
    sheet = BytesIO(account_to_sign(event, account))
    return send_file(sheet, "application/pdf", as_attachment=True, download_name=f"code-account-{slug}.pdf")


@door.post("/account")
def state(slug: str) -> ResponseReturnValue:
    """Write down what was counted by hand."""
    begin_write()
    event, form = _event(slug), AccountForm()
    require_closed(event)
    box = open_box(event)
    if not form.validate():
        return _account_page(event, account_of(event, box, stated_account(event)), form), 422
    account = state_account(event, box, form.by_hand(current_user))
    if account.is_unexplained:
        form.refuse("Say why it does not balance", "reason")
        page = _account_page(event, account, form)
        db.session.rollback()
        return page, 422
    db.session.commit()
    flash("The code account is filled in.", "success")
    return redirect(url_for("results_desk.account", slug=slug))


@door.get("/outcome")
def outcome(slug: str) -> ResponseReturnValue:
    """The outcome, step by step, as it will be published."""
    return _outcome_page(_event(slug))


def _outcome_page(event: Event, draw: DrawForm | None = None) -> str:
    shown = OutcomeShown.of(event) or abort(404)
    if draw is None and shown.tied and event.poll is PollState.SEALED:
        draw = DrawForm.for_bids(shown.tied)
    return render_template("results/outcome.html", event=event, shown=shown, form=draw)


@door.post("/draw")
def ask_to_draw(slug: str) -> ResponseReturnValue:
    """Ask whoever saw the draw to confirm its order."""
    begin_write()
    event = _event(slug)
    shown = OutcomeShown.of(event) or abort(404)
    if not shown.tied:
        raise service.NoSuchTie
    form = DrawForm.for_bids(shown.tied)
    if not form.validate():
        return _outcome_page(event, form), 422
    ask_for(event, ActKind.DRAW, {"order": list(form.order)}, current_user)
    db.session.commit()
    return redirect(url_for("hall_desk.console", slug=slug))


@door.get("/other-rules")
def others(slug: str) -> ResponseReturnValue:
    """What other rules would have funded: not the result."""
    event = _event(slug)
    shown = OutcomeShown.of(event) or abort(404)
    if not shown.shows_totals:
        abort(404)
    return render_template("results/other_rules.html", event=event, shown=shown, others=other_rules(shown))


@door.post("/publish")
def publish(slug: str) -> ResponseReturnValue:
    """Show the outcome to everyone."""
    finish_study(_event(slug).slug)  # where the count was cut off before it
    begin_write()
    event = _event(slug)
    service.publish_outcome(event, current_user)
    db.session.commit()
    flash(f"The result of {event.name} is public.", "success")
    return redirect(url_for("hall_desk.console", slug=slug))
