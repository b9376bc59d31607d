"""Choose: for LP members, on their phone."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import member_door
from pbvote.db import begin_write, db
from pbvote.tally import decode_choices
from pbvote.tally.ballots import ballot_of
from pbvote.vote.casting.forms import BallotForm
from pbvote.vote.choosing import members, service
from pbvote.vote.choosing.models import MemberChoice
from pbvote.vote.events.models import Event
from pbvote.vote.poll.paper import Line

door = member_door("choosing", __name__, url_prefix="/my/choosing")


def _event(slug: str) -> Event:
    return members.event_of_member(slug, current_user) or abort(404)


def _papers(event: Event) -> members.MembersPaper:
    return members.MembersPaper.of(event, members.left_out_by(event, current_user))


def _page(
    event: Event,
    ballot: BallotForm,
    left_out: Sequence[Line],
    chosen: MemberChoice | None,
    errors: Sequence[tuple[int | None, str]] = (),
) -> str:
    """The ballot, and the bids that are not this member's to choose."""
    shown = {"event": event, "ballot": ballot, "left_out": left_out, "chosen": chosen, "errors": errors}
    return render_template("vote/choosing/choose.html", **shown)


@door.get("/<slug:slug>")
def page(slug: str) -> ResponseReturnValue:
    """The bids to choose from; before them, whose groups the member belongs to."""
    event = _event(slug)
    if event.takes_choices and not members.has_stated(event, current_user):
        return redirect(url_for("interests_member.interests_page"))
    papers, chosen = _papers(event), members.choice_of(event, current_user)
    ballot = BallotForm.empty(papers.paper, "", 0)
    return _page(event, _filled(ballot, chosen) if chosen else ballot, papers.left_out.lines, chosen)


def _filled(ballot: BallotForm, chosen: MemberChoice) -> BallotForm:
    """The form as the member left it; what became an interest since is gone."""
    paper, kind = ballot.paper, ballot.paper.rules.kind
    marks = dict(ballot_of(kind, decode_choices(kind, chosen.choices)))
    numbered = {line.number: str(marks[ref]) for ref, line in paper.references.items() if ref in marks}
    return BallotForm(paper, "", 0, paper.definition, numbered)


@door.post("/<slug:slug>")
def choose(slug: str) -> ResponseReturnValue:
    """Keep what the member chose."""
    begin_write()
    event = _event(slug)
    papers = _papers(event)
    ballot = BallotForm.sent(papers.paper, request.form)
    if event.takes_choices and members.has_stated(event, current_user) and (errors := ballot.errors):
        chosen = members.choice_of(event, current_user)
        return _page(event, ballot, papers.left_out.lines, chosen, errors), 422
    service.choose(event, current_user, ballot.choices)
    db.session.commit()
    flash("We have your choice. You can change it until the choosing is closed.", "success")
    return redirect(url_for("choosing_member.page", slug=slug))
