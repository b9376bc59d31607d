"""A whole count rule in the comment of a file, for our own reader: the format's names say less than a rule holds.

It is the word `pbvote` and the rule as `Rule.to_dict` gives it, in JSON. A comment is never trusted: what is no rule,
or has anything in it that a rule has not, is taken for a comment like any other.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pbvote.tally.rules import Rule, TieKey

_NOTE = re.compile(r"#[0-9]+: pbvote (\{[^{}\[\]]{0,500}\[[^{}\[\]]{0,100}\][^{}\[\]]{0,500}\})", re.ASCII)
_MEAN = re.compile(r"[0-9]{1,9}(?:/[1-9][0-9]{0,8})?", re.ASCII)


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value < 10**15


_FITS: Mapping[str, Callable[[Any], bool]] = {
    "name": lambda value: isinstance(value, str),
    "ties": lambda value: isinstance(value, list) and all(isinstance(key, str) for key in value),
    "threshold": _is_number,
    "by_mean": lambda value: value is True,
    "minimum_mean": lambda value: isinstance(value, str) and _MEAN.fullmatch(value) is not None,
    "top_up_percent": _is_number,
    "part_funding_percent": _is_number,
    "utilities": lambda value: isinstance(value, str),
    "is_exhaustive": lambda value: value is True,
}


def rule_note(rule: Rule) -> str:
    """The text that says `rule` to `read_note`. Of a draw or a lot the rows of the file give the order."""
    keys = tuple(TieKey.LISTED if key in (TieKey.DRAW, TieKey.LOT) else key for key in rule.ties)
    first = keys.index(TieKey.LISTED) + 1 if TieKey.LISTED in keys else len(keys)
    held = replace(rule, ties=keys[:first]).to_dict()
    return f"pbvote {json.dumps(held, sort_keys=True, separators=(',', ':'))}"


def read_note(comment: str) -> Rule | None:
    """The rule that `rule_note` wrote into a comment; None if there is none."""
    match = _NOTE.search(comment)
    try:
        held = json.loads(match[1]) if match else {}
        if not {"name", "ties"} <= set(held) <= set(_FITS) or not all(_FITS[key](held[key]) for key in held):
            return None
        return Rule.from_dict(held)
    except ValueError:  # no JSON, or no such rule
        return None
