"""The command that loads the demonstration and says how to sign in."""

import click
from flask import current_app
from flask.cli import with_appcontext

from pbvote.cli.printing import Failure, say
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
        raise Failure(str(refusal)) from refusal
    db.session.commit()
    say("", "The demonstration: everything in it is invented, and the second factor is off.", "")
    for sign_in in SIGN_INS:
        role = f"{sign_in.role_name}, {sign_in.locality}" if sign_in.locality else sign_in.role_name
        say(f"  {role:<38} {sign_in.email}")
    base = current_app.config["BASE_URL"]
    say("", f"  The password of all of them            {PASSWORD}", "")
    say(f"Begin at {base}/demonstration", "")
