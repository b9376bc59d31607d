"""Forms for the ballot and the count rule of a share: what the tally package offers, as an organiser chooses it."""

from typing import Any

from pbvote.fields import ChoiceField, Form, IntegerField
from pbvote.tally import RULE_KINDS, BallotKind, BallotRules, Rule, TieKey

TIE_LISTS: dict[str, tuple[str, tuple[TieKey, ...]]] = {
    "draw": (
        "The bid that asks for less, then the one that more people voted for, then names drawn in the room",
        (TieKey.CHEAPER, TieKey.VOTES, TieKey.DRAW),
    ),
    "votes-draw": (
        "The bid that more people voted for, then the one that asks for less, then names drawn in the room",
        (TieKey.VOTES, TieKey.CHEAPER, TieKey.DRAW),
    ),
    "draw-alone": ("Names drawn in the room", (TieKey.DRAW,)),
    "cheaper": ("The bid that asks for less, then a lot that anybody can check", (TieKey.CHEAPER, TieKey.LOT)),
    "votes": (
        "The bid that more people voted for, then the one that asks for less, then the lot",
        (TieKey.VOTES, TieKey.CHEAPER, TieKey.LOT),
    ),
    "lot": ("The lot alone", (TieKey.LOT,)),
}
HALL_RULES = ("greedy", "greedy-no-skip", "greedy-threshold", "equalshares/add1", "phragmen")
"""The rules of a hall. The others need facts that only an imported election has, or differ in a way that only
specialists ask for."""

MOST_NUMBER = 1000

PUBLISHED = {
    "marks": (
        "How many people gave each bid each mark",
        (
            "Safer: nobody can point to their own ballot in it. Whoever buys votes could ask for a rare pattern of "
            "marks, and look for it among whole ballots."
        ),
    ),
    "ballots": (
        "Whole ballots, without names and without slips",
        "Needed for Equal Shares, for Phragmén’s rule and for a lot: nobody could count again without them.",
    ),
}
"""What can be published of the ballots, in words and with what speaks for it."""


KINDS: dict[BallotKind, tuple[str, tuple[str, ...]]] = {
    BallotKind.SCORE: ("Give every bid a mark", ("best_mark",)),
    BallotKind.APPROVAL: ("Choose bids", ("least", "most")),
    BallotKind.KNAPSACK: ("Spend the share on bids", ()),
    BallotKind.RANKED: ("Put their favourite bids in order", ("most",)),
    BallotKind.CUMULATIVE: ("Share out points", ("points",)),
    BallotKind.CHOOSE_THEN_SCORE: ("Choose bids and give each a mark", ("least", "most", "best_mark")),
}
"""Each way of voting in words, and the numbers that it needs."""


def _where(number: str) -> str:
    """A hint that says which ways of voting need a number."""
    return "For: " + "; ".join(words.lower() for words, numbers in KINDS.values() if number in numbers)


