"""What happened to each bid, in a few short sentences that a resident understands: each word of them true."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from pbvote.core.saying import ENGLISH, N_, Speech
from pbvote.tally.election import Election
from pbvote.tally.outcome import Offer, Outcome, Step, Verdict
from pbvote.tally.rules import Rule, TieKey, Utilities
from pbvote.tally.smaller import explain_smaller

_NO_TURN = (Verdict.WITHDRAWN, Verdict.NO_VOTES, Verdict.BELOW_THRESHOLD, Verdict.BELOW_MEAN, Verdict.EXCLUDED)
_FEWEST_PLACES = 2  # of an average

Money = Callable[[int], str]  # minor units -> "£3,043.69"

# By what bids are compared. Each sentence stands whole in each of its variants, so that it can be translated.
_VOTES, _POINTS, _MEAN, _PACE = "votes", "points", "mean", "pace"

_NONE: Mapping[str, str] = {
    _VOTES: N_("Not funded: it had no votes."),
    _POINTS: N_("Not funded: it had no points."),
}
_LEVEL: Mapping[str, str] = {
    _VOTES: N_("It had as many votes as %(names)s."),
    _POINTS: N_("It had as many points as %(names)s."),
    _MEAN: N_("It had the same average as %(names)s."),
    _PACE: N_("It was level with %(names)s."),
}
_SETTLED_BY: Mapping[TieKey, str] = {
    TieKey.CHEAPER: N_("The bid that asks for less goes first."),
    TieKey.VOTES: N_("The bid that more people voted for goes first."),
    TieKey.DRAW: N_("Names drawn in the room put them in order."),
    TieKey.LOT: N_("The lot put them in order."),
    TieKey.LISTED: N_("The one listed first goes first."),
}
_THEN_BY: Mapping[TieKey, str] = {
    TieKey.CHEAPER: N_("If they are still level, the one that asks for less goes first."),
    TieKey.VOTES: N_("If they are still level, the one that more people voted for goes first."),
    TieKey.DRAW: N_("If they are still level, names drawn in the room put them in order."),
    TieKey.LOT: N_("If they are still level, the lot puts them in order."),
    TieKey.LISTED: N_("If they are still level, the one listed first goes first."),
}
_RANK: Mapping[tuple[str, bool], str] = {  # by what, and whether another bid was level
    (_VOTES, False): N_("Funded: %(total)s, the most of those left."),
    (_VOTES, True): N_("Funded: %(total)s, as many as any of those left."),
    (_MEAN, False): N_("Funded: %(total)s, the highest of those left."),
    (_MEAN, True): N_("Funded: %(total)s, as high as any of those left."),
}
_ENDED_AT: Mapping[tuple[str, bool], str] = {  # by what, and whether the two bids were level
    (_VOTES, False): N_("The count had ended at %(name)s, which had more votes."),
    (_VOTES, True): N_("The count had ended at %(name)s, which had as many votes."),
    (_POINTS, False): N_("The count had ended at %(name)s, which had more points."),
    (_POINTS, True): N_("The count had ended at %(name)s, which had as many points."),
    (_MEAN, False): N_("The count had ended at %(name)s, which had a higher average."),
    (_MEAN, True): N_("The count had ended at %(name)s, which had the same average."),
    (_PACE, False): N_("The count had ended at %(name)s before its supporters had earned %(ask)s."),
    (_PACE, True): N_("The count had ended at %(name)s."),
}
_PAID: Mapping[str, str] = {
    _VOTES: N_("Its supporters paid its %(ask)s together, at most %(price)s each."),
    _POINTS: N_("Its supporters paid its %(ask)s together, at most %(price)s for each point."),
}
_CHEAPEST: Mapping[Utilities, str] = {
    Utilities.COST: N_("No bid left was cheaper for its size."),
    Utilities.CARDINALITY: N_("No bid left was cheaper."),
}
_OFFERED: Mapping[tuple[bool, bool], str] = {  # whether all that is left, and whether another bid has to decline first
    (True, False): N_("It is offered %(money)s, what is left."),
    (True, True): N_("It is offered %(money)s, what is left, if %(name)s declines."),
    (False, False): N_("It is offered %(money)s of the %(left)s that is left."),
    (False, True): N_("It is offered %(money)s of the %(left)s that is left if %(name)s declines."),
}


def explain(
    outcome: Outcome,
    election: Election,
    rule: Rule,
    money: Money,
    say: Speech = ENGLISH,
    titles: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """A few sentences for each bid of `outcome`, by its reference.

    `money` writes an amount in minor units as a resident reads it; `titles` are the bids' names by their references,
    where a page calls them otherwise than the election does.
    """
    said = explain_sentences(outcome, election, rule, money, say, titles)
    return {ref: say.together(sentences) for ref, sentences in said.items()}


def explain_sentences(
    outcome: Outcome,
    election: Election,
    rule: Rule,
    money: Money,
    say: Speech = ENGLISH,
    titles: Mapping[str, str] | None = None,
) -> dict[str, list[str]]:
    """The same sentences one by one: the first says what became of a bid, those after it say why."""
    names = {bid.ref: bid.title or bid.ref for bid in election.bids} | dict(titles or {})
    teller = _Teller(outcome, election, rule, money, say, names)
    said = {step.ref: [*teller.sentences(step)] for step in outcome.steps}
    before = ""
    for offer in outcome.offers:
        said[offer.ref].append(teller.offer(offer, before))
        before = offer.ref
    return said


class _Teller:
    """Tells of the bids of one outcome."""

    def __init__(
        self, outcome: Outcome, election: Election, rule: Rule, money: Money, say: Speech, names: Mapping[str, str]
    ) -> None:
        self._outcome = outcome
        self._steps = {step.ref: step for step in outcome.steps}
        self._turns = [step for step in outcome.steps if step.verdict not in _NO_TURN]
        self._asks = {bid.ref: bid.ask for bid in election.bids}
        self._unit = _VOTES if election.ballots.kind.has_votes else _POINTS
        self._rule = rule
        self._money = money
        self._say = say
        self._names = names

    def sentences(self, step: Step) -> Iterator[str]:
        """What happened to a bid, and what the tie keys did where it was level with others."""
        yield from self._verdict(step)
        if step.tied_with:
            unit = self._compared_by if self._rule.kind.is_greedy else _PACE
            yield self._say.gettext(_LEVEL[unit], names=self._say.listed(self._names[ref] for ref in step.tied_with))
            yield from self._settled(step)
        elif self._order_was_idle(step):
            yield self._say.gettext("Every bid that was level with it was funded, so their order made no difference.")

    def offer(self, offer: Offer, before: str) -> str:
        """The offer of a part of what a bid asked for; `before` is the bid that has to decline it first, if any."""
        sentence = _OFFERED[offer.amount == self._outcome.left, bool(before)]
        sums = {"money": self._money(offer.amount), "left": self._money(self._outcome.left)}
        return self._say.gettext(sentence, name=self._names.get(before, ""), **sums)

    @property
    def _compared_by(self) -> str:
        return _MEAN if self._rule.by_mean else self._unit

    def _settled(self, step: Step) -> Iterator[str]:
        """The tie keys that put the bid in its place: those that could part the level bids, up to the last that did."""
        if step.settled_by is None:
            return
        ties = self._rule.ties
        used = ties[: ties.index(step.settled_by) + 1] if step.settled_by in ties else ()
        asks = {self._asks[ref] for ref in (step.ref, *step.tied_with)}
        voters = {self._steps[ref].voters for ref in (step.ref, *step.tied_with)}
        idle = {TieKey.CHEAPER} if len(asks) == 1 else set()
        idle |= {TieKey.VOTES} if len(voters) == 1 else set()
        first, *others = [key for key in used if key not in idle] or [step.settled_by]
        yield self._say.gettext(_SETTLED_BY[first])
        yield from (self._say.gettext(_THEN_BY[key]) for key in others)

    def _verdict(self, step: Step) -> Iterator[str]:
        say, total = self._say, self._total(step)
        match step.verdict:
            case Verdict.FUNDED | Verdict.TOPPED_UP:
                yield from self._funded(step, total)
            case Verdict.TIED:
                ask, left = self._money(step.ask), self._money(step.left_before)
                yield say.gettext("Tied: %(total)s.", total=total)
                yield say.gettext("It asked for %(ask)s and %(left)s is left.", ask=ask, left=left)
                yield say.gettext("The order is drawn in the room.")
            case Verdict.AFTER_TIE:
                yield say.gettext("Not decided yet: %(total)s.", total=total)
                yield say.gettext("The tie above it must be settled first.")
            case Verdict.WITHDRAWN:
                yield say.gettext("Withdrawn: %(total)s.", total=total)
                yield say.gettext("Votes for it no longer count.")
            case Verdict.NO_VOTES:
                yield say.gettext(_NONE[self._unit])
            case Verdict.BELOW_MEAN:
                yield from self._below_mean(step)
            case Verdict.DOES_NOT_FIT if not step.short_in:
                yield say.gettext("Passed over: %(total)s.", total=total)
                yield self._too_dear(step)
                yield from self._smaller(step)
            case _:
                yield say.gettext("Not funded: %(total)s.", total=total)
                yield from self._reason(step)

    def _reason(self, step: Step) -> Iterator[str]:
        """Why a bid that had votes or points is not funded."""
        say, name = self._say, self._names.get(step.because_of, "")
        match step.verdict:
            case Verdict.DOES_NOT_FIT | Verdict.STOPPED if step.short_in:
                short = self._money(step.needed)
                sentence = N_("%(name)s, which was to bear a part of it, had %(needed)s too little left.")
                yield say.gettext(sentence, name=step.short_in, needed=short)
            case Verdict.STOPPED:
                yield self._too_dear(step)
                yield say.gettext("The count ends here.")
            case Verdict.AFTER_STOP:
                yield self._stop(step)
            case Verdict.NOT_AFFORDED:
                ask, left = self._money(step.ask), self._money(step.ask - step.needed)
                sentence = N_("It asked for %(ask)s, and its supporters had %(left)s left between them.")
                yield say.gettext(sentence, ask=ask, left=left)
            case Verdict.BELOW_THRESHOLD:
                least, short = say.number(self._rule.threshold), say.number(step.needed)
                yield say.gettext("A bid needs at least %(least)s; %(short)s short.", least=least, short=short)
            case Verdict.EXCLUDED:
                yield say.gettext("Only one of it and %(name)s can be funded, and %(name)s came first.", name=name)

    def _too_dear(self, step: Step) -> str:
        return self._say.gettext(
            "It asked for %(ask)s and only %(left)s was left; %(needed)s short.",
            ask=self._money(step.ask),
            left=self._money(step.left_before),
            needed=self._money(step.needed),
        )

    def _smaller(self, step: Step) -> Iterator[str]:
        smaller = explain_smaller(step, self._outcome, self._rule, has_votes=self._unit == _VOTES, say=self._say)
        if smaller:
            yield smaller

    def _stop(self, step: Step) -> str:
        """The bid at which the count had ended, and what put it before this one."""
        name, ask = self._names[step.because_of], self._money(step.ask)
        is_level = self._worth(self._steps[step.because_of]) == self._worth(step)
        key = (_PACE, bool(step.tied_with)) if self._rule.name == "phragmen" else (self._compared_by, is_level)
        return self._say.gettext(_ENDED_AT[key], name=name, ask=ask)

    def _funded(self, step: Step, total: str) -> Iterator[str]:
        """A bid that gets its money: how it came by it, and what was left."""
        say, ask, left = self._say, self._money(step.ask), self._money(step.left_before)
        if self._rule.kind.is_greedy and step.verdict is Verdict.FUNDED:
            yield say.gettext(_RANK[_MEAN if self._rule.by_mean else _VOTES, self._is_level(step)], total=total)
        else:
            yield say.gettext("Funded: %(total)s.", total=total)
        if step.verdict is Verdict.TOPPED_UP:
            sentence = N_("It asked for %(ask)s and %(left)s was left; other money adds the missing %(missing)s.")
            yield say.gettext(sentence, ask=ask, left=left, missing=self._money(step.needed))
        elif self._rule.kind.shares_equally and step.price:
            yield say.gettext(_PAID[self._unit], ask=ask, price=self._money(step.price))
            yield say.gettext(_CHEAPEST[self._rule.utilities])
            yield say.gettext("%(left)s was left.", left=self._money(step.left_after))
        elif self._rule.name == "phragmen":
            sentence = N_("Its supporters were the first to earn the %(ask)s it asked for; %(left)s was left.")
            yield say.gettext(sentence, ask=ask, left=left)
        elif step.left_after == 0:
            yield say.gettext("It asked for %(ask)s, exactly what was left.", ask=ask)
        else:
            yield say.gettext("It asked for %(ask)s and %(left)s was left.", ask=ask, left=left)

    def _is_level(self, step: Step) -> bool:
        """Whether a bid that had no turn yet was worth as much."""
        later = self._turns[self._turns.index(step) + 1 :] if step in self._turns else []
        return bool(step.tied_with) or any(self._worth(other) == self._worth(step) for other in later)

    def _order_was_idle(self, step: Step) -> bool:
        """Whether bids were level and there was enough for all of them, so that no tie key was asked."""
        level = [other for other in self._turns if self._worth(other) == self._worth(step)]
        is_enough = all(other.verdict is Verdict.FUNDED and not other.tied_with for other in level)
        return self._rule.kind.is_greedy and step in level and len(level) > 1 and is_enough

    def _worth(self, step: Step) -> Fraction:
        return step.mean if self._rule.by_mean else Fraction(step.total)

    def _total(self, step: Step) -> str:
        """A bid's votes or points, or their average where that is what counts."""
        if self._rule.by_mean:
            return self._say.gettext("%(number)s points on average", number=_decimal(step.mean, _FEWEST_PLACES))
        if self._unit == _VOTES:
            return self._say.ngettext("%(num)s vote", "%(num)s votes", step.total)
        return self._say.ngettext("%(num)s point", "%(num)s points", step.total)

    def _below_mean(self, step: Step) -> Iterator[str]:
        """An average that is too low, with so many decimals that it is seen to be lower than the minimum."""
        mean, minimum = step.mean, self._rule.minimum_mean or Fraction(0)
        places = _FEWEST_PLACES
        while _decimal(mean, places) == _decimal(minimum, places):
            places += 1
        yield self._say.ngettext(
            "Not funded: %(mean)s points on average from %(num)s ballot.",
            "Not funded: %(mean)s points on average from %(num)s ballots.",
            step.voters,
            mean=_decimal(mean, places),
        )
        yield self._say.gettext("A bid needs at least %(least)s.", least=_decimal(minimum, places))


def _decimal(number: Fraction, places: int) -> str:
    """A number rounded to so many places behind the point."""
    digits = f"{abs(round(number * 10**places)):0{places + 1}d}"
    return f"{'-' * (number < 0)}{digits[:-places]}.{digits[-places:]}"
