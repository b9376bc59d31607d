"""Published results, for anyone: the outcome, and all with which it can be checked."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.addresses import seal_page
from pbvote.core.qr import qr_svg
from pbvote.db import db
from pbvote.filters import kept_language, speak_languages
from pbvote.vote.count.account_words import sections_of
from pbvote.vote.count.models import Seal
from pbvote.vote.count.outcome import election_of
from pbvote.vote.count.picture import AddingUp
from pbvote.vote.count.published import recount_digest
from pbvote.vote.count.sealing import seal_words
from pbvote.vote.count.study import how_close
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called
from pbvote.vote.residents.volunteers import is_too_late
from pbvote.vote.results.speech import SPEECH
from pbvote.vote.results.telling import close_in_words
from pbvote.vote.results.view import OutcomeShown, SealShown, rules_beside, told_beside

CACHE_SECONDS = 300
door = public_door("results", __name__, url_prefix="/results")
speak_languages(door)


def _published(slug: str) -> OutcomeShown:
    """The event's outcome, once it is published; else 404."""
    event = event_called(slug)
    if event is None or not event.is_public:
        abort(404)
    return OutcomeShown.of(event) or abort(404)


@door.get("/<slug:slug>")
def result(slug: str) -> ResponseReturnValue:
    """The outcome of an event, step by step; until it is public, a 404 whose page says what comes first.

    That page is the same whatever the state of the poll, so it tells nobody how far the count has come.
    """
    event = event_called(slug) or abort(404)
    if not event.is_public:
        return render_template("vote/results/not_public.html", event=event), 404
    shown = _published(slug)
    return render_template(
        "vote/results/result.html",
        event=shown.event,
        shown=shown,
        recount=recount_digest(),
        takes_hands=shown.event.has_page and not is_too_late(shown.event),
    )


def _sealed(slug: str) -> tuple[Event, Seal]:
    """A published event of our own and what its count fixed; else 404."""
    event = _published(slug).event
    return event, db.session.get(Seal, event.id) or abort(404)


@door.get("/<slug:slug>/check-numbers")
def check_numbers(slug: str) -> ResponseReturnValue:
    """Every check number: the same page for everybody. It is searched in the browser, so nobody learns who looks."""
    event, seal = _sealed(slug)
    return render_template("vote/results/check_numbers.html", event=event, numbers=seal.check_numbers)


@door.get("/<slug:slug>/account")
def account(slug: str) -> ResponseReturnValue:
    """The code account, as the count fixed it: whether the slips add up."""
    event, seal = _sealed(slug)
    return render_template(
        "vote/results/account.html",
        event=event,
        account=seal.account,
        shown=AddingUp.of(seal.account, SPEECH),
        sections=sections_of(seal.account, SPEECH),
        mismatches=seal.account.mismatches_said(SPEECH),
        words=seal_words(event),
    )


@door.get("/<slug:slug>/seal")
def seal(slug: str) -> ResponseReturnValue:
    """The seal, for the hall's screen and for phones, as soon as it is made. It says nothing of the outcome."""
    event = event_called(slug) or abort(404)
    sealed = SealShown.of(event) or abort(404)
    return render_template("vote/results/seal.html", event=event, seal=sealed, picture=qr_svg(seal_page(slug)))


@door.get("/<slug:slug>/other-rules")
def others(slug: str) -> ResponseReturnValue:
    """What other rules would have funded: not the result."""
    shown = _published(slug)
    if not shown.shows_totals:
        abort(404)
    back = url_for("results.result", slug=slug, **kept_language())
    rules = rules_beside(shown)
    beside = {"shown": shown, "rules": rules, "told": told_beside(shown, rules), "back": back, "is_at_desk": False}
    return render_template("vote/results/other_rules.html", event=shown.event, **beside)


@door.get("/<slug:slug>/close/<path:reference>")
def close(slug: str, reference: str) -> ResponseReturnValue:
    """How close one bid came: worked out when somebody asks, since in a city it takes seconds."""
    shown = _published(slug)
    step = next((step for step in shown.steps if step.bid.reference == reference), None)
    if step is None or step.is_funded or not shown.shows_totals:
        abort(404)
    election = election_of(shown.event, with_ballots=False)
    words = close_in_words(shown.event, how_close(shown.event, reference), election)
    return render_template("vote/results/close.html", event=shown.event, step=step, words=words)
