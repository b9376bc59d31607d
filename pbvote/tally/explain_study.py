"""How close a bid came, and how firm an outcome is, in sentences that a resident understands."""

from pbvote.core.saying import ENGLISH, Speech
from pbvote.tally.closeness import Closeness
from pbvote.tally.election import Election
from pbvote.tally.explain import Money
from pbvote.tally.margin import Margin


def explain_closeness(close: Closeness, election: Election, money: Money, say: Speech = ENGLISH) -> str:
    """How close a bid came, in a few sentences; empty if nothing would have funded it, or if it is funded."""
    said = []
    if close.more_ballots is not None:
        said.append(_enough(close, close.more_ballots, say, has_votes=election.ballots.kind.has_votes))
        if close.more_ballots > 1:
            said.append(say.gettext("One fewer would not have been enough."))
    if close.smaller_ask is not None:
        said.append(say.gettext("Asking for %(money)s less would have been enough.", money=money(close.smaller_ask)))
    return say.together(said)


def _enough(close: Closeness, more: int, say: Speech, *, has_votes: bool) -> str:
    """How many more votes, or ballots with so many points, would have funded a bid."""
    if has_votes:
        return say.ngettext(
            "%(num)s more vote would have been enough.", "%(num)s more votes would have been enough.", more
        )
    points = say.ngettext("%(num)s point", "%(num)s points", close.points)
    if close.others:
        return say.ngettext(
            "%(num)s more ballot with %(points)s for this bid and %(others)s for each other would have been enough.",
            "%(num)s more ballots with %(points)s for this bid and %(others)s for each other would have been enough.",
            more,
            points=points,
            others=str(close.others),
        )
    return say.ngettext(
        "%(num)s more ballot with %(points)s for this bid and none for the others would have been enough.",
        "%(num)s more ballots with %(points)s for this bid and none for the others would have been enough.",
        more,
        points=points,
    )


def explain_margin(margin: Margin, say: Speech = ENGLISH) -> str:
    """How many ballots stood between the outcome and another one, in a few sentences."""
    if margin.at_least is None:
        return say.gettext("However many ballots were missing, every award would have stayed the same.")
    if margin.at_least == 0:
        return say.gettext("A tie still waits for its draw, so the awards are not settled.")
    said = [_changed(margin.enough, say)]
    if margin.enough and margin.enough > margin.at_least:
        said.append(say.gettext("Perhaps even fewer could have."))
    if margin.at_least > 1:
        too_few = margin.at_least - 1
        said.append(
            say.ngettext(
                "%(num)s fewer could not, whichever it was.", "%(num)s fewer could not, whichever they were.", too_few
            )
        )
    return say.together(said)


def _changed(enough: int | None, say: Speech) -> str:
    """How many ballots were found that could have changed an award."""
    if enough is None:
        return say.gettext("No ballots were found whose absence could have changed an award.")
    return say.ngettext(
        "%(num)s fewer ballot could have changed an award.",
        "%(num)s fewer ballots could have changed an award.",
        enough,
    )
