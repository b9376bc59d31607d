"""One piece of work of the tally's benchmark, done in a process of its own: prints seconds and peak memory as JSON.

python -m benchmarks.tally_work WORK FILE
python benchmarks/tally_work.py pabutools-WORK FILE     (with the interpreter that has pabutools)
"""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

Clock = Callable[[], float]


def read(path: Path, clock: Clock) -> None:
    """Read one file, or all of a directory, and group the ballots."""
    from pbvote.tally.pabulib import read_pabulib

    clock()
    for file in sorted(path.glob("*.pb")) if path.is_dir() else [path]:
        read_pabulib(file)
    clock()


def count_by(rule_name: str) -> Callable[[Path, Clock], None]:
    """Count one file by a rule; reading it is not part of the time."""

    def work(path: Path, clock: Clock) -> None:
        import numpy as np  # noqa: F401  loading it is no part of the time, like the imports of the others

        from pbvote.tally import count
        from pbvote.tally.pabulib import read_pabulib, rule_named

        file = read_pabulib(path)
        rule = rule_named(rule_name, file.meta)
        clock()
        count(file.election, rule)
        clock()

    return work


def read_and_count(path: Path, clock: Clock) -> None:
    """Read one file and count it greedily."""
    from pbvote.tally import count
    from pbvote.tally.pabulib import read_pabulib, rule_named

    clock()
    file = read_pabulib(path)
    count(file.election, rule_named("greedy", file.meta))
    clock()


def closeness_by(rule_name: str) -> Callable[[Path, Clock], None]:
    """How close every losing bid came; reading the file is not part of the time."""

    def work(path: Path, clock: Clock) -> None:
        from pbvote.tally import closeness, count
        from pbvote.tally.pabulib import read_pabulib, rule_named

        file = read_pabulib(path)
        rule = rule_named(rule_name, file.meta)
        funded = count(file.election, rule).funded
        losers = [bid.ref for bid in file.election.bids if bid.ref not in funded]
        clock()
        for ref in losers:
            closeness(file.election, rule, ref)
        clock()

    return work


def pabutools_read(path: Path, clock: Clock) -> None:
    """The same with pabutools: read a file and group its ballots."""
    from pabutools.election import parse_pabulib

    clock()
    _, profile = parse_pabulib(str(path))
    profile.as_multiprofile()
    clock()


def pabutools_greedy(path: Path, clock: Clock) -> None:
    """The same with pabutools: greedy by votes, or by Borda points."""
    from pabutools.election import Additive_Borda_Sat, Cost_Sat, OrdinalProfile, parse_pabulib
    from pabutools.rules import greedy_utilitarian_welfare

    instance, profile = parse_pabulib(str(path))
    clock()
    is_ordinal = isinstance(profile, OrdinalProfile)
    greedy_utilitarian_welfare(instance, profile, sat_class=Additive_Borda_Sat if is_ordinal else Cost_Sat)
    clock()


def pabutools_equal_shares(path: Path, clock: Clock, increment: int | None = None) -> None:
    """The same with pabutools: Equal Shares with cost utilities."""
    from pabutools.election import Cost_Sat, parse_pabulib
    from pabutools.rules import method_of_equal_shares

    instance, profile = parse_pabulib(str(path))
    clock()
    method_of_equal_shares(instance, profile, sat_class=Cost_Sat, voter_budget_increment=increment)
    clock()


def pabutools_add1(path: Path, clock: Clock) -> None:
    """The same with pabutools: endowments raised by 1."""
    pabutools_equal_shares(path, clock, 1)


WORK: dict[str, Callable[[Path, Clock], None]] = {
    "read": read,
    "read-and-count": read_and_count,
    "greedy": count_by("greedy"),
    "equalshares": count_by("equalshares"),
    "equalshares/add1": count_by("equalshares/add1"),
    "close-greedy": closeness_by("greedy"),
    "close-equalshares/add1": closeness_by("equalshares/add1"),
    "pabutools-read": pabutools_read,
    "pabutools-greedy": pabutools_greedy,
    "pabutools-equalshares": pabutools_equal_shares,
    "pabutools-equalshares/add1": pabutools_add1,
}


def main() -> None:
    """Do one piece of work; the time is that between the last two calls of the clock, the start being one."""
    moments = [perf_counter()]

    def clock() -> float:
        moments.append(perf_counter())
        return moments[-1]

    WORK[sys.argv[1]](Path(sys.argv[2]), clock)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": moments[-1] - moments[-2], "bytes": memory}))


if __name__ == "__main__":
    main()