class BallotRulesForm(Form):
    """How residents vote."""

    kind = ChoiceField(
        "How residents vote",
        choices=[(kind.value, words) for kind, (words, _) in KINDS.items()],
        required="Choose how residents vote",
    )
    best_mark = ChoiceField(
        "Marks go from 1 to", hint=_where("best_mark"), choices=[("5", "5"), ("10", "10")], is_conditional=True
    )
    least = IntegerField("Fewest bids to choose", hint=_where("least"), least=1, most=MOST_NUMBER, is_conditional=True)
    most = IntegerField("Most bids to choose", hint=_where("most"), least=1, most=MOST_NUMBER, is_conditional=True)
    points = IntegerField("Points to share out", hint=_where("points"), least=1, most=MOST_NUMBER, is_conditional=True)

    def validate(self, extra_validators: object = None) -> bool:
        """Each way of voting needs its own numbers."""
        is_valid = super().validate(extra_validators)
        numbers = KINDS[BallotKind(self.kind.data)][1] if is_valid else ()
        for field in (self[number] for number in numbers):
            if not field.data and not field.errors:
                field.errors = [f"Enter a number for “{field.label.text}”"]
                is_valid = False
        if "least" in numbers and self.least.data and self.most.data and self.least.given > self.most.given:
            self.refuse("The most can't be smaller than the fewest", "most")
            is_valid = False
        return is_valid

    @property
    def rules(self) -> BallotRules:
        """What the form says, as the tally's rules for a complete ballot."""
        kind = BallotKind(self.kind.data)
        match kind:
            case BallotKind.SCORE:
                return BallotRules(kind, min_points=1, max_points=int(self.best_mark.data), must_score_all=True)
            case BallotKind.APPROVAL:
                return BallotRules(kind, min_choices=self.least.given, max_choices=self.most.data)
            case BallotKind.KNAPSACK:
                return BallotRules(kind)
            case BallotKind.RANKED:
                return BallotRules(kind, max_choices=self.most.data)
            case BallotKind.CUMULATIVE:
                return BallotRules(kind, min_points=1, max_sum=self.points.data)
            case BallotKind.CHOOSE_THEN_SCORE:
                best = int(self.best_mark.data)
                return BallotRules(
                    kind, min_choices=self.least.given, max_choices=self.most.data, min_points=1, max_points=best
                )

    @classmethod
    def showing(cls, rules: BallotRules) -> "BallotRulesForm":
        """The form filled in with the present rules."""
        return cls(
            data={
                "kind": rules.kind.value,
                "best_mark": str(rules.max_points or 5),
                "least": rules.min_choices,
                "most": rules.max_choices,
                "points": rules.max_sum,
            }
        )


class RuleForm(Form):
    """How the votes are counted."""

    name = ChoiceField(
        "How the votes become awards",
        choices=[(name, RULE_KINDS[name].title) for name in HALL_RULES],
        hints={name: RULE_KINDS[name].sentence for name in HALL_RULES},
        required="Choose a rule",
    )
    threshold = IntegerField(
        "Fewest votes or points to be funded",
        hint="Only for the rule with a minimum",
        least=1,
        most=MOST_NUMBER,
        is_conditional=True,
    )
    ties = ChoiceField(
        "When two bids have equally many",
        choices=[(key, words) for key, (words, _) in TIE_LISTS.items()],
        required="Choose what settles a tie",
    )
    published = ChoiceField(
        "What is published of the ballots",
        hint="So that anybody can count again. With fewer than five voters it is neither: only the awards are.",
        choices=[(key, words) for key, (words, _) in PUBLISHED.items()],
        hints={key: why for key, (_, why) in PUBLISHED.items()},
        required="Choose what is published of the ballots",
    )

    def validate(self, extra_validators: object = None) -> bool:
        """The rule with a minimum needs its minimum."""
        is_valid = super().validate(extra_validators)
        if self.name.data == "greedy-threshold" and not self.threshold.data and not self.threshold.errors:
            self.refuse("Enter the fewest votes or points that a funded bid must have", "threshold")
            return False
        if is_valid and self.rule.needs_ballots and self.published.data != "ballots":
            self.refuse(
                "Nobody could count again by this rule, or draw this lot again, without whole ballots: publish them, "
                "or choose another rule or a draw",
                "published",
            )
            return False
        return is_valid

    @property
    def settings(self) -> dict[str, Any]:
        """What the form says, by the names of the share's columns."""
        return {"count_rule": self.rule, "publishes_ballots": self.published.data == "ballots"}

    @property
    def rule(self) -> Rule:
        """What the form says, as the tally's rule."""
        has_threshold = self.name.data == "greedy-threshold"
        return Rule(
            self.name.data,
            ties=TIE_LISTS[self.ties.data][1],
            threshold=self.threshold.given if has_threshold else 0,
        )

    @classmethod
    def showing(cls, rule: Rule, *, shows_ballots: bool) -> "RuleForm":
        """The form filled in with the present rule and what is published."""
        ties = next((key for key, (_, keys) in TIE_LISTS.items() if keys == rule.ties), None)
        published = "ballots" if shows_ballots else "marks"
        return cls(data={"name": rule.name, "threshold": rule.threshold or None, "ties": ties, "published": published})
