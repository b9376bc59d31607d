"""The last page of a draft: all answers, and Send. The pass in the form's body is the authority."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import Role, public_door
from pbvote.call.bids.answers import answers_of
from pbvote.call.bids.models import SentBid
from pbvote.call.bids.new_bid import NewBid
from pbvote.call.bids.public import remember_sent
from pbvote.call.drafts import finishing
from pbvote.call.drafts.form_pages import pages_of
from pbvote.call.drafts.models import Draft
from pbvote.call.drafts.passes import NoDraft, carried, carry, draft_or_none, held_pass, let_go
from pbvote.call.groups.service import speaks_for
from pbvote.call.rounds.models import Share
from pbvote.call.rounds.public import open_round_called
from pbvote.db import begin_write, db
from pbvote.people.signing_in import csrf, later, place_of
from pbvote.people.tries import TooManyTries, note, of_bids, refuse_haste

door = public_door("draft_sending", __name__, url_prefix="/rounds/<slug:slug>/bid/check")
csrf.exempt(door)  # a draft's forms carry their own authority, its pass
TOO_MANY = "Many bids have come from your network. Wait {wait}, then press Send again. Nothing that you typed is lost."
SIGNED_OUT = (
    "You are signed out, or signed in as somebody else. Sign in again in another tab, then press the button. Nothing "
    "that you typed is lost."
)
CLOSED = "Bids have closed, so the bid stays as it was."


def _check_page(draft: Draft, checked: finishing.Checked, error: str = "") -> str:
    carry(held_pass())
    return render_template(
        "call/drafts/check.html",
        draft=draft,
        round=draft.round,
        answers=answers_of(checked.new, draft.round) if checked.new else [],
        problems=checked.problems,
        names=pages_of(draft.round),
        signed=held_pass().signed,
        error=error,
    )


@door.get("")
def check(slug: str) -> ResponseReturnValue:
    """All answers, each with the way to change it, and Send."""
    round_ = open_round_called(slug)  # held, so that it is read once
    draft = draft_or_none(round_)
    if draft is None:
        return redirect(url_for("drafts.start" if carried() is None else "drafts.link", slug=slug))
    return _check_page(draft, finishing.check(draft))


@door.post("")
def send(slug: str) -> ResponseReturnValue:
    """Send the bid. Whoever sends it again, because the answer got lost, is led to the same page."""
    begin_write()
    draft = draft_or_none(open_round_called(slug))
    if draft is None:
        return _show_sent(finishing.sent_from(held_pass().key), slug)
    checked = finishing.check(draft)
    new = checked.new
    if new is None:
        return _check_page(draft, checked), 422
    if not _may_send(draft):
        return _check_page(draft, checked, SIGNED_OUT), 409
    if closed := finishing.closed_shares(draft, new):
        if refused := _why_not_late(draft, closed):
            return _check_page(draft, checked, refused), 409
        finishing.keep_late(draft)
        page = render_template("call/drafts/late.html", round=draft.round, late=finishing.how_late(draft, closed))
        db.session.commit()
        return page, 409
    if draft.bid_id is not None or draft.keyed_by_id is not None:
        try:
            address = _finish_for_account(draft, new)
        except finishing.BidChanged as changed:
            return _check_page(draft, checked, str(changed)), changed.status
        db.session.commit()
        let_go()
        return redirect(address)
    taken = of_bids(place_of(None))
    try:
        refuse_haste(taken, TOO_MANY)
    except TooManyTries as too_many:
        return _check_page(draft, checked, str(too_many)), too_many.status, later(too_many)
    kept = finishing.send_draft(draft, new)
    note(taken)
    db.session.commit()
    return _show_sent(kept, slug)


def _show_sent(kept: SentBid | None, slug: str) -> ResponseReturnValue:
    """Lead this browser to where the letter went."""
    if kept is None:
        raise NoDraft
    let_go()
    remember_sent(kept)
    return redirect(url_for("bids.sent", slug=slug))


def _may_send(draft: Draft) -> bool:
    """A new bid is sent by whoever holds its pass; a change by its contact, what was keyed in by an organiser."""
    if draft.bid is None and draft.keyed_by_id is None:
        return True
    if not current_user.is_authenticated:
        return False
    if draft.bid is None:
        return Role.ORGANISER in current_user.roles
    return Role.GROUP_CONTACT in current_user.roles and speaks_for(current_user, draft.bid.group)


def _why_not_late(draft: Draft, closed: Sequence[Share]) -> str:
    """Why this can't be kept as a late draft; "" where it can."""
    never = finishing.why_never(closed)
    return f"{never}." if never else CLOSED if draft.bid_id is not None else ""


def _finish_for_account(draft: Draft, new: NewBid) -> str:
    """Change a bid for its contact, or keep one that an organiser keyed in; the address of the page that follows."""
    slug = draft.round.slug
    if draft.bid_id is not None:
        bid = finishing.apply_change(draft, new, current_user)
        flash(f"Your bid {bid.reference} is changed. We have sent you a copy.", "success")
        return url_for("bids_group.bids")
    if new.email:
        finishing.send_draft(draft, new)
        flash(f"The bid is kept. It stands once {new.contact_name} opens our letter and confirms it.", "success")
        return url_for("bids_desk.unconfirmed", slug=slug)
    bid = finishing.stand_by_word(draft, new, current_user)
    flash(f"{bid.reference} stands. Print the letter and post it.", "success")
    return url_for("drafts_desk.letter", bid_id=bid.id)
