"""The tally: ballots and bids in, the outcome out; exact, explained, and the same whoever runs it.

Plain Python: no web framework, no database, no clock, no randomness.
"""

from pbvote.tally.ballot_rules import BallotRules, Fault, FaultCode
from pbvote.tally.ballots import BallotKind, Ballots, Choices, decode_choices, encode_choices
from pbvote.tally.closeness import Closeness, closeness
from pbvote.tally.compare import compare
from pbvote.tally.count import count
from pbvote.tally.election import Election, Project
from pbvote.tally.explain import explain, explain_sentences
from pbvote.tally.explain_study import explain_closeness, explain_margin
from pbvote.tally.margin import Margin, margin
from pbvote.tally.outcome import Offer, Outcome, Step, Verdict
from pbvote.tally.rules import RULE_KINDS, Rule, RuleKind, TieKey, Utilities
from pbvote.tally.smaller import explain_smaller

__all__ = [
    "RULE_KINDS",
    "BallotKind",
    "BallotRules",
    "Ballots",
    "Choices",
    "Closeness",
    "Election",
    "Fault",
    "FaultCode",
    "Margin",
    "Offer",
    "Outcome",
    "Project",
    "Rule",
    "RuleKind",
    "Step",
    "TieKey",
    "Utilities",
    "Verdict",
    "closeness",
    "compare",
    "count",
    "decode_choices",
    "encode_choices",
    "explain",
    "explain_closeness",
    "explain_margin",
    "explain_sentences",
    "explain_smaller",
    "margin",
]
