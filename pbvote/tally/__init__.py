"""The tally: ballots and bids in, the outcome out; exact, explained, and the same whoever runs it.

Plain Python: no web framework, no database, no clock, no randomness.
"""

from pbvote.tally.ballot_rules import BallotRules, Fault, FaultCode
from pbvote.tally.ballots import BallotKind, Ballots, Choices, decode_choices, encode_choices
from pbvote.tally.count import count
from pbvote.tally.election import Bid, Election
from pbvote.tally.explain import explain
from pbvote.tally.outcome import Outcome, Step, Verdict
from pbvote.tally.rules import RULE_KINDS, Rule, RuleKind, TieKey, Utilities

__all__ = [
    "RULE_KINDS",
    "BallotKind",
    "BallotRules",
    "Ballots",
    "Bid",
    "Choices",
    "Election",
    "Fault",
    "FaultCode",
    "Outcome",
    "Rule",
    "RuleKind",
    "Step",
    "TieKey",
    "Utilities",
    "Verdict",
    "count",
    "decode_choices",
    "encode_choices",
    "explain",
]
