"""The pages of a draft, for whoever holds its pass. The pass in a form's body is the authority."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.call.drafts import beginning, keeping
from pbvote.call.drafts.form_pages import PartsOnPage, first_page, pages_of
from pbvote.call.drafts.models import Draft
from pbvote.call.drafts.passes import NoDraft, Pass, carried, carry, draft_of, draft_or_none, held_pass
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.public import open_round_called
from pbvote.core.reading import sent_number
from pbvote.db import begin_write, db
from pbvote.people.signing_in import csrf, later, place_of
from pbvote.people.tries import TooManyTries, note, of_drafts, refuse_haste

door = public_door("draft_pages", __name__, url_prefix="/rounds/<slug:slug>/bid")
csrf.exempt(door)  # a draft's forms carry their own authority, its pass
TOO_MANY = "We have written to this address, or to many from your network, just now. Wait {wait}, then press Continue."


def _page(draft: Draft, page: str, form: PartsOnPage) -> str:
    """A page of the form, with what was typed."""
    carry(held_pass())
    can_repeat = page == first_page(draft.round) and held_pass().is_proven and draft.version(page) == 0
    return render_template(
        "call/drafts/page.html",
        draft=draft,
        round=draft.round,
        page_name=page,
        names=pages_of(draft.round),
        form=form,
        signed=held_pass().signed,
        version=draft.version(page),
        sends=_sends(draft),
        last_bid=beginning.last_bid_of(draft) if can_repeat else None,
    )


def _round_with(slug: str, page: str) -> Round:
    """The open round whose form has this page; else 404."""
    round_ = open_round_called(slug)
    if page not in pages_of(round_):
        abort(404)
    return round_


def _sends(draft: Draft) -> bool:
    """Whether the page's button sends the bid: where all of it stands on one page. An organiser reads it back first."""
    return draft.round.has_short_form and draft.keyed_by_id is None


def _go_on(draft: Draft, page: str) -> ResponseReturnValue:
    """Where the button leads: to the next page, or to the last, also from a page that was opened to change one answer.

    The one page of the short form is sent on as it came, with its pass, to where every bid is sent.
    """
    slug, pages = draft.round.slug, [*pages_of(draft.round), "check"]
    if _sends(draft):
        return _send_on(slug)
    after = pages[pages.index(page) + 1]
    if after == "check" or request.form.get("then") == "check":
        return redirect(url_for("draft_sending.check", slug=slug))
    return redirect(url_for("draft_pages.page", slug=slug, page=after))


def _send_on(slug: str) -> ResponseReturnValue:
    return redirect(url_for("draft_sending.send", slug=slug), code=307)


def _version() -> int:
    """The version that the writer read."""
    return sent_number(request.form.get("version"))


@door.get("/<slug:page>")
def page(slug: str, page: str) -> ResponseReturnValue:
    """One page of the draft, as it was typed."""
    round_ = _round_with(slug, page)
    draft = draft_or_none(round_)
    if draft is None:
        return redirect(url_for("drafts.start" if carried() is None else "drafts.link", slug=slug))
    return _page(draft, page, keeping.form_of(draft, page, draft.typed(page)))


@door.post("/<slug:page>")
def keep(slug: str, page: str) -> ResponseReturnValue:
    """Keep the page, whatever it says, and go on if all of it will do."""
    begin_write()
    round_ = _round_with(slug, page)
    if round_.has_short_form and draft_or_none(round_) is None:
        return _send_on(slug)  # it was sent, and the answer got lost
    draft = draft_of(round_)
    typed = keeping.fields_typed(keeping.form_of(draft, page, {}), request.form)
    theirs = draft.typed(page) or {}
    if request.form.get("is_choosing"):
        unlike = keeping.differences(keeping.form_of(draft, page, {}), typed, theirs)
        chosen = {each.name: request.form.get(f"choose-{each.name}", "") for each in unlike}
        if not all(chosen.values()):
            return _choose_page(draft, page, typed, "Choose one of the two for each question"), 422
        typed = keeping.choose([name for name, one in chosen.items() if one == "theirs"], typed, theirs)
    try:
        keeping.save_page(draft, page, typed, _version())
    except keeping.Overtaken:
        db.session.refresh(draft, ["pages"])
        return _choose_page(draft, page, typed), 409
    form = keeping.form_of(draft, page, typed)
    is_valid = form.validate()
    try:
        if is_valid and "email" in form:
            _readdress(draft, form)
    except TooManyTries as too_many:
        db.session.commit()  # what was typed is kept all the same
        form.refuse(str(too_many), "email")
        return _page(draft, page, form), too_many.status, later(too_many)
    db.session.commit()
    if not is_valid:
        return _page(draft, page, form), 422
    carry(held_pass() if draft.key == held_pass().key else Pass(draft.key, is_proven=False))
    return _go_on(draft, page)


def _readdress(draft: Draft, form: PartsOnPage) -> None:
    """Where the writer put the e-mail address right, send the way back there. Raises `TooManyTries`.

    It is a letter to whatever address somebody typed, so it counts as a draft that is begun.
    """
    if draft.bid_id is not None:
        return  # a change keeps its contact
    email = form["email"].data or ""
    if draft.keyed_by_id is not None:
        draft.email = email
    elif email != draft.email:
        written = of_drafts(email, place_of(None))
        refuse_haste(written, TOO_MANY)
        beginning.readdress(draft, email)
        note(written)


def _choose_page(draft: Draft, page: str, mine: dict[str, str], error: str = "") -> str:
    """Both texts side by side, for each question that two people answered in two ways."""
    carry(held_pass())
    theirs = draft.typed(page) or {}
    return render_template(
        "call/drafts/choose.html",
        draft=draft,
        round=draft.round,
        page_name=page,
        names=pages_of(draft.round),
        mine=mine,
        unlike=keeping.differences(keeping.form_of(draft, page, {}), mine, theirs),
        saved_at=next((kept.saved_at for kept in draft.pages if kept.page == page), None),
        signed=held_pass().signed,
        version=draft.version(page),
        then=request.form.get("then", ""),
        error=error,
    )


@door.post("/<slug:page>/save")
def save(slug: str, page: str) -> ResponseReturnValue:
    """Keep the page while somebody types. The answer is the version now; 409 where somebody else saved it."""
    begin_write()
    draft = draft_or_none(_round_with(slug, page))
    if draft is None:
        return {"error": "no draft"}, 422
    typed = keeping.fields_typed(keeping.form_of(draft, page, {}), request.form)
    try:
        version = keeping.save_page(draft, page, typed, _version())
    except keeping.Overtaken:
        return {"error": "overtaken"}, 409
    db.session.commit()
    carry(held_pass())
    return {"version": version}


@door.post("/repeat")
def use_last_bid(slug: str) -> ResponseReturnValue:
    """Fill the form with what the group wrote last year, for whoever came by the mailed link."""
    begin_write()
    draft = draft_of(open_round_called(slug))
    first = first_page(draft.round)
    bid = beginning.last_bid_of(draft) if held_pass().is_proven and draft.version(first) == 0 else None
    if bid is None:
        raise NoDraft
    held = beginning.use_last_bid(draft, bid)
    db.session.commit()
    carry(held)
    return redirect(url_for("draft_pages.page", slug=slug, page=first))
