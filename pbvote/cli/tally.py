"""`pbvote tally`: count an election from a `.pb` file, without a database."""

import json
from pathlib import Path
from time import perf_counter

import click

from pbvote.cli.tally_report import account, as_json
from pbvote.tally import RULE_KINDS, Rule, count
from pbvote.tally.pabulib import PabulibError, PabulibFile, read_pabulib, rule_named
from pbvote.tally.pabulib.meta import RULES


class BadFileError(click.ClickException):
    """A file that can't be counted; ends the command with status 2."""

    exit_code = 2


@click.command("tally")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--rule",
    "rule_name",
    type=click.Choice(sorted({*RULES, *RULE_KINDS})),
    help="Count by this rule instead of the one that the file names.",
)
@click.option(
    "--json", "is_json", is_flag=True, help="Print the outcome as JSON; amounts are in units of the currency."
)
def tally_command(file: Path, rule_name: str | None, is_json: bool) -> None:
    """Count the election in FILE, in Pabulib's .pb format, and say step by step what is funded and why."""
    began = perf_counter()
    election_file = _read(file)
    rule = _rule(election_file, rule_name)
    read = perf_counter()
    outcome = count(election_file.election, rule)
    counted = perf_counter()
    for finding in election_file.findings:
        click.echo(f"Note: {finding}", err=True)
    if is_json:
        seconds = {"read": round(read - began, 6), "count": round(counted - read, 6)}
        click.echo(json.dumps(as_json(election_file, rule, outcome, seconds), ensure_ascii=False))
    else:
        click.echo(account(election_file, rule, outcome))


def _read(file: Path) -> PabulibFile:
    try:
        return read_pabulib(file)
    except (PabulibError, OSError) as error:
        raise BadFileError(f"{file.name}: {error}") from error


def _rule(election_file: PabulibFile, name: str | None) -> Rule:
    if name is not None:
        return rule_named(RULES.get(name, name), election_file.meta)
    if election_file.rule is None:
        named = election_file.meta.error("rule", "is not known here; name one with --rule")
        raise BadFileError(str(named))
    return election_file.rule
