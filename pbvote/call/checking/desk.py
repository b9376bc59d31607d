"""The bids board and each bid's page, for organisers: checking, asking, declaring interests."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.call.bids import sending
from pbvote.call.bids.answers import answers_of, as_typed
from pbvote.call.bids.models import Bid, BidState
from pbvote.call.bids.service import bid_numbered
from pbvote.call.checking import board as boards
from pbvote.call.checking import checklist, interests, kept_letters, queries
from pbvote.call.checking.forms import InterestForm, QueryForm, RefusalForm, ticks_form, ticks_in
from pbvote.call.checking.models import Interest, Query
from pbvote.call.checking.view import BidPage
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.service import round_called
from pbvote.config import LANGUAGES
from pbvote.db import begin_write, db
from pbvote.fields import Form
from pbvote.people.models import Account

door = desk_door("checking", __name__, url_prefix="/desk/bids")
PAGE = 100
COLUMNS = (BidState.RECEIVED, BidState.SHORTLISTED, BidState.REFUSED, BidState.WITHDRAWN)
MOST_CARDS = 30


def _bid(bid_id: int) -> Bid:
    return bid_numbered(bid_id) or abort(404)


@door.get("/round/<slug:slug>")
def board(slug: str) -> ResponseReturnValue:
    """The round's bids as a table or in columns, filtered and in the order that was chosen."""
    return board_page(round_called(slug) or abort(404))


