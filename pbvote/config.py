"""Settings: read from `PBVOTE_…` in the environment, with defaults that run on a laptop.

Every setting an operator may change is in `DEFAULTS` and in `docs/deploy.md`. What belongs to a round is a row in the
database, never a setting.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from pbvote.bodies import FORM_BYTES

DEFAULTS: dict[str, Any] = {
    "BASE_URL": "",
    "COUNCIL_NAME": "Your Council",
    "COUNCIL_COLOUR": "#1a5e63",
    "COUNCIL_DEPARTMENT": "Partnerships and Communities",
    "COUNCIL_ID": "GB-LAE-EXAMPLE",
    "GRANTS_PREFIX": "360G-example",
    "SERVICE_NAME": "Voluntary Sector Grants",
    "CONTACT_EMAIL": "grants@council.example",
    "DATABASE_URL": "sqlite:///pbvote.sqlite",
    "FILES_DIR": "",
    "KEYS_DIR": "",
    "PROXIES": 0,
    "SECRET_KEY": "",
    "SMTP_HOST": "",
    "SMTP_PORT": 25,
    "SMTP_USER": "",
    "SMTP_PASSWORD": "",
    "SMTP_STARTTLS": False,
    "MAIL_FROM": "grants@council.example",
    "METRICS_LISTEN": "",
    "OFFLINE_PAGES": True,
    "DOOR_LIST_DAYS": 31,
}
_ENGINE_OPTIONS: dict[str, dict[str, Any]] = {
    # We say BEGIN ourselves, as on SQLite: see `pbvote.db`.
    # A host that is gone says nothing: without these, whoever waits for it would wait for a quarter of an hour.
    "postgresql+psycopg": {
        "connect_args": {
            "autocommit": True,
            "connect_timeout": 5,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": 10_000,
        }
    },
}
SERVED_AT = "base_url"
LANGUAGES = ("en", "pl", "ur", "ar")


def configure(app: Flask, overrides: Mapping[str, Any] | None = None) -> None:
    """Settle the app's settings: defaults, then the environment, then a test's own."""
    app.config.from_mapping(DEFAULTS)
    app.config.from_prefixed_env("PBVOTE")
    app.config.from_mapping(overrides or {})
    config = app.config
    instance = Path(app.instance_path)
    instance.mkdir(parents=True, exist_ok=True)
    config["BASE_URL"] = str(config["BASE_URL"] or _served_at(instance)).rstrip("/")
    config["FILES_DIR"] = Path(config["FILES_DIR"] or instance / "files")
    config["KEYS_DIR"] = Path(config["KEYS_DIR"] or instance / "keys")
    config["SECRET_KEY"] = config["SECRET_KEY"] or _kept_secret(instance / "secret_key")
    is_https = config["BASE_URL"].startswith("https://")
    database = _driver_url(config["DATABASE_URL"])
    config.from_mapping(
        SQLALCHEMY_DATABASE_URI=database,
        # Parameters would put ballots and names into error messages and logs.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True, **_ENGINE_OPTIONS.get(database.partition(":")[0], {})},
        # Browsers refuse a Secure cookie on a hall's plain network, and `__Host-` needs Secure.
        SESSION_COOKIE_NAME="__Host-session" if is_https else "session",
        SESSION_COOKIE_SECURE=is_https,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=12 * 3600,
        MAX_CONTENT_LENGTH=FORM_BYTES,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_TIMEZONE="Europe/London",
    )


def _served_at(instance: Path) -> str:
    """Where the server said that it serves, for a command that was not told; a laptop's own address before that."""
    try:
        return (instance / SERVED_AT).read_text(encoding="utf-8").strip()
    except OSError:
        return "http://127.0.0.1:5000"


def _driver_url(url: str) -> str:
    """A database address with the driver that we ship."""
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _kept_secret(path: Path) -> str:
    """The secret that signs sessions: made on the first start, kept in a file that only this user can read."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    secret = secrets.token_hex(32)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret + "\n")
    return secret
