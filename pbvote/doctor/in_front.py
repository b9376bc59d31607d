"""The server in front, as far as it can be tried from here: `pbvote doctor` asks the public address like a visitor.

Its settings and its logs can't be seen. What it does to a question and to an answer can.
"""

import datetime as dt
import http.client
import ssl
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from flask import Request, current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from pbvote.addresses import base_url
from pbvote.core.clock import now
from pbvote.doctor.findings import Diagnosis, advises, ok, warning
from pbvote.doctor.surroundings import OWN_HOSTS

SECONDS: Final = 10
CERTIFICATE_DAYS: Final = 14
A_STRANGER: Final = "203.0.113.77"
"""An address of RFC 5737, which nobody has."""
_ASKS, _TOLD = "X-Pbvote-Doctor", "X-Pbvote-Seen-As"
_FILES: Final = "`deploy/one-machine/nginx` shows how."


def told_to_doctor(asked: Request) -> dict[str, str]:
    """For a question that this installation's own doctor has signed: which address reached the app."""
    try:
        _signer().loads(asked.headers.get(_ASKS, ""), max_age=60)
    except BadData:
        return {}
    return {_TOLD: asked.remote_addr or "", "Cache-Control": "no-store"}


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="doctor")


@advises
def front_does_as_it_should() -> Iterator[Diagnosis]:
    """Whether HTTPS works and until when, and what the server in front does to addresses and to answers."""
    address = urlsplit(base_url())
    if address.scheme == "https" and address.hostname not in OWN_HOSTS:
        yield from of_front(address.hostname or "", address.port or 443)


def of_front(host: str, port: int) -> Iterator[Diagnosis]:
    """The same of one host."""
    connection = http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())
    try:
        connection.connect()
        yield _of_certificate(connection.sock.getpeercert())
        seen = _asked(connection, "/healthz", {_ASKS: str(_signer().dumps("")), "X-Forwarded-For": A_STRANGER})
        yield _of_addresses(seen.get(_TOLD))
        # Whoever shows a cookie is never answered in a compressed form by pbvote itself.
        page = _asked(connection, "/sign-in", {"Cookie": "doctor=1", "Accept-Encoding": "gzip, br, zstd"})
        yield _of_compression(page.get("Content-Encoding"))
    except ssl.SSLCertVerificationError as failure:
        sentence = f"Browsers refuse the certificate of {host}: {failure.verify_message}."
        yield warning("front", sentence, "Renew it (`certbot renew`), and reload the server in front.")
    except (OSError, http.client.HTTPException) as failure:
        sentence = f"{host} could not be asked over HTTPS from here ({type(failure).__name__})."
        yield warning("front", sentence, "Open it on a phone. Where that works, only this host does not reach it.")
    finally:
        connection.close()


def _asked(connection: http.client.HTTPSConnection, path: str, headers: dict[str, str]) -> http.client.HTTPMessage:
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer.headers


def _of_certificate(certificate: object) -> Diagnosis:
    ends = str(certificate["notAfter"]) if isinstance(certificate, dict) else ""
    until = dt.datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), dt.UTC)
    said = f"The certificate is valid until {until:%d.%m.%Y}."
    if until < now() + dt.timedelta(days=CERTIFICATE_DAYS):
        return warning("front", said, "Renew it before the event (`certbot renew`), and see why that did not happen.")
    return ok("front", f"HTTPS works. {said}")


def _of_addresses(seen: str | None) -> Diagnosis:
    if seen is None:
        sentence = "The public address leads to another installation, or to one with another secret."
        return warning("front", sentence, "Look at PBVOTE_BASE_URL, and give every host the same PBVOTE_SECRET_KEY.")
    if seen == A_STRANGER:
        sentence = (
            "The server in front passes on any address that a visitor claims, which dodges the counts of failures."
        )
        return warning("front", sentence, f"Let it set X-Forwarded-For to the address that it sees. {_FILES}")
    return ok("front", "The server in front passes on no address that a visitor claims.")


def _of_compression(encoding: str | None) -> Diagnosis:
    if encoding:
        sentence = f"The server in front compresses pages ({encoding}), whose length then tells what is in them."
        return warning("front", sentence, f"Switch that off (nginx: `gzip off;`). {_FILES}")
    return ok("front", "The server in front compresses no page that is for one person.")
