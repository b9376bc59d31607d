"""The Method of Equal Shares, exact at the speed of floats.

`purse` holds what voters have left, `run` buys bids with one endowment, `ladder`
raises the endowment, and `rule` makes the named variants of it.
"""

from pbvote.tally.equal_shares.rule import count_equal_shares

__all__ = ["count_equal_shares"]
