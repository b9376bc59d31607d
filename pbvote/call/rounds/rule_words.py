"""What settles a tie, and what becomes of money that is left: in words, for whoever chooses and whoever reads."""

from pbvote.tally import Rule, TieKey

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
        "The bid that more people voted for, then the one that asks for less, then a lot that anybody can check",
        (TieKey.VOTES, TieKey.CHEAPER, TieKey.LOT),
    ),
    "lot": ("A lot that anybody can check", (TieKey.LOT,)),
}


def tie_key(rule: Rule) -> str | None:
    """The list of `TIE_LISTS` that a rule settles ties by; None for one that only an imported election has."""
    return next((key for key, (_, keys) in TIE_LISTS.items() if keys == rule.ties), None)


def leftover(rule: Rule) -> str:
    """What becomes of money that no bid fits into."""
    if rule.part_funding_percent is not None:
        return (
            "What is left is offered to the next bid, if it is at least "
            f"{rule.part_funding_percent}% of what that bid asked for. If the group declines, the one after it is next."
        )
    if rule.kind.fills_up:
        return "What the purses can’t pay for goes to the bids with most votes or points, as far as it reaches."
    return "What is left stays with the council."


def ties(rule: Rule) -> str:
    """What settles a tie."""
    key = tie_key(rule)
    if key is None:
        return ""
    words = TIE_LISTS[key][0]
    return f"When two bids have equally many, this decides: {words[0].lower()}{words[1:]}."
