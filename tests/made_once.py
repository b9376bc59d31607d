"""What the apps of this process have in common, made once: each test has an app of its own.

Importing this changes what Flask and WhiteNoise make for every app.
"""

import threading
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar, NamedTuple

import sqlalchemy as sa
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy.util import LRUCache
from werkzeug.routing import Map, Rule, RuleFactory
from werkzeug.routing.matcher import StateMachineMatcher
from whitenoise import WhiteNoise

from pbvote.db import db


class _CompiledOnce(BytecodeCache):
    """Templates as the first app compiled them."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what is kept, if it is of the same source."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        assert bucket.code
        self._kept[bucket.key, bucket.checksum] = bucket.code


_compiled = _CompiledOnce()


class _MapDrawnOnce(Map):
    """The routes as the first app with these drew them: most of what making an app costs."""

    _drawn: ClassVar[dict[tuple[object, ...], tuple[StateMachineMatcher, dict[Any, list[Rule]]]]] = {}

    _drawing: ClassVar = threading.Lock()
    """Many phones may ask for the first route of an app at once."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._told: list[Rule] = []
        super().__init__(*args, **options)

    def add(self, rulefactory: RuleFactory) -> None:
        """Only remember it: whoever asks for a route comes through `update` first."""
        assert isinstance(rulefactory, Rule)
        self._told.append(rulefactory)
        self._remap = True

    def update(self) -> None:
        """Take the routes that were drawn from the same rules, or draw them."""
        if self._remap:
            with self._drawing:
                self._take()

    def _take(self) -> None:
        key = (*self.converters.values(), *map(self._identity, self._told))
        if key not in self._drawn:
            self._matcher = StateMachineMatcher(self.merge_slashes)
            self._rules_by_endpoint = {}
            for rule in self._told:
                rule.map = None  # type: ignore[assignment]  # as Werkzeug begins: a test may add a route later
                super().add(rule)
            super().update()
            self._drawn[key] = (self._matcher, self._rules_by_endpoint)
        self._matcher, self._rules_by_endpoint = self._drawn[key]
        self._remap = False

    @staticmethod
    def _identity(rule: Rule) -> tuple[object, ...]:
        return (rule.rule, rule.endpoint, repr(rule.defaults), frozenset(rule.methods or ()))


Flask.url_map_class = _MapDrawnOnce


_found: dict[tuple[type[WhiteNoise], str, str, int], dict[str, Any]] = {}
_find = WhiteNoise.update_files_dictionary


def _find_once(server: WhiteNoise, root: str, prefix: str) -> None:
    """The built files as the first app found them, unless one came or went."""
    key = (type(server), root, prefix, Path(root).stat().st_mtime_ns)
    if key not in _found:
        _find(server, root, prefix)
        _found[key] = server.files.copy()
    server.files |= _found[key]


WhiteNoise.update_files_dictionary = _find_once


class _Kept(NamedTuple):
    dialect: sa.Dialect
    compiled: LRUCache[Any, Any]


_kept: dict[str, _Kept] = {}


def _compile_once(engine: sa.Engine) -> None:
    """Keep what statements were compiled to for every database of one kind: a quarter of what the tests cost.

    A statement is kept by its dialect, so the engines share that too: it knows the server's version, and no database.
    """
    kept = _kept.get(engine.name)
    if kept is None or kept.dialect.server_version_info is None:  # its own engine never met the server
        kept = _kept[engine.name] = _Kept(engine.dialect, LRUCache(1_500))
    engine.dialect = kept.dialect
    engine.update_execution_options(compiled_cache=kept.compiled)


def share_templates(app: Flask) -> None:
    """Let an app use the templates that others compiled."""
    app.jinja_env.bytecode_cache = _compiled


def share(app: Flask) -> None:
    """Let an app use the templates and the statements that others compiled."""
    share_templates(app)
    with app.app_context():
        _compile_once(db.engine)
