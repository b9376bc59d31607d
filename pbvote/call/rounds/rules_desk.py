"""How a locality votes and counts: chosen, tried out and shown, for organisers."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.call.rounds import service
from pbvote.call.rounds.ballot_forms import HALL_RULES, KIND_NOTES, KINDS, BallotRulesForm, RuleForm
from pbvote.call.rounds.breaking import USUAL_BALLOTS, trials
from pbvote.call.rounds.made_hall import ONE_GROUP, SHARE_PENCE
from pbvote.call.rounds.models import Share
from pbvote.call.rounds.round_forms import HallForm
from pbvote.call.rounds.settling import held_share, settle_everywhere
from pbvote.call.rounds.ten_bids import worked_example
from pbvote.db import begin_write, db
from pbvote.tally import RULE_KINDS, BallotKind, BallotRules, Rule

door = desk_door("rules", __name__, url_prefix="/desk/shares/<int:share_id>")


def _share(share_id: int) -> Share:
    return db.session.get(Share, share_id) or abort(404)


def _unlocked_share(share_id: int) -> Share:
    """The share, held until the commit, as long as its rules can still change. Raises `RulesLocked`."""
    share = held_share(share_id) or abort(404)
    if share.is_locked:
        raise service.RulesLocked
    return share


def _settle(share: Share, settings: dict[str, object], *, everywhere: bool) -> str:
    """Change the settings here or in every locality that can still change; which these are, in words."""
    if everywhere:
        return " and ".join(settle_everywhere(share, settings))
    service.settle_share(share, settings)
    return share.locality.name


@door.get("/ballot")
def ballot(share_id: int) -> ResponseReturnValue:
    """How residents vote: each kind as a picture, and the numbers of the one that is looked at."""
    share = _share(share_id)
    kind = request.args.get("kind", type=BallotKind)
    return _ballot_page(share, BallotRulesForm.showing(_usual(share, kind), kind))


def _usual(share: Share, kind: BallotKind | None) -> BallotRules:
    """The locality's own rules; of a kind that it has not chosen, the usual ones."""
    return share.ballot_rules if kind in {None, share.ballot_rules.kind} else USUAL_BALLOTS[kind]


def _ballot_page(share: Share, form: BallotRulesForm) -> str:
    kinds = [(kind, words, KIND_NOTES[kind]) for kind, (words, _) in KINDS.items()]
    return render_template("call/rounds/ballot.html", form=form, share=share, kinds=kinds)


@door.post("/ballot")
def choose_ballot(share_id: int) -> ResponseReturnValue:
    """Store how residents vote."""
    begin_write()
    share = _unlocked_share(share_id)
    form = BallotRulesForm()
    if not form.validate():
        return _ballot_page(share, form), 422
    where = _settle(share, {"ballot_rules": form.rules}, everywhere=form.everywhere.data)
    db.session.commit()
    flash(f"How {where} votes is saved.", "success")
    return redirect(url_for("rules_desk.ballot", share_id=share_id))


@door.get("/rule")
def rule(share_id: int) -> ResponseReturnValue:
    """How votes become awards: each rule in a sentence, and what the one that is looked at makes of ten bids."""
    share = _share(share_id)
    shown = request.args.get("name", "")
    return _rule_page(share, RuleForm.showing(share.count_rule, shows_ballots=share.shows_ballots, name=shown))


def _rule_page(share: Share, form: RuleForm) -> str:
    shown = share.count_rule if form.chosen in {"", share.count_rule.name} else Rule(form.chosen, share.count_rule.ties)
    example = worked_example(share.ballot_rules, shown, share.round.currency)
    rules = [RULE_KINDS[name] for name in HALL_RULES]
    return render_template(
        "call/rounds/rule.html", form=form, share=share, rules=rules, kind=shown.kind, example=example
    )


@door.post("/rule")
def choose_rule(share_id: int) -> ResponseReturnValue:
    """Store how votes become awards."""
    begin_write()
    share = _unlocked_share(share_id)
    form = RuleForm()
    if not form.validate():
        return _rule_page(share, form), 422
    where = _settle(share, form.settings, everywhere=form.everywhere.data)
    db.session.commit()
    flash(f"The rule of {where} is saved.", "success")
    return redirect(url_for("rules_desk.rule", share_id=share_id))


@door.get("/break-my-rule")
def break_my_rule(share_id: int) -> ResponseReturnValue:
    """What each ballot and each rule would do if a part of the hall came for one group alone."""
    share = _share(share_id)
    form = HallForm.asked(request.args)
    is_sound = form.is_sound()
    tried = trials(form.hall, share.ballot_rules, share.count_rule) if is_sound else []
    page = render_template(
        "call/rounds/break_my_rule.html",
        form=form,
        share=share,
        trials=tried,
        asked_pence=sum(bid.ask for bid in form.hall.bids) if is_sound else 0,
        share_pence=SHARE_PENCE,
        one=ONE_GROUP,
    )
    return page, 200 if is_sound else 422
