"""The command that examines an installation."""

import click
from flask.cli import with_appcontext

from pbvote.cli.printing import say
from pbvote.doctor.findings import Diagnosis, Level, examine
from pbvote.voters_path import UNNOTED

# What the server in front does is tried (`pbvote.doctor.in_front`); what it writes down can’t be seen.
IN_FRONT = (
    "Not seen from here: the logs of the server in front. It must write no access log for "
    f"{', '.join(f'/{part}' for part in UNNOTED)} (nginx: `access_log off;` in their `location`). Elsewhere its "
    "`log_format` must hold neither `$request_body` nor a cookie."
)


@click.command("doctor")
@with_appcontext
def doctor_command() -> None:
    """Examine this installation: a line for each point, ok, warning or unsafe, and what to do.

    Run it as the user that the server runs as, on every host. Nothing is written, and no letter is sent. Ends with
    status 1 where something is unsafe: then no poll opens either.
    """
    levels = set()
    for finding in examine():
        levels.add(finding.level)
        say(_line(finding))
    say(IN_FRONT)
    if Level.UNSAFE in levels:
        raise click.exceptions.Exit(1)


def _line(finding: Diagnosis) -> str:
    said = f"{finding.sentence} {finding.advice}".rstrip()
    return f"{finding.level:<8} {finding.about:<11} {said}"
