"""What most tests stand on: a migrated database of their own, the app, and a client that checks every page."""

import fcntl
import gc
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import settings

from pbvote.app import create_app
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.demonstration.service import load_demonstration
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.faults import IS_FULL, times
from tests.made_once import share
from tests.pages import client_of
from tests.postgres import cluster, emptied, shape_of
from tests.stories import keep_stories_in

_numbers = itertools.count()
NO_PASSWORD = "!"  # no hash: these tests sign in past it

AppMaker = Callable[..., Flask]

# On a busy machine an example may take its time.
settings.register_profile("house", deadline=None, max_examples=times(few=50, full=1_000), print_blob=True)
settings.load_profile("house")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only `make test-faults` runs."""
    left_out = [] if IS_FULL else [item for item in items if item.get_closest_marker("only_in_full")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish() -> None:
    """Take every module and test out of what the garbage collector walks over, again and again, in each test."""
    gc.collect()
    gc.freeze()


def _make_app(url: str, folder: Path, **settings: Any) -> Flask:
    app = create_app(
        {
            "INSTANCE_PATH": str(folder),
            "DATABASE_URL": url,
            "SECRET_KEY": "not secret: a test's",
            "KEYS_DIR": "",
            "TESTING": True,
            "WTF_CSRF_ENABLED": False,
            **settings,
        }
    )
    app.test_client_class = CheckedClient
    share(app)
    return app


def _migrate(url: str, folder: Path) -> None:
    app = _make_app(url, folder)
    with app.app_context():
        upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session", autouse=True)
def _shelf(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A place for the stories that tests begin with."""
    keep_stories_in(tmp_path_factory.mktemp("stories"))


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first of all workers fills, while the others wait for it."""
    ours = factory.getbasetemp()
    folder = (ours.parent if os.environ.get("PYTEST_XDIST_WORKER") else ours) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            begun = factory.mktemp(name)
            make(begun)
            begun.rename(folder)
    return folder


@pytest.fixture(scope="session")
def sqlite_pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database to copy."""

    def make(folder: Path) -> None:
        _migrate(f"sqlite:///{folder}/pattern.sqlite", folder)

    return _made_once(tmp_path_factory, "sqlite", make) / "pattern.sqlite"


@pytest.fixture(scope="session")
def demonstration_of_today(sqlite_pattern: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A folder with the demonstration in it, its keys too: loaded once a day, copied by every test that visits it.

    Its open event is today's. Tests that go on over midnight need another.
    """

    def load(folder: Path) -> None:
        shutil.copy(sqlite_pattern, folder / "pbvote.sqlite")
        app = _make_app(f"sqlite:///{folder}/pbvote.sqlite", folder)
        with writing(app):
            load_demonstration(NO_PASSWORD)
        with app.app_context():
            db.engine.dispose()

    return lambda: _made_once(tmp_path_factory, f"demonstration-{today()}", load)


@pytest.fixture
def demonstration(demonstration_of_today: Callable[[], Path], tmp_path: Path) -> None:
    """Put the demonstration where this test's app will find it. Name it before `app`."""
    shutil.copytree(demonstration_of_today(), tmp_path, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server with a migrated, empty database called `pattern`."""
    with cluster() as address:
        with psycopg.connect(address.format(name="postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE pattern")
        _migrate(address.format(name="pattern"), tmp_path_factory.mktemp("postgres"))
        yield address


class Databases:
    """PostgreSQL's databases of this process: as many as tests have at once, and those that a test left changed."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._shape = shape_of(server.format(name="pattern"))
        self._used: list[str] = []

    def lend(self) -> str:
        """The address of an empty one."""
        while self._used:
            address = self._used.pop()
            if emptied(address, self._shape):
                return address
        name = f"test_{next(_numbers)}"
        with psycopg.connect(self._server.format(name="postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE pattern')
        return self._server.format(name=name)

    def take_back(self, address: str) -> None:
        """A test has ended."""
        self._used.append(address)


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: str) -> Databases:
    """PostgreSQL's databases, to borrow from."""
    return Databases(postgres_server)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of this test's own database: SQLite, or what `both_databases` asks for."""
    if getattr(request, "param", "sqlite") == "postgresql":
        databases: Databases = request.getfixturevalue("postgres_databases")
        address = databases.lend()
        yield address
        databases.take_back(address)
        return
    if not (tmp_path / "pbvote.sqlite").exists():
        shutil.copy(request.getfixturevalue("sqlite_pattern"), tmp_path / "pbvote.sqlite")
    yield f"sqlite:///{tmp_path}/pbvote.sqlite"


both_databases = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def make_app(database_url: str, tmp_path: Path) -> Iterator[AppMaker]:
    """Make apps on this test's database, with settings of its own."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        made.append(_make_app(database_url, tmp_path, **settings))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def app(make_app: AppMaker) -> Flask:
    """The app on this test's database. Don't hold its context around a client's requests: they bring their own."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """A browser without script, which checks every page that it is given."""
    return client_of(app)
