"""Generated elections: small enough to tie often, with asks that fit exactly now and then."""

from hypothesis import strategies as st

from pbvote.tally import BallotKind, BallotRules, Ballots, Bid, Choices, Election

MAX_BIDS = 6


@st.composite
def elections(draw: st.DrawFn, kind: BallotKind | None = None) -> Election:
    """An election of up to six bids and ten distinct ballots, of any kind."""
    kind = kind or draw(st.sampled_from(list(BallotKind)))
    asks = draw(st.lists(st.sampled_from([1, 10, 20, 30, 40, 50, 70]), min_size=1, max_size=MAX_BIDS))
    groups = draw(st.lists(st.sampled_from(["", "", "x", "y"]), min_size=len(asks), max_size=len(asks)))
    bids = tuple(
        Bid(f"b{number}", ask, exclusive_group=group)
        for number, (ask, group) in enumerate(zip(asks, groups, strict=True))
    )
    refs = [bid.ref for bid in bids]
    cast = draw(st.lists(st.tuples(choices(kind, refs), st.integers(1, 3)), max_size=10))
    share = draw(st.integers(0, 150))
    rules = BallotRules(kind, max_choices=MAX_BIDS)
    return Election(bids, share, Ballots.of(kind, cast), rules)


def choices(kind: BallotKind, refs: list[str]) -> st.SearchStrategy[Choices]:
    """What one voter may say of the bids `refs`."""
    if kind.has_points:
        return st.dictionaries(st.sampled_from(refs), st.integers(0, 5))
    return st.lists(st.sampled_from(refs), unique=True).map(tuple)
