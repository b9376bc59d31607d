"""The margin of an outcome: the fewest ballots whose removal could change an award.

Awards are the funded bids, and the offers of what is left. A removal *could change them* if the count without those
ballots funds or offers something else, or waits for a draw. Under a greedy rule it also could where only a lot settles
a tie that matters: a lot follows from the ballots, so without one of them it is another. The other rules meet ties all
the time that make no difference; there the lot is drawn again from the ballots that remain, and the count goes on.

That some number of ballots is enough was always counted. That fewer are not is known

- by proof for greedy rules that rank by the total, without a minimum mean, on ballots without points below zero;
- by trial for one ballot, where there are few enough to take each away by itself.

Nothing else is known: without a ballot a mean can rise, under Equal Shares all others have more to spend, under
Phragmén's rule bids are bought at other times. There, fewer ballots than were found may be enough.

`overtaking` has the proof, `guesses` what to try where there is none, `marks` finds the fewest ballots that make a
difference between bids, and `search` counts again.
"""

from pbvote.tally.margin.search import MOST_BALLOTS, Margin, margin

__all__ = ["MOST_BALLOTS", "Margin", "margin"]
