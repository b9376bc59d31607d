"""What is around pbvote: the address, the clock, the mail server, Python. None of it keeps voting from opening."""

import datetime as dt
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import current_app

from pbvote.addresses import base_url
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.doctor.findings import Diagnosis, advises, ok, warning
from pbvote.mail.service import connect, overdue_letters

CLOCK_SECONDS: Final = 2.0
OVERDUE: Final = dt.timedelta(minutes=10)
OWN_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_BEFORE_PRINTING: Final = "Ask whoever runs the server to set PBVOTE_BASE_URL before slips are printed."
PYTHON_FROM: Final = (3, 11)


@advises
def address_is_public() -> Iterator[Diagnosis]:
    """Whether phones reach what is printed into the QR codes, and nobody in between reads along."""
    address = urlsplit(base_url())
    if address.hostname in OWN_HOSTS:
        sentence = f"QR codes and letters would lead to {base_url()}, which only this host reaches."
        yield warning("address", sentence, f"{_BEFORE_PRINTING} A trial on this computer needs nothing.")
    elif address.scheme != "https":
        sentence = f"{base_url()} is not https: whoever shares the network can read votes and passwords."
        yield warning("address", sentence, "Put a server that speaks HTTPS in front, and set PBVOTE_BASE_URL.")
    else:
        yield ok("address", f"QR codes and letters lead to {base_url()}.")


@advises
def cookies_are_secure() -> Iterator[Diagnosis]:
    """Whether browsers send an organiser's session over HTTPS alone."""
    if current_app.config["SESSION_COOKIE_SECURE"]:
        yield ok("cookies", "Sessions travel over HTTPS alone.")
    else:
        sentence = "Sessions of organisers may travel unencrypted."
        yield warning("cookies", sentence, "They become secure once PBVOTE_BASE_URL begins with https.")


@advises
def clock_is_right() -> Iterator[Diagnosis]:
    """Whether this host's clock, the database's and the world's agree: letters, sessions and the ledger go by them."""
    if db.engine.dialect.name == "postgresql":
        before = now()
        told = db.session.scalar(sa.text("SELECT clock_timestamp()"))
        yield from of_clocks(before, told, now())
    synchronised = _ntp()
    if synchronised == "no":
        sentence = "Nothing sets this host's clock."
        yield warning("clock", sentence, "Run `timedatectl set-ntp true`, or set it by hand before the day.")
    elif synchronised == "yes":
        yield ok("clock", "This host's clock is set by the network.")


def of_clocks(before: dt.datetime, told: dt.datetime, after: dt.datetime) -> Iterator[Diagnosis]:
    """What the database's time says, asked between two looks at our own clock."""
    apart = max((before - told).total_seconds(), (told - after).total_seconds(), 0.0)
    if after < before:
        yield warning("clock", "This host's clock went back while it was looked at.", "Let it be set slowly (NTP).")
    elif apart > CLOCK_SECONDS:
        sentence = f"The clocks of this host and of the database are {apart:.0f} seconds apart."
        yield warning("clock", sentence, "Let NTP set both.")
    else:
        yield ok("clock", "This host and the database agree on the time.")


def _ntp() -> str:
    """`yes` or `no`; "" where the system does not say."""
    if not (timedatectl := shutil.which("timedatectl")):
        return ""
    command = [timedatectl, "show", "--property=NTPSynchronized", "--value"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=5, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.stdout.strip()


@advises
def letters_leave() -> Iterator[Diagnosis]:
    """Whether the mail server lets us in, and somebody runs `send-mail`. Nothing is sent."""
    config = current_app.config
    if not config["SMTP_HOST"]:
        yield warning(
            "mail", "No letter leaves: there is no mail server.", "Set PBVOTE_SMTP_HOST and PBVOTE_MAIL_FROM."
        )
        return
    try:
        connect(config).close()
    except OSError as failure:
        sentence = f"The mail server {config['SMTP_HOST']} does not let us in ({type(failure).__name__})."
        yield warning("mail", sentence, "Check the PBVOTE_SMTP settings, and whether this host may reach it.")
    else:
        yield ok("mail", f"The mail server {config['SMTP_HOST']} lets us in.")
    if waiting := overdue_letters(OVERDUE):
        sentence = f"{waiting:,} {'letter has' if waiting == 1 else 'letters have'} waited for more than 10 minutes."
        yield warning("mail", sentence, "Run `pbvote send-mail` every minute, from cron or a timer.")


@advises
def python_is_known() -> Iterator[Diagnosis]:
    """Whether this is a Python that pbvote runs on."""
    said = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= PYTHON_FROM:
        yield ok("version", f"Python {said} is recent enough.")
    else:
        yield warning("version", f"Python {said} is too old.", "Use Python 3.11 or later.")
