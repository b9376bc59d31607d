"""How every command prints: line by line, and nothing in a line that can't be seen.

Titles, names and comments come from files and forms. Printed as they are, an escape code in one could repaint the
screen, and a line break could forge a line such as “This is the official outcome.”
"""

import json
import re

import click

from pbvote.core.visible import visible


def say(*lines: str, aside: bool = False) -> None:
    """Print each text as one line; `aside` to standard error."""
    for line in lines:
        click.echo(visible(line), err=aside)


def say_json(value: object) -> None:
    r"""Print a value as one line of JSON, in which a character that can't be seen is escaped: `\u202e`."""
    click.echo(_escaped(json.dumps(value, ensure_ascii=False)))


def _escaped(text: str) -> str:
    if text.isprintable():
        return text
    return re.sub(r"[^ -~]", lambda match: match[0] if match[0].isprintable() else json.dumps(match[0])[1:-1], text)


class Failure(click.ClickException):
    """Ends a command with status 1 and a sentence."""

    def format_message(self) -> str:
        """The sentence, as one line."""
        return visible(self.message)
