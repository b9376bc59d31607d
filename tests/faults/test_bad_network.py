"""Casts through a network that delays, cuts and repeats: none that was acknowledged is lost, none counts twice."""

from pathlib import Path

from flask import Flask

from tests.conftest import both_databases
from tests.faults import times
from tests.faults.network import FATES, bad_network
from tests.faults.phones import Harm, acknowledged_by, harm_to, phones_with
from tests.faults.record import note
from tests.hall import open_poll_codes
from tests.serving import forked_server, free_port
from tests.together import together

PHONES = 6


@both_databases
def test_a_vote_counts_once_whatever_the_network_does(app: Flask, tmp_path: Path) -> None:
    phones = phones_with(app, open_poll_codes(app, PHONES))
    votes, url, port = times(few=6, full=250), app.config["DATABASE_URL"], free_port()
    with (
        forked_server(tmp_path, url, port, 1 if url.startswith("sqlite") else 2),
        bad_network(port, seed=2014) as network,
    ):
        together(*(lambda phone=phone: phone.vote_until_heard(network.port, votes) for phone in phones))
    assert network.happened.keys() == FATES.keys()
    assert harm_to(app, phones) == Harm()
    assert acknowledged_by(phones) == PHONES * votes
    sent = sum(network.happened.values())
    figures = {"acknowledged": acknowledged_by(phones), "lost": 0, "doubled": 0, "changed": 0}
    note(f"bad network, {url.partition(':')[0]}", times=sent - network.happened["well"], **figures)
