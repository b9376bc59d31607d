"""Generated elections: small enough to tie often, with asks that fit exactly now and then."""

from dataclasses import replace

from hypothesis import strategies as st

from pbvote.tally import BallotKind, BallotRules, Ballots, Choices, Election, Project, TieKey

MAX_BIDS = 6
HUGE = 10**15
TIES = (TieKey.CHEAPER, TieKey.VOTES, TieKey.LISTED)  # settle every tie


EVEN = st.sampled_from([1, 10, 20, 30, 40, 50, 70])


@st.composite
def elections(draw: st.DrawFn, kind: BallotKind | None = None, an_ask: st.SearchStrategy[int] = EVEN) -> Election:
    """An election of up to six bids and ten distinct ballots, of any kind."""
    kind = kind or draw(st.sampled_from(list(BallotKind)))
    asks = draw(st.lists(an_ask, min_size=1, max_size=MAX_BIDS))
    groups = draw(st.lists(st.sampled_from(["", "", "x", "y"]), min_size=len(asks), max_size=len(asks)))
    bids = tuple(
        Project(f"b{number}", ask, exclusive_group=group)
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


@st.composite
def near_ties(draw: st.DrawFn) -> Election:
    """Asks that differ by one part in 10¹⁵, and ballots that are alike: exact ties and almost ties."""
    kind = draw(st.sampled_from([BallotKind.APPROVAL, BallotKind.SCORE]))
    size = draw(st.integers(2, 7))
    asks = draw(st.lists(st.sampled_from([1, 2, 3, 4, 6]), min_size=size, max_size=size))
    nudges = draw(st.lists(st.sampled_from([0, 0, 1, -1, 2]), min_size=size, max_size=size))
    bids = tuple(
        Project(f"b{number}", ask * HUGE + nudge) for number, (ask, nudge) in enumerate(zip(asks, nudges, strict=True))
    )
    cast = draw(
        st.lists(st.tuples(choices(kind, [bid.ref for bid in bids]), st.integers(1, 4)), min_size=1, max_size=9)
    )
    share = draw(st.integers(1, 14)) * HUGE + draw(st.sampled_from([-1, 0, 0, 1]))
    return Election(bids, share, Ballots.of(kind, cast), BallotRules(kind), HUGE // 4)


def close_elections() -> st.SearchStrategy[Election]:
    """Elections in which exact and almost exact ties are common. One unit of the currency is a large step in them."""
    return st.one_of(near_ties(), elections().map(lambda election: replace(election, minor_units=1)))