def board_page(round_: Round, ticked: frozenset[int] = frozenset()) -> str:
    """The board as the address asks for it."""
    chosen, lines = boards.filter_asked(round_, request.args), boards.lines_of(round_)
    shown = chosen.of(lines)
    last = max(1, -(-len(shown) // PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), last)
    return render_template(
        "call/checking/board.html",
        round=round_,
        lines=shown[(number - 1) * PAGE : number * PAGE],
        columns=[(state, [line for line in shown if line.state is state]) for state in COLUMNS],
        found=boards.Found(len(shown), sum(line.ask_pence for line in shown), number, last),
        bars=boards.bars_of(round_.shares, lines),
        chosen=chosen,
        ticked=ticked,
        has_columns=request.args.get("view") == "columns",
        flags=boards.FLAGS,
        orders=boards.ORDERS,
        states=COLUMNS,
        most_cards=MOST_CARDS,
        references={line.id: line.reference for line in lines},
        drafted=sum(line.draft is not None for line in lines),
        unconfirmed=len(sending.unconfirmed_bids(round_)),
    )


@door.get("/<int:bid_id>")
def bid(bid_id: int) -> ResponseReturnValue:
    """One bid, whole, with what was found, asked and decided."""
    return bid_page(bid_id)


def bid_page(
    bid_id: int, *, refusal: RefusalForm | None = None, query: QueryForm | None = None, ticks: Form | None = None
) -> str:
    """The page of a bid, with the form that was sent in its place."""
    shown = BidPage.of(bid_id, current_user) or abort(404)
    return render_template(
        "call/checking/one_bid.html",
        shown=shown,
        bid=shown.bid,
        answers=answers_of(as_typed(shown.bid), shown.bid.round),
        refusal=refusal or RefusalForm(formdata=None),
        query_form=query or QueryForm.fresh(),
        ticks_form=ticks or ticks_form(shown.rules.questions, shown.newest_ticks),
        form=next((form for form in (refusal, query, ticks) if form is not None), None),
        languages=LANGUAGES[1:],
    )


@door.get("/<int:bid_id>/letters/<int:letter_id>")
def letter(bid_id: int, letter_id: int) -> ResponseReturnValue:
    """What the bid's group was written, without the codes of its links."""
    shown = kept_letters.letter_of(bid_id, letter_id) or abort(404)
    return render_template(
        "call/checking/letter.html",
        letter=shown,
        bid=shown.bid,
        to_whom=kept_letters.to_whom(shown),
        how_far=kept_letters.how_far(shown),
    )


@door.get("/<int:bid_id>/next")
def next_bid(bid_id: int) -> ResponseReturnValue:
    """The next bid that waits for a decision; the board where there is none."""
    return to_next_bid(db.session.get(Bid, bid_id) or abort(404))


def to_next_bid(bid: Bid) -> ResponseReturnValue:
    """Lead on to the next bid that waits for a decision by this account."""
    found = boards.next_bid(bid.round_id, bid.id, interests.groups_close_to(current_user))
    if found is None:
        flash("No other bid waits for a decision.")
        return redirect(url_for("checking_desk.board", slug=bid.round.slug))
    return redirect(url_for("checking_desk.bid", bid_id=found))


@door.post("/<int:bid_id>/ticks")
def tick(bid_id: int) -> ResponseReturnValue:
    """Store what was found about the checklist."""
    begin_write()
    bid = _bid(bid_id)
    checklist.require_checkable(bid, current_user)
    questions = checklist.rules_of(bid.round_id).questions
    form = ticks_form(questions, {})
    found = ticks_in(form, questions) if form.validate() else None
    if found is None:
        return bid_page(bid_id, ticks=form), 422
    checklist.tick(bid, found, current_user)
    db.session.commit()
    flash("The checklist is saved.", "success")
    return redirect(url_for("checking_desk.bid", bid_id=bid_id))


@door.post("/<int:bid_id>/query")
def ask(bid_id: int) -> ResponseReturnValue:
    """Mail the group a question."""
    begin_write()
    bid, form = _bid(bid_id), QueryForm()
    queries.require_askable(bid, current_user)
    if not form.validate():
        return bid_page(bid_id, query=form), 422
    queries.ask(bid, form.question.data, form.answer_by.given, current_user)
    db.session.commit()
    flash("The question is on its way. The bid waits for the answer.", "success")
    return redirect(url_for("checking_desk.bid", bid_id=bid_id))


@door.post("/queries/<int:query_id>/cancel")
def cancel_query(query_id: int) -> ResponseReturnValue:
    """Take a question back."""
    begin_write()
    query = db.session.get(Query, query_id) or abort(404)
    queries.cancel_query(query, current_user)
    db.session.commit()
    flash("The question is taken back. Its link no longer works.", "success")
    return redirect(url_for("checking_desk.bid", bid_id=query.bid_id))


@door.get("/<int:bid_id>/interest")
def interest(bid_id: int) -> ResponseReturnValue:
    """The form that says who belongs to the group."""
    return _interest_page(_bid(bid_id), InterestForm.among(interests.who_may_belong(), current_user))


def _interest_page(bid: Bid, form: InterestForm) -> str:
    return render_template("call/checking/interest.html", bid=bid, form=form)


@door.post("/<int:bid_id>/interest")
def declare(bid_id: int) -> ResponseReturnValue:
    """Record who belongs to the group."""
    begin_write()
    bid = _bid(bid_id)
    form = InterestForm.among(interests.who_may_belong(), current_user)
    if not form.validate():
        return _interest_page(bid, form), 422
    account = db.session.get_one(Account, int(form.account.data))
    interests.declare_interest(bid, account, form.what.data, current_user)
    db.session.commit()
    flash(f"Recorded. {account.name} decides nothing about this group’s bids.", "success")
    return redirect(url_for("checking_desk.bid", bid_id=bid_id))


@door.post("/<int:bid_id>/interests/<int:interest_id>/end")
def end_interest(bid_id: int, interest_id: int) -> ResponseReturnValue:
    """End a declaration that no longer holds."""
    begin_write()
    declared = db.session.get(Interest, interest_id) or abort(404)
    interests.end_interest(declared, current_user)
    db.session.commit()
    flash("The declaration is ended. It stays on record.", "success")
    return redirect(url_for("checking_desk.bid", bid_id=bid_id))
