"""The command that loads the demonstration and says how to sign in."""

import click
from flask import current_app
from flask.cli import with_appcontext

from pbvote.db import begin_write, db
from pbvote.demonstration.accounts import PASSWORD, SIGN_INS
from pbvote.demonstration.service import load_demonstration
from pbvote.errors import Refusal
from pbvote.people.service import hash_password


@click.command("demo")
@with_appcontext
def demo_command() -> None:
    """Load the demonstration (once) and print a sign-in for each role."""
    password_hash = hash_password(PASSWORD)
    begin_write()
    try:
        load_demonstration(password_hash)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo("\nThe demonstration: everything in it is invented, and the second factor is off.\n")
    for sign_in in SIGN_INS:
        role = f"{sign_in.role_name}, {sign_in.locality}" if sign_in.locality else sign_in.role_name
        click.echo(f"  {role:<38} {sign_in.email}")
    base = current_app.config["BASE_URL"]
    click.echo(f"\n  The password of all of them            {PASSWORD}\n")
    click.echo(f"Begin at {base}/demonstration\n")
