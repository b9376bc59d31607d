"""Commands about accounts and letters."""

import click
from flask import current_app
from flask.cli import with_appcontext

from pbvote.access import Role
from pbvote.cli.printing import Failure, say
from pbvote.cli.timers import note_end
from pbvote.db import begin_write, db
from pbvote.fields import read_email
from pbvote.mail.service import send_waiting_letters
from pbvote.people import links, service
from pbvote.people.models import LinkPurpose


@click.command("add-organiser")
@click.argument("email")
@click.argument("name")
@with_appcontext
def add_organiser_command(email: str, name: str) -> None:
    """Make an organiser's account for NAME and print the link with which they choose a password.

    An account that exists becomes an organiser's and starts again: its password and its authenticator are forgotten,
    so this is also the way back in for anyone who has lost their phone.
    """
    try:
        email = read_email(email)
    except ValueError:
        raise click.BadParameter("The e-mail address comes first, then the name.") from None
    if not name.strip():
        raise click.BadParameter("Say the organiser's name after the e-mail address.")
    begin_write()
    account = service.account_with_email(email) or service.add_account(name, email)
    if account.is_disabled:
        raise Failure(f"{account.name} is suspended. Another organiser can let them in under People.")
    service.grant_role(account, Role.ORGANISER)
    service.start_afresh(account)
    code = links.make_link(account, LinkPurpose.INVITATION)
    db.session.commit()
    say(f"{account.name} chooses a password here, once, within seven days:")
    say(links.link_address(code))


@click.command("send-mail")
@with_appcontext
def send_mail_command() -> None:
    """Send the letters that wait in the outbox. Run it every minute from cron or a systemd timer."""
    if not current_app.config["SMTP_HOST"]:
        raise Failure("PBVOTE_SMTP_HOST is not set: there is no server to send by.")
    try:
        sent = send_waiting_letters(current_app.config)
    except ValueError as error:
        raise Failure(f"PBVOTE_MAIL_FROM can't be written into a letter: {error}") from error
    except OSError as error:
        raise Failure(f"The mail server did not answer: {error}") from error
    note_end("send-mail")
    say(f"{sent} sent")


@click.command("reset-second-step")
@click.argument("email")
@with_appcontext
def reset_second_step_command(email: str) -> None:
    """Let the organiser with this EMAIL set up a new authenticator at the next sign-in (a lost phone).

    Whoever runs this should have seen the person: it is what an impostor would ask for.
    """
    begin_write()
    account = service.account_with_email(email)
    if account is None:
        raise click.BadParameter(f"nobody signs in as {email}.", param_hint="EMAIL")
    service.forget_second_step(account)
    db.session.commit()
    say(f"{account.name} sets up a new authenticator at the next sign-in.")
