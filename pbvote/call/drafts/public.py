"""Before the form, its beginning, and the way back to a draft. For anyone."""

from functools import partial

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.call.bids.intake import NotTakingBids
from pbvote.call.drafts import beginning, finishing
from pbvote.call.drafts.form_pages import first_page, page_form, pages_of
from pbvote.call.drafts.forms import BeginForm, CanWeForm
from pbvote.call.drafts.passes import Pass, carry, draft_or_none, let_go
from pbvote.call.rounds.extensions import somebody_has_more_time
from pbvote.call.rounds.models import Round, Share
from pbvote.call.rounds.public import open_round_called
from pbvote.call.rounds.service import takes_bids
from pbvote.db import begin_write, db
from pbvote.people.codes import typed_into
from pbvote.people.forms import LinkForm
from pbvote.people.signing_in import csrf, later, place_of
from pbvote.people.tries import TooManyTries, note, of_drafts, refuse_haste

door = public_door("drafts", __name__, url_prefix="/rounds/<slug:slug>/bid")
TOO_MANY = "Many bids were begun with this address or from your network. Wait {wait}, then press Continue again."


def _open_shares(slug: str) -> tuple[Round, list[Share]]:
    """The round and its shares that take bids today. Raises `NotTakingBids`."""
    round_ = open_round_called(slug)
    shares = [share for share in round_.shares if takes_bids(share)]
    if not shares and somebody_has_more_time(round_):
        shares = [share for share in round_.shares if not share.is_locked]
    if not shares:
        raise NotTakingBids
    return round_, shares


def _start_page(round_: Round, shares: list[Share], form: BeginForm) -> str:
    draft = draft_or_none(round_)
    first = first_page(round_)
    return render_template("call/drafts/start.html", round=round_, shares=shares, form=form, draft=draft, first=first)


@door.get("")
def start(slug: str) -> ResponseReturnValue:
    """What it takes, and the first question: where the way back goes."""
    return _start_page(*_open_shares(slug), BeginForm())


@door.post("")
def begin(slug: str) -> ResponseReturnValue:
    """Begin a draft, and mail the way back to it."""
    begin_write()
    round_, shares = _open_shares(slug)
    form = BeginForm()
    if not form.validate():
        return _start_page(round_, shares, form), 422
    begun = of_drafts(form.email.data, place_of(None))
    try:
        refuse_haste(begun, TOO_MANY)
    except TooManyTries as too_many:
        form.refuse(str(too_many))
        return _start_page(round_, shares, form), too_many.status, later(too_many)
    held = beginning.begin_draft(round_, form.email.data)
    note(begun)
    db.session.commit()
    carry(held)
    return redirect(url_for("draft_pages.page", slug=slug, page=first_page(round_)))


@door.get("/draft")
def link(slug: str) -> ResponseReturnValue:
    """The page that the letter's link opens: the code, and one button."""
    return render_template("call/drafts/link.html", round=open_round_called(slug), form=LinkForm())


@door.post("/draft")
def open_link(slug: str) -> ResponseReturnValue:
    """Open the draft on this browser, whose person reads the address that the letter went to."""
    round_ = open_round_called(slug)
    form = LinkForm()
    page = partial(render_template, "call/drafts/link.html", round=round_, form=form)
    if not form.validate():
        return page(), 422
    with typed_into(form, page):
        draft = beginning.draft_with(round_, form.code.data)
    carry(Pass(draft.key, is_proven=True))
    problems = finishing.check(draft).problems
    if not problems:
        return redirect(url_for("draft_sending.check", slug=slug))
    return redirect(url_for("draft_pages.page", slug=slug, page=problems[0][0]))


@door.post("/leave")
def leave(slug: str) -> ResponseReturnValue:
    """Forget the draft on this browser; the mailed link leads back."""
    round_ = open_round_called(slug)
    let_go()
    return render_template("call/drafts/left.html", round=round_)


@door.get("/can-we")
def can_we(slug: str) -> ResponseReturnValue:
    """Four questions: can our group bid?"""
    round_ = open_round_called(slug)
    return render_template("call/drafts/can_we.html", round=round_, form=CanWeForm.for_round(round_), is_asked=False)


@door.post("/can-we")
def say_whether(slug: str) -> ResponseReturnValue:
    """Yes, or what to do instead. Nothing is kept."""
    round_ = open_round_called(slug)
    form = CanWeForm.for_round(round_)
    is_asked = form.validate()
    return render_template(
        "call/drafts/can_we.html", round=round_, form=form, is_asked=is_asked
    ), 200 if is_asked else 422


csrf.exempt(say_whether)  # it keeps nothing


@door.get("/questions")
def questions(slug: str) -> ResponseReturnValue:
    """Every question of the form on one page, to print and to talk about."""
    round_ = open_round_called(slug)
    pages = [(name, page_form(page, {}, round_, round_.shares)) for page, name in pages_of(round_).items()]
    return render_template("call/drafts/questions.html", round=round_, pages=pages)
