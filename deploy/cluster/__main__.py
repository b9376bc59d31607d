"""Build the cluster, try it, write what was seen. `deploy/cluster-test` runs this in namespaces of its own."""

import argparse
import contextlib
import itertools
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.casts import prepare
from deploy.cluster.building import ADDRESS, HOUSE, Cluster, missing_packages
from deploy.cluster.checking import Desk
from deploy.cluster.hosts import BRIDGE, SPACE, Failed, run, wait_until
from deploy.cluster.phones import Hall, Phones
from deploy.cluster.report import Row, kept, write
from deploy.cluster.trials import CONTROL, TRIALS, Trial

PHONES, SLIPS = 16, 6000
INNER = "--inside"
QUIET_SECONDS, AFTER_SECONDS = 3.0, 4.0
RECOVERY_SECONDS = 60
_BEGAN = time.monotonic()


def main(words: Sequence[str]) -> int:
    """Try so many times; the command's status: 0 where nothing was lost."""
    asked = _asked(words)
    if os.geteuid() != 0:
        print("Only root can make machines out of namespaces.", file=sys.stderr)
        return 2
    if missing := missing_packages():
        print(f"Needs Debian's packages: apt-get install --no-install-recommends {' '.join(missing)}", file=sys.stderr)
        return 2
    if not asked.inside:
        new = ["unshare", "--pid", "--mount", "--net", "--uts", "--fork", "--kill-child", "--mount-proc"]
        os.execvp("unshare", [*new, sys.executable, "-m", "deploy.cluster", INNER, *words])  # noqa: S606
    run("mount", "-t", "tmpfs", "-o", "size=80%", "tmpfs", SPACE)
    chosen = [trial for trial in TRIALS if not asked.only or asked.only in trial.name]
    rows, control = kept() if asked.add else ([], [])
    rows += _tried(Cluster(), itertools.islice(itertools.cycle(chosen), asked.times))
    write(rows, control, asked.write)
    if asked.control:
        control += _tried(Cluster(is_synchronous=False), [CONTROL])
        write(rows, control, asked.write)
    return 0 if all(row.is_good for row in rows) and not any(row.is_good for row in control) else 1


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("deploy/cluster-test", description="Break a cluster under load, and compare.")
    parser.add_argument("--times", type=int, default=len(TRIALS), help="how many trials, of each kind in turn")
    parser.add_argument("--only", default="", help="only trials whose name holds this")
    parser.add_argument("--no-control", dest="control", action="store_false", help="leave the negative control out")
    parser.add_argument("--write", action="store_true", help="write deploy/README.md and deploy/cluster.json")
    parser.add_argument("--add", action="store_true", help="add to what deploy/cluster.json holds")
    parser.add_argument(INNER, action="store_true", dest="inside", help=argparse.SUPPRESS)
    return parser.parse_args(words)


def _say(what: str) -> None:
    print(f"{time.monotonic() - _BEGAN:6.1f} s  {what}", flush=True)


def _tried(cluster: Cluster, trials: Iterator[Trial] | list[Trial]) -> Iterator[Row]:
    """Build the cluster, and do these trials one after another."""
    _say(f"a cluster with {'synchronous' if cluster.is_synchronous else 'asynchronous'} replication begins")
    try:
        cluster.build()
        _say("the databases are whole")
        hall = _fill(cluster)
        _say("phones can vote")
        for number, trial in enumerate(trials, 1):
            row = _seen(cluster, hall, trial)
            _say(f"{number}. {row.line}")
            yield row
            if row.is_over:
                break
    finally:
        keep = HOUSE / "build/cluster-logs" / ("trials" if cluster.is_synchronous else "control")
        shutil.rmtree(keep, ignore_errors=True)
        for host in cluster.hosts:
            host.switch_off()
            with contextlib.suppress(FileNotFoundError):
                shutil.copytree(host.disk / "logs", keep / host.name)
                shutil.rmtree(host.disk)
        run("ip", "link", "delete", BRIDGE)


def _desk(cluster: Cluster) -> Desk:
    leader = cluster.leader()
    if leader is None:
        raise Failed("no database leads")
    return Desk(cluster.url_of(leader), cluster.apps[0].disk / "pbvote", SPACE / "files")


def _fill(cluster: Cluster) -> Hall:
    """Tables, the demonstration, keys on both app hosts; then everything serves."""
    first, second = cluster.apps
    prepare(_desk(cluster).app)
    shutil.copytree(first.disk / "pbvote/keys", second.disk / "pbvote/keys", dirs_exist_ok=True)
    for host in cluster.apps:
        cluster.begin_pbvote(host)
    cluster.begin_front()
    hall = _desk(cluster).hall(cluster.front.address, ADDRESS.removeprefix("https://"), cluster.certificate)
    with Phones(hall, _desk(cluster).more_codes(100), 1) as ledger:
        wait_until(
            lambda: len(ledger.acknowledged_at) > 5, RECOVERY_SECONDS, lambda: f"nobody votes: {ledger.statuses}"
        )
    return hall


def _seen(cluster: Cluster, hall: Hall, trial: Trial) -> Row:
    """The trial; where the cluster does not come back, what it said, and no other trial follows."""
    try:
        return _try(cluster, hall, trial)
    except Failed as failure:
        return Row(trial.name, {}, 0, {}, [str(failure)], has_changed_hands=False, is_over=True)


def _try(cluster: Cluster, hall: Hall, trial: Trial) -> Row:
    cluster.wait_until_whole()
    desk = _desk(cluster)
    codes, before = desk.more_codes(SLIPS), desk.box()
    with Phones(hall, codes, PHONES) as ledger:
        time.sleep(QUIET_SECONDS)
        led, began = _name(cluster), time.monotonic()
        mend = trial.begin(cluster)
        time.sleep(trial.seconds)
        mend()
        answered = len(ledger.acknowledged_at)
        wait_until(
            lambda: len(ledger.acknowledged_at) > answered + PHONES,
            RECOVERY_SECONDS,
            lambda: f"nobody votes any more: {ledger.statuses}",
        )
        time.sleep(AFTER_SECONDS)
        ended = time.monotonic()
    cluster.wait_until_whole()
    found: Counter[str] = _desk(cluster).compare(ledger, before)
    return Row(
        trial.name,
        dict(found),
        round(ledger.longest_wait(began, ended), 2),
        dict(ledger.statuses),
        sorted(set(ledger.surprises)),
        has_changed_hands=led != _name(cluster),
    )


def _name(cluster: Cluster) -> str:
    leader = cluster.leader()
    return leader.name if leader else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
