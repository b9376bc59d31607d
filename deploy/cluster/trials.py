"""What goes wrong: each trial breaks something under load and mends it again."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from deploy.cluster.building import Cluster
from deploy.cluster.hosts import Failed, Host, wait_until

Mend = Callable[[], None]
_DOWN_SECONDS: Final = 3.0
"""How long a machine that was switched off takes until its programs begin."""


@dataclass(frozen=True)
class Trial:
    """One thing that goes wrong. `begin` breaks it and gives what mends it."""

    name: str
    begin: Callable[[Cluster], Mend]
    seconds: float
    """How long it stays broken at least."""


def _leader(cluster: Cluster) -> Host:
    leader = cluster.leader()
    if leader is None:
        raise Failed("no database leads")
    return leader


def _kill_postgres(cluster: Cluster) -> Mend:
    _leader(cluster).send(signal.SIGKILL, "postgres")
    return lambda: None  # Patroni begins it again


def _kill_both(cluster: Cluster) -> Mend:
    host = _leader(cluster)
    host.send(signal.SIGKILL, "patroni", "postgres")
    return lambda: cluster.begin_patroni(host)


def _switch_off(cluster: Cluster) -> Mend:
    host = _leader(cluster)
    host.switch_off()

    def mend() -> None:
        time.sleep(_DOWN_SECONDS)
        host.switch_on()
        cluster.begin_database(host)

    return mend


def _stop(host: Host, *names: str) -> Mend:
    host.send(signal.SIGSTOP, *names)
    return lambda: (host.send(signal.SIGCONT, *names), None)[1]


def _cut(host: Host) -> Mend:
    host.cut()
    return host.join


def _cut_from_databases(cluster: Cluster) -> Mend:
    host = _leader(cluster)
    host.shut_out([other for other in cluster.databases if other is not host])
    return host.join


def _kill_app(cluster: Cluster) -> Mend:
    host = cluster.apps[0]
    host.send(signal.SIGKILL, "pbvote")
    wait_until(lambda: not list(host.processes("pbvote")), 5, lambda: "pbvote does not die")
    return lambda: cluster.begin_pbvote(host)


TRIALS: Final = (
    Trial("PostgreSQL of the leader killed", _kill_postgres, 10),
    Trial("PostgreSQL and Patroni of the leader killed", _kill_both, 15),
    Trial("leader switched off", _switch_off, 15),
    Trial("leader frozen, with all that runs on it", lambda cluster: _stop(_leader(cluster)), 20),
    Trial("PostgreSQL of the leader frozen", lambda cluster: _stop(_leader(cluster), "postgres"), 20),
    Trial("Patroni of the leader frozen", lambda cluster: _stop(_leader(cluster), "patroni"), 20),
    Trial("leader cut off from everybody", lambda cluster: _cut(_leader(cluster)), 20),
    Trial("leader cut off from the other databases", _cut_from_databases, 20),
    Trial("synchronous standby cut off", lambda cluster: _cut(cluster.standby()), 15),
    Trial("host whose etcd leads cut off", lambda cluster: _cut(cluster.etcd_leader()), 15),
    Trial("an app host cut off", lambda cluster: _cut(cluster.apps[0]), 15),
    Trial("pbvote of an app host killed", _kill_app, 8),
)
CONTROL: Final = TRIALS[7]
"""With asynchronous replication this one loses votes, or the comparison is worth nothing."""
