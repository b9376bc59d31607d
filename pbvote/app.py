"""The app: its settings, its database and its doors.

It is not in `pbvote/__init__.py`, so that the tally, which needs none of it, starts light.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter, IntegerConverter, Map

from pbvote.api_path import init_api_path
from pbvote.bodies import init_bodies
from pbvote.cli import COMMANDS, command_called
from pbvote.config import configure
from pbvote.core.reading import MOST_ROW_NUMBER
from pbvote.core.slugs import SLUG
from pbvote.db import db, init_db
from pbvote.doors import DOORS
from pbvote.errors import init_errors
from pbvote.fields import init_app as init_fields
from pbvote.filters import init_filters
from pbvote.headers import init_compression, init_headers
from pbvote.home.navigation import init_navigation
from pbvote.log_lines import log_failure
from pbvote.offline import is_kept_copy
from pbvote.people.signing_in import init_signing_in
from pbvote.replication import init_replication
from pbvote.static_files import init_static_files
from pbvote.voters_path import init_voters_path


class _RowId(IntegerConverter):
    """A number in an address: one that no row can have leads nowhere."""

    def __init__(self, url_map: Map, *args: Any, **options: Any) -> None:
        super().__init__(url_map, *args, **{"max": MOST_ROW_NUMBER, **options})


class _Slug(BaseConverter):
    """A word in an address, as `slug_of` makes them: anything else leads nowhere, and never reaches a query."""

    regex = SLUG


class _App(Flask):
    """Flask's app, which writes down failures without the address and the words of whoever asked."""

    def log_exception(self, exc_info: Any) -> None:
        log_failure(exc_info[1])


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The app with its settings, its database and every door. `overrides` are a test's own settings."""
    overrides = dict(overrides or {})
    app = _App("pbvote", instance_path=overrides.pop("INSTANCE_PATH", None))
    configure(app, overrides)
    init_static_files(app)
    if proxies := app.config["PROXIES"]:
        # Without it everybody behind the proxy would be one network to the counts of failures.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    app.url_map.converters |= {"int": _RowId, "slug": _Slug}
    init_db(app)
    init_replication(app)
    Migrate(app, db, directory=str(Path(app.root_path).parent / "migrations"))
    init_errors(app)
    init_bodies(app)
    init_compression(app)  # its work comes last: what is asked for first is done last
    init_filters(app)
    init_fields(app)
    init_headers(app)
    init_voters_path(app)
    init_api_path(app)
    init_signing_in(app)
    init_navigation(app)
    app.add_template_global(is_kept_copy)
    for room in DOORS:
        app.register_blueprint(room.door)
    for name in COMMANDS:
        app.cli.add_command(command_called(name))
    return app
