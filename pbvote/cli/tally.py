"""`pbvote tally`: count elections from `.pb` files, without a database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import click

from pbvote.cli.printing import Failure, say, say_json
from pbvote.cli.tally_many import count_many, files_in
from pbvote.cli.tally_report import account, as_json, comparison, explanation, tells_how_close
from pbvote.tally import RULE_KINDS, Rule, TieKey, Utilities, count
from pbvote.tally.pabulib import PabulibError, PabulibFile, read_pabulib, rule_named
from pbvote.tally.pabulib.meta import RULES


class BadFileError(Failure):
    """A file that can't be counted; ends the command with status 2."""

    exit_code = 2


class Ties(click.ParamType[tuple[TieKey, ...]]):
    """Tie keys with commas between."""

    name = "keys"

    def convert(
        self, value: str | tuple[TieKey, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[TieKey, ...]:
        if isinstance(value, tuple):
            return value
        try:
            return tuple(TieKey(key.strip()) for key in value.split(",") if key.strip())
        except ValueError:
            self.fail(f"{value!r} is not a list of {', '.join(TieKey)}.", param, ctx)


@dataclass(frozen=True)
class Wishes:
    """What the command line says about the rule; None where it leaves it to the file."""

    rule_name: str | None
    utilities: str | None
    is_exhaustive: bool | None
    ties: tuple[TieKey, ...] | None

    def rule_for(self, file: PabulibFile) -> Rule:
        """The rule to count a file by; raises ValueError if there is none, or an option does not go with it."""
        if self.rule_name is not None:
            rule = rule_named(RULES.get(self.rule_name, self.rule_name), file.meta)
        elif file.rule is not None:
            rule = file.rule
        else:
            raise file.meta.error("rule", "is not known here; name one with --rule")
        if self.utilities is not None:
            rule = replace(rule, utilities=Utilities(self.utilities))
        if self.is_exhaustive is not None:
            rule = replace(rule, is_exhaustive=self.is_exhaustive)
        return rule if self.ties is None else replace(rule, ties=self.ties)


@click.command("tally")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE|DIR...")
@click.option(
    "--rule",
    "rule_name",
    type=click.Choice(sorted({*RULES, *RULE_KINDS})),
    metavar="NAME",
    help=f"Count by this rule instead of the one that the file names: {', '.join(sorted({*RULES, *RULE_KINDS}))}.",
)
@click.option(
    "--utilities",
    type=click.Choice([str(one) for one in Utilities]),
    help="What a funded bid is worth to a supporter: its ask, or the same as any other (Equal Shares).",
)
@click.option(
    "--exhaustive/--no-exhaustive",
    "is_exhaustive",
    default=None,
    help="Raise endowments no further once nothing fits into what is left (Equal Shares with add1).",
)
@click.option("--ties", type=Ties(), help=f"How ties are settled, first key first: {', '.join(TieKey)}.")
@click.option("--explain", "is_explained", is_flag=True, help="Say of each bid why, and how close it came.")
@click.option("--bid", "refs", multiple=True, metavar="ID", help="Explain only this bid, however large the election.")
@click.option("--compare", "is_compared", is_flag=True, help="Say what other rules would have funded.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON; amounts are in units of the currency.")
def tally_command(
    paths: Sequence[Path],
    rule_name: str | None,
    utilities: str | None,
    is_exhaustive: bool | None,
    ties: tuple[TieKey, ...] | None,
    is_explained: bool,
    refs: Sequence[str],
    is_compared: bool,
    is_json: bool,
) -> None:
    """Count elections in Pabulib's .pb format, and say step by step what is funded and why.

    One FILE gets an account of its own; several, or a DIR of them, one line each: what is funded, and what the city
    funded.
    """
    wishes = Wishes(rule_name, utilities, is_exhaustive, ties)
    if len(paths) > 1 or paths[0].is_dir():
        if is_explained or refs or is_compared:
            raise click.UsageError("--explain, --bid and --compare are about one file.")
        files = files_in(paths)
        if not files:
            raise BadFileError(f"{paths[0]} holds no .pb files.")
        has_bad_files = count_many(files, wishes.rule_for, is_json=is_json)
        click.get_current_context().exit(2 if has_bad_files else 0)
    _count_one(paths[0], wishes, refs, is_explained=is_explained, is_compared=is_compared, is_json=is_json)


def _count_one(
    path: Path, wishes: Wishes, refs: Sequence[str], *, is_explained: bool, is_compared: bool, is_json: bool
) -> None:
    began = perf_counter()
    file = _read(path)
    read = perf_counter()
    try:
        rule = wishes.rule_for(file)
        outcome = count(file.election, rule)
    except ValueError as error:
        raise BadFileError(f"{path.name}: {error}") from error
    seconds = {"read": round(read - began, 6), "count": round(perf_counter() - read, 6)}
    for finding in file.findings:
        say(f"Note: {finding}", aside=True)
    unknown = [ref for ref in refs if ref not in file.election.bid_by_ref]
    if unknown:
        raise click.UsageError(f"{path.name} lists no bid “{unknown[0]}”.")
    if is_explained and not refs and not tells_how_close(file, rule):
        say("Note: how close a bid came takes long to count here; ask for one bid with --bid ID.", aside=True)
    explained = explanation(file, rule, outcome, refs) if is_explained or refs else {}
    others = comparison(file, rule, outcome) if is_compared else {}
    if is_json:
        said = as_json(file, rule, outcome, seconds)
        said |= {"explained": explained} if explained else {}
        said |= {"compared": {name: list(other.funded) for name, other in others.items()}} if others else {}
        say_json(said)
    else:
        say(*account(file, rule, outcome, explained, others))


def _read(path: Path) -> PabulibFile:
    try:
        return read_pabulib(path)
    except (PabulibError, OSError) as error:
        raise BadFileError(f"{path.name}: {error}") from error
