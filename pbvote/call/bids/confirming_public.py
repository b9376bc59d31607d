"""Where a letter's link leads: whoever opens it sees what was sent, and says that the bid is theirs.

The code in the body is the authority. No GET does anything, since scanners of mail follow links.
"""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import Role, public_door
from pbvote.call.bids import sending
from pbvote.call.bids.answers import answers_of
from pbvote.call.bids.intake import confirm_bid
from pbvote.call.bids.models import Bid
from pbvote.call.rounds.public import open_round_called
from pbvote.core.clock import now
from pbvote.db import begin_write, db
from pbvote.people.codes import typed_into
from pbvote.people.forms import LinkForm
from pbvote.people.models import Account
from pbvote.people.signing_in import begin_session

door = public_door("confirming", __name__, url_prefix="/rounds/<slug:slug>/bid/link")


@door.get("")
def link(slug: str) -> ResponseReturnValue:
    """The page that the letter's link opens: the code, and one button that shows the bid."""
    return render_template("call/bids/link.html", round=open_round_called(slug), form=LinkForm())


@door.post("")
def look(slug: str) -> ResponseReturnValue:
    """What was sent, and the button that confirms it."""
    round_ = open_round_called(slug)
    form = LinkForm()
    page = partial(render_template, "call/bids/link.html", round=round_, form=form)
    if not form.validate():
        return page(), 422
    with typed_into(form, page):
        sent = sending.sent_with(round_, form.code.data)
    return render_template(
        "call/bids/confirm.html",
        sent=sent,
        is_expired=sent.expires_at <= now(),
        code=form.code.data,
        answers=answers_of(sent.new, round_),
    )


@door.post("/confirm")
def confirm(slug: str) -> ResponseReturnValue:
    """Let the bid stand, and sign its contact in. Colleagues with other duties sign in as they always do."""
    begin_write()
    round_, code = open_round_called(slug), request.form.get("code", "")
    try:
        bid = confirm_bid(sending.sent_with(round_, code))
    except sending.AlreadyConfirmed as already:
        if not (current_user.is_authenticated and Role.GROUP_CONTACT in current_user.roles):
            raise
        flash(str(already))
        return redirect(url_for("bids_group.bids"))
    db.session.commit()
    return _welcome(bid)


def _welcome(bid: Bid) -> ResponseReturnValue:
    """Say that the bid stands, to its contact, who has just proven the address."""
    step = bid.history[-1]
    contact = db.session.get(Account, step.account_id) if step.account_id else None
    is_let_in = contact is not None and contact.roles == {Role.GROUP_CONTACT}
    if contact and is_let_in:
        begin_session(contact)
    flash(f"Your bid stands. Its number is {bid.reference}. {step.reason}", "success")
    return redirect(url_for("bids_group.bids") if is_let_in else url_for("rounds.one_round", slug=bid.round.slug))


@door.post("/again")
def send_again(slug: str) -> ResponseReturnValue:
    """Write the letter again, to the address that it went to before, because its link is out of date."""
    begin_write()
    round_, code = open_round_called(slug), request.form.get("code", "")
    sending.send_letter_again(sending.sent_with(round_, code))
    db.session.commit()
    flash("We have sent a new letter. Use the link in it.", "success")
    return redirect(url_for("rounds.one_round", slug=slug))
