"""What the server finds out about itself and its address. It asks the network, so no transaction is open meanwhile."""

import datetime as dt
import socket
import ssl
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import SplitResult, urlsplit

from pbvote.addresses import base_url
from pbvote.core.clock import now
from pbvote.doctor.findings import Diagnosis, Level, in_the_way, ok, unsafe, warning
from pbvote.doctor.places import database_lies_locally, disks_have_room
from pbvote.doctor.surroundings import address_is_public, clock_is_right
from pbvote.filters import day
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import counted
from pbvote.vote.slips.batches import batches_of
from pbvote.vote.slips.printing import SlipsMade
from pbvote.vote.venue.models import VenuePoint

CLOCK_SECONDS: Final = 10
"""So far the browser's clock may be from ours: the way of the request is in it."""
_WAIT_SECONDS: Final = 5
_PORTS: Final = {"https": 443, "http": 80}


def look(event: Event, asked_host: str, browser_at: int | None) -> dict[VenuePoint, Diagnosis]:
    """Everything that needs neither paper nor a phone.

    `asked_host` is the host and port by which the organiser's browser reached us, `browser_at` its clock in
    milliseconds since 1970, None where it did not tell.
    """
    address = urlsplit(base_url())
    return {
        VenuePoint.NAME: _together(_name(event, address, asked_host)),
        VenuePoint.HTTPS: _together(_https(event, address)),
        VenuePoint.CLOCK: _together([of_browser(browser_at, now()), *clock_is_right()]),
        VenuePoint.DISK: _together([*database_lies_locally(), *disks_have_room()]),
        VenuePoint.SERVER: _together(_server()),
    }


def _together(findings: Iterable[Diagnosis]) -> Diagnosis:
    """Several findings as one: those of the worst level among them, one after the other."""
    found = list(findings)
    worst = max((finding.level for finding in found), key=list(Level).index)
    said = [finding for finding in found if finding.level is worst]
    sentences, advices = (
        " ".join(filter(None, words)) for words in zip(*((it.sentence, it.advice) for it in said), strict=True)
    )
    return Diagnosis(said[0].about, worst, sentences, advices)


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses that a host name leads to from here. Raises `OSError` where it leads nowhere."""
    return sorted({str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})


def _name(event: Event, address: SplitResult, asked_host: str) -> Iterator[Diagnosis]:
    host = address.hostname or ""
    try:
        found = addresses_of(host, address.port or _PORTS[address.scheme])
    except OSError:
        advice = "Ask whoever keeps the council’s names (DNS). Until then no phone finds the page."
        yield unsafe("name", f"The server finds no computer called {host}.", advice)
    else:
        yield ok("name", f"{host} leads to {' and '.join(found)}.")
    yield of_slips([batch.made for batch in batches_of(event) if not batch.is_void])
    if asked_host != address.netloc:
        advice = "Open the printed address on this computer too. It must show the same event."
        yield warning("name", f"You came here by {asked_host}, and slips lead to {address.netloc}.", advice)


def of_slips(batches: Sequence[SlipsMade]) -> Diagnosis:
    """What the slips that were printed say of the address: these batches are not void."""
    printed = [made for made in batches if not made.is_for_rehearsal]
    astray = [made for made in printed if made.host and made.host != base_url()]
    if astray:
        slips = sum(made.slips for made in astray)
        lead = "leads" if slips == 1 else "lead"
        sentence = f"{counted(slips, 'slip')} {lead} to {astray[0].host}, as printed: {astray[0].serials}."
        return unsafe("name", sentence, f"Serve pbvote there again, or print new slips for {base_url()}.")
    return ok("name", "The slips carry this name." if printed else "No slips are printed yet.")


def certificate_until(host: str, port: int) -> dt.datetime:
    """Until when the certificate is good that the host shows. Raises `OSError`: `ssl.SSLError` where it is not good."""
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=_WAIT_SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        shown = secure.getpeercert() or {}
    return dt.datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), dt.UTC)


def _https(event: Event, address: SplitResult) -> Iterator[Diagnosis]:
    yield from address_is_public()
    if address.scheme != "https":
        return
    try:
        until = certificate_until(address.hostname or "", address.port or _PORTS["https"])
    except ssl.SSLError as failure:
        sentence = f"The certificate of {address.hostname} is not good ({type(failure).__name__})."
        yield unsafe("https", sentence, "Renew it: phones refuse the page.")
    except OSError as failure:
        sentence = f"The server can’t reach {base_url()} itself ({type(failure).__name__})."
        yield warning("https", sentence, "Open it on a phone that uses mobile data.")
    else:
        yield of_certificate(until, event)


def of_certificate(until: dt.datetime, event: Event) -> Diagnosis:
    """Whether the certificate lasts until the event is over."""
    if until < event.ends_at:
        sentence = f"The certificate runs out on {day(until)}, before the event ends."
        return unsafe("https", sentence, "Renew it before the day.")
    return ok("https", f"The certificate is good until {day(until)}.")


def of_browser(browser_at: int | None, at: dt.datetime) -> Diagnosis:
    """How far the browser's clock (milliseconds since 1970) is from ours."""
    if browser_at is None:
        sentence = "This browser did not tell its time."
        return warning("clock", sentence, "Switch scripts on, or compare the screen’s clock with a telephone’s.")
    apart = round(abs(at.timestamp() - browser_at / 1000))
    if apart > CLOCK_SECONDS:
        sentence = f"The server’s clock and this computer’s are {counted(apart, 'second')} apart."
        return warning("clock", sentence, "Compare both with a telephone’s, and set the one that is wrong.")
    return ok("clock", "The server’s clock and this computer’s agree.")


def _server() -> Iterator[Diagnosis]:
    """What would keep voting from opening; disks have a point of their own."""
    found = [finding for finding in in_the_way() if finding.about != "disk"]
    yield from found or [ok("server", "Nothing on the server keeps voting from opening.")]
