"""The META section: what the election was, its budget, the limits of its ballots, and its rule."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pbvote.tally.ballot_rules import BallotRules
from pbvote.tally.ballots import BallotKind
from pbvote.tally.pabulib.damage import because
from pbvote.tally.pabulib.errors import PabulibError, shown
from pbvote.tally.pabulib.numbers import Decimal, NumberError
from pbvote.tally.pabulib.rows import RowReader, check_row
from pbvote.tally.pabulib.rule_note import read_note
from pbvote.tally.rules import RULE_KINDS, Rule, TieKey

MAX_KEYS = 1_000
KINDS: Mapping[str, BallotKind] = {
    "approval": BallotKind.APPROVAL,
    "choose-1": BallotKind.APPROVAL,
    "ordinal": BallotKind.RANKED,
    "cumulative": BallotKind.CUMULATIVE,
    "scoring": BallotKind.SCORE,
}
# What Pabulib's rule names are called here. `greedy-custom` is Poznań's rule in every file that names it: the next bid
# is funded from other money if at least 80 % of it are covered.
RULES: Mapping[str, str] = {
    "greedy": "greedy",
    "greedy-no-skip": "greedy-no-skip",
    "greedy-threshold": "greedy-threshold",
    "greedy-exclusive": "greedy-exclusive",
    "greedy-custom": "greedy-top-up",
    "equalshares": "equalshares",
    "equalshares-comparison": "equalshares-comparison",
    "equalshares/add1": "equalshares/add1",
    "equalshares/add1-comparison": "equalshares/add1-comparison",
}
TOP_UP_PERCENT = 80
EQUAL_SHARES_TIES = (TieKey.CHEAPER, TieKey.VOTES, TieKey.LISTED)  # as in the three public elections that used it


@dataclass(frozen=True)
class Meta:
    """The keys and values of META, and the line on which each stands."""

    values: Mapping[str, str]
    lines: Mapping[str, int]

    def get(self, key: str) -> str:
        """The value of a key; empty if it isn't there."""
        return self.values.get(key, "")

    def error(self, key: str, reason: str) -> PabulibError:
        """An error about the value of a key."""
        return PabulibError(self.lines[key], "value", f"{key} {reason}")

    def text(self, key: str) -> str:
        """The value of a key that must be there."""
        if not self.values.get(key):
            raise PabulibError(self.lines.get(key, 1), "value", f"META gives no {key}")
        return self.values[key]

    def number(self, key: str) -> Decimal:
        """The value of a key that must be there and be a decimal number, not negative."""
        text = self.text(key)
        try:
            number = Decimal.read(text)
        except NumberError as error:
            raise self.error(key, f"is {shown(text)}, which {error.reason}") from error
        if number.digits < 0:
            raise self.error(key, f"is {shown(text)}, which is negative")
        return number

    def whole(self, key: str) -> int:
        """The value of a key that must be there and be a whole number, not negative."""
        number = self.number(key)
        if number.places:
            raise self.error(key, f"is {shown(self.values[key])}, which is no whole number")
        return number.digits

    def limit(self, key: str) -> int | None:
        """The value of a key that may be there, as a whole number; None if it isn't."""
        return self.whole(key) if self.get(key) else None

    def points(self, key: str, places: int) -> int | None:
        """The value of a key that may be there, in units of 10 ** -`places` points; it may be negative."""
        try:
            number = Decimal.read(self.get(key))
        except NumberError:
            return None
        return number.scaled(places) if number.places <= places else None

    @property
    def kind(self) -> BallotKind:
        """The kind of ballot that `vote_type` stands for."""
        vote_type = self.text("vote_type")
        if vote_type not in KINDS:
            raise self.error("vote_type", f"is {shown(vote_type)}; known are {', '.join(KINDS)}")
        return KINDS[vote_type]


