"""Forms for the ballot and the count rule of a share: what the tally package offers, as an organiser chooses it.

A kind or a rule is chosen first, by its picture or its sentence. Then its page asks for what it needs alone.
"""

from typing import Any, Self

from pbvote.call.rounds.rule_words import TIE_LISTS, tie_key
from pbvote.fields import ChoiceField, Form, IntegerField, TickField
from pbvote.tally import RULE_KINDS, BallotKind, BallotRules, Rule

TIE_HINTS = {
    "draw": "More bids get something where the cheaper goes first. The draw is made in front of everybody.",
    "votes-draw": "Where residents give marks, four people who gave 5 go before two who gave 10.",
    "draw-alone": "Two bids of £1,000 with 40 votes each: both names go into a hat.",
    "cheaper": "Nobody draws: the computer works the order out of the ballots. It needs whole ballots to be published.",
    "votes": "As above, with the number of people first.",
    "lot": "The computer works the order out of the ballots. Nobody can know it before the last vote is in.",
}
HALL_RULES = (
    "greedy",
    "greedy-no-skip",
    "greedy-threshold",
    "equalshares",
    "equalshares/add1",
    "equalshares/add1u",
    "phragmen",
)
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

KIND_NOTES: dict[BallotKind, str] = {
    BallotKind.SCORE: "Every group is heard and judged. Takes about a minute for ten bids.",
    BallotKind.APPROVAL: "The quickest. Ask for three or more, so that nobody votes for their own group alone.",
    BallotKind.KNAPSACK: "Residents feel how far the money goes. Hard on paper: voters add up amounts.",
    BallotKind.RANKED: "Good where there are many bids. A first place is worth the most points.",
    BallotKind.CUMULATIVE: "Shows how strongly people feel. Whoever puts all points on one bid is heard most.",
    BallotKind.CHOOSE_THEN_SCORE: "For long lists: voters mark the few that they care about.",
}
"""What speaks for each way of voting, and against it."""


def _everywhere() -> TickField:
    return TickField("Use the same for every locality of this round whose slips are not printed")


class BallotRulesForm(Form):
    """How residents vote. `of_kind` keeps only the fields that one kind needs."""

    kind = ChoiceField(
        "How residents vote",
        choices=[(kind.value, words) for kind, (words, _) in KINDS.items()],
        required="Choose how residents vote",
    )
    best_mark = ChoiceField("Marks go from 1 to", choices=[("5", "5"), ("10", "10")], is_conditional=True)
    least = IntegerField("Fewest bids to choose", width=3, least=1, most=MOST_NUMBER, is_conditional=True)
    most = IntegerField("Most bids to choose", width=3, least=1, most=MOST_NUMBER, is_conditional=True)
    points = IntegerField("Points to share out", width=3, least=1, most=MOST_NUMBER, is_conditional=True)
    everywhere = _everywhere()

    @property
    def chosen(self) -> BallotKind | None:
        """The kind that the form is about, where it is one."""
        return BallotKind(self.kind.data) if self.kind.data in KINDS else None

    @property
    def kinds_fields(self) -> list[Any]:
        """The fields of the kind alone, then whether it goes for every locality."""
        numbers = KINDS[self.chosen][1] if self.chosen else ()
        return [self[number] for number in numbers] + [self.everywhere]

    def validate(self, extra_validators: object = None) -> bool:
        """Each way of voting needs its own numbers."""
        is_valid = super().validate(extra_validators)
        numbers = KINDS[BallotKind(self.kind.data)][1] if is_valid else ()
        for field in (self[number] for number in numbers):
            if not field.data and not field.errors:
                field.errors = [f"Enter a number for “{field.label.text}”"]
                is_valid = False
        if "least" in numbers and self.least.data and self.most.data and self.least.given > self.most.given:
            self.refuse("The most can’t be smaller than the fewest", "most")
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
    def showing(cls, rules: BallotRules, kind: BallotKind | None = None) -> Self:
        """The form filled in with the present rules, or about another kind that somebody looks at."""
        return cls(
            data={
                "kind": (kind or rules.kind).value,
                "best_mark": str(rules.max_points or 5),
                "least": rules.min_choices,
                "most": rules.max_choices,
                "points": rules.max_sum,
            }
        )


class RuleForm(Form):
    """How the votes are counted. Which fields a page shows goes by the rule, `rules_fields`."""

    name = ChoiceField(
        "How the votes become awards",
        choices=[(name, RULE_KINDS[name].title) for name in HALL_RULES],
        required="Choose a rule",
    )
    threshold = IntegerField(
        "Fewest votes or points to be funded",
        hint="A bid with fewer gets nothing, even if money is left.",
        width=4,
        least=1,
        most=MOST_NUMBER,
        is_conditional=True,
    )
    part_percent = IntegerField(
        "Offer what is left to the next bid, if it is at least this much of what it asked",
        hint="In per cent, for example 50. Leave it empty, and what is left stays with the council.",
        width=3,
        least=1,
        most=99,
        is_conditional=True,
    )
    ties = ChoiceField(
        "When two bids have equally many",
        choices=[(key, words) for key, (words, _) in TIE_LISTS.items()],
        hints=TIE_HINTS,
        required="Choose what settles a tie",
    )
    published = ChoiceField(
        "What is published of the ballots",
        hint="So that anybody can count again. With fewer than five voters it is neither: only the awards are.",
        choices=[(key, words) for key, (words, _) in PUBLISHED.items()],
        hints={key: why for key, (_, why) in PUBLISHED.items()},
        required="Choose what is published of the ballots",
    )
    everywhere = _everywhere()

    @property
    def chosen(self) -> str:
        """The rule that the form is about; "" where it is none of a hall's."""
        return self.name.data if self.name.data in HALL_RULES else ""

    @property
    def rules_fields(self) -> list[Any]:
        """The fields that the rule knows."""
        own = [self.threshold] if self.chosen == "greedy-threshold" else []
        part = [self.part_percent] if self.chosen and RULE_KINDS[self.chosen].is_greedy else []
        return [*own, *part, self.ties, self.published, self.everywhere]

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
            part_funding_percent=self.part_percent.data if RULE_KINDS[self.name.data].is_greedy else None,
        )

    @classmethod
    def showing(cls, rule: Rule, *, shows_ballots: bool, name: str = "") -> Self:
        """The form filled in with the present rule and what is published, or about another rule looked at."""
        shown = name if name in HALL_RULES else rule.name
        needs_ballots = shows_ballots or not RULE_KINDS[shown].is_greedy
        return cls(
            data={
                "name": shown,
                "threshold": rule.threshold or None,
                "part_percent": rule.part_funding_percent,
                "ties": tie_key(rule),
                "published": "ballots" if needs_ballots else "marks",
            }
        )