def read_meta(rows: RowReader) -> Meta:
    """Read META from its marker to the marker of PROJECTS."""
    for line, row in rows.section("META"):
        reason = f"the file begins with {shown(row[0])} and not with META{because(row, 1)}"
        raise PabulibError(line, "1", reason)
    line, header = rows.header("META")
    if header != ["key", "value"]:
        raise PabulibError(line, "1", f"META begins with the columns key;value{because(header, 2)}")
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    for line, row in rows.section("PROJECTS"):
        check_row(row, header, line)
        key, value = row[0].strip(), row[1].strip()
        if values.get(key, value) != value:
            raise PabulibError(line, "key", f"{shown(key)} is given a second time, with another value")
        if len(values) == MAX_KEYS:
            raise PabulibError(line, "key", f"META has more than {MAX_KEYS:,} keys")
        values[key], lines[key] = value, line
    return Meta(values, lines)


def ballot_rules(meta: Meta, point_places: int = 0, places: int = 2) -> BallotRules:
    """The limits that META sets for a ballot, points in units of 10 ** -`point_places`, money of 10 ** -`places`.

    Where META is silent the limits are those of the format: at least one project, at most all of them. The format has
    no word for a knapsack: it is a ballot of projects that may cost as much as the budget, together.
    """
    kind = meta.kind
    min_choices, max_choices = meta.limit("min_length"), meta.limit("max_length")
    if meta.text("vote_type") == "choose-1":
        min_choices = max_choices = 1
    if kind is BallotKind.RANKED and not max_choices:
        max_choices = meta.whole("num_projects")
    rules = BallotRules(kind, 1 if min_choices is None else min_choices, max_choices)
    if meta.get("max_sum_cost") and kind is BallotKind.APPROVAL:
        most = meta.number("max_sum_cost")
        kind = BallotKind.KNAPSACK if most == meta.number("budget") else kind
        return replace(rules, kind=kind, max_spend=most.scaled(places))
    if not kind.has_points:
        return rules
    return replace(
        rules,
        min_points=meta.points("min_points", point_places),
        max_points=meta.points("max_points", point_places),
        min_sum=meta.points("min_sum_points", point_places),
        max_sum=meta.points("max_sum_points", point_places),
    )


def official_rule(meta: Meta) -> Rule | None:
    """The rule by which the city decided, as far as META says; None if it names a rule that isn't known here.

    Ties go by the order of the rows, as in every official outcome of the public library; under Equal Shares the cheaper
    bid goes first, and of those the one with more votes. A minimum of votes or points
    (`min_project_score_threshold`) holds under whichever rule the file names. `unknown` is counted as `greedy`.

    A file that was written here may say the whole rule in its comment, ties and all; then that is the rule, unless
    META names another.
    """
    named = meta.text("rule")
    noted = read_note(meta.get("comment"))
    if noted is not None and named in _names_of(noted):
        minimum = meta.limit("min_project_score_threshold")
        return noted if minimum is None else replace(noted, threshold=minimum)
    name = "greedy" if named == "unknown" else RULES.get(named)
    return None if name is None else rule_named(name, meta)


def notes_rule(meta: Meta) -> bool:
    """Whether the comment says the whole rule."""
    return read_note(meta.get("comment")) is not None


def _names_of(rule: Rule) -> set[str]:
    """The names of the format under which a rule may be written."""
    same = {theirs for theirs, ours in RULES.items() if ours == rule.name}
    return same | {"unknown"} | ({"greedy-threshold", "greedy-exclusive"} if rule.name == "greedy" else set())


def rule_named(name: str, meta: Meta) -> Rule:
    """A rule of this package by its name, with the options that META sets for it; ValueError if there is none.

    The minimum of votes or points is the file's own rule's, and that of `greedy-threshold`; others go without.
    """
    shares_equally = name in RULE_KINDS and RULE_KINDS[name].shares_equally
    has_minimum = name == "greedy-threshold" or RULES.get(meta.get("rule")) == name
    return Rule(
        name=name,
        ties=EQUAL_SHARES_TIES if shares_equally else (TieKey.LISTED,),
        threshold=meta.limit("min_project_score_threshold") or 0 if has_minimum else 0,
        top_up_percent=TOP_UP_PERCENT if name == "greedy-top-up" else None,
    )
