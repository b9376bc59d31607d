"""What templates may call: amounts, days and moments in UK time, addresses of built assets."""

import datetime as dt
import re
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_skeleton, format_time
from flask import Blueprint, Flask, current_app, g, has_app_context, request, url_for
from flask_babel import Babel, get_locale
from markupsafe import Markup

from pbvote.config import LANGUAGES
from pbvote.core.clock import UK, lasts_days, today
from pbvote.core.money import format_money
from pbvote.static_files import marked_name
from pbvote.voters_path import DEFAULT_LANGUAGE, voter

_LOCALES = {"en": "en_GB"}
# CLDR writes AM and PM in Latin letters, which jump to the wrong end between words that run from right to left.
_TIMES = {"ur": "H:mm"}


def choose_language(code: str | None) -> None:
    """Answer this request in this language, where it is one that pbvote speaks; the voter's path chooses for itself."""
    if code in LANGUAGES:
        g.language = code


def speak_languages(door: Blueprint) -> None:
    """Let the pages behind a door answer in the language that the address names (``?lang=pl``), else in English.

    Their templates get what `languages_of_page` gives.
    """

    @door.before_request
    def speak() -> None:
        choose_language(request.args.get("lang"))

    door.context_processor(languages_of_page)


def languages_of_page() -> dict[str, Any]:
    """The page's `locale`, all `languages`, and `lang`: what an address carries on to keep the language."""
    return {"locale": get_locale(), "languages": LANGUAGES, "lang": kept_language()}


def kept_language() -> dict[str, Any]:
    """What an address carries on to keep the language; nothing in English."""
    return {} if language() == DEFAULT_LANGUAGE else {"lang": language()}


def language() -> str:
    """The language of this page: what the voter or the address chose, else English."""
    context = voter()
    chosen: str = context.language if context else g.get("language", DEFAULT_LANGUAGE)
    return chosen


def money(pence: int, currency: str = "GBP") -> str:
    """An amount as a page shows it: ``£3,043.69``, ``£4,000``."""
    return format_money(pence, currency)


def day(value: dt.date) -> str:
    """``12 July 2014``, its month in the page's language; in UK time where a moment is given."""
    value = value.astimezone(UK).date() if isinstance(value, dt.datetime) else value
    return _date(value, "d MMMM y", language() if has_app_context() else DEFAULT_LANGUAGE)


@lru_cache(maxsize=2_000)
def _date(value: dt.date, pattern: str, locale: str) -> str:
    """A list has hundreds of days, and few different ones."""
    return format_date(value, pattern, locale=locale)


def month(value: dt.date) -> str:
    """``July 2014``, in the page's language."""
    return _date(value, "MMMM y", language() if has_app_context() else DEFAULT_LANGUAGE)


def hour(value: dt.datetime) -> str:
    """``1:30pm``, ``noon``, ``midnight``, in UK time."""
    local = value.astimezone(UK)
    if not local.minute and local.hour in {0, 12}:
        return "noon" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local:%I}".lstrip("0") + minutes + f"{local:%p}".lower()


def moment(value: dt.datetime) -> str:
    """``12 July 2014, 1:30pm``, in UK time."""
    return f"{day(value)}, {hour(value)}"


def when_is(value: dt.datetime) -> str:
    """A moment beside now: ``today at 1:30pm``, ``tomorrow at 1:30pm``, ``on 12 July 2014, 1:30pm``."""
    away = (value.astimezone(UK).date() - today()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(away)
    return f"{near} at {hour(value)}" if near else f"on {moment(value)}"


def hours(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """``12 July 2014, 11am to 3pm``; ``3 May 2026, 9am, to 9 May 2026, 5pm`` where it lasts several days."""
    if lasts_days(starts_at, ends_at):
        return f"{moment(starts_at)}, to {moment(ends_at)}"
    return f"{moment(starts_at)} to {hour(ends_at)}"


def days(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """``12 July 2014``; ``3 May 2026 – 9 May 2026`` where it lasts several days."""
    return f"{day(starts_at)} – {day(ends_at)}" if lasts_days(starts_at, ends_at) else day(starts_at)


def day_in(value: dt.datetime, language: str) -> str:
    """``12 July``, ``12 lipca``: a day soon to come in one of the voters' languages, in UK time."""
    return format_skeleton("MMMMd", value.astimezone(UK), locale=_LOCALES.get(language, language))


def hour_in(value: dt.datetime, language: str) -> str:
    """``1:30pm``, ``13:30``: a time as people write it who read that language, in UK time."""
    if language == DEFAULT_LANGUAGE:
        return hour(value)
    return format_time(value.astimezone(UK), _TIMES.get(language, "short"), locale=language)


def asset(name: str) -> str:
    """The address of a built asset under the name that marks its content, so that it may be kept for a year."""
    addresses: dict[tuple[str, str], str] = current_app.extensions.setdefault("pbvote-assets", {})
    key = (request.script_root if request else "", name)
    if key not in addresses:
        addresses[key] = url_for("static", filename=marked_name(Path(current_app.static_folder or "") / name))
    return addresses[key]


def csp_nonce() -> str:
    """This response's nonce for the one inline style: the council's colour."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def paragraphs(text: str) -> Markup:
    """Typed text as paragraphs, everything in it escaped."""
    blocks = (block.strip() for block in text.replace("\r\n", "\n").split("\n\n"))
    return Markup("").join(
        Markup('<p class="govuk-body">{}</p>').format(Markup("<br>").join(block.split("\n")))
        for block in blocks
        if block
    )


def with_breaks(address: str) -> Markup:
    """An address that a line may break behind a slash, a full stop or a hyphen, and in no word."""
    pieces = re.split(r"(?<=[/.-])", address)
    return Markup("<wbr>").join(piece for piece in pieces if piece)


def in_pieces(address: str) -> Markup:
    """An address in letters so large that it takes several lines: each piece between slashes stays whole if it can.

    Somebody in the last row types it, and would leave out a hyphen at the end of a line.
    """
    pieces = [piece for piece in re.split(r"(?<=/)", address) if piece]
    return Markup("<wbr>").join(Markup('<span class="piece">{}</span>').format(piece) for piece in pieces)


def init_filters(app: Flask) -> None:
    """Give templates the filters and functions of this module, and the translations."""
    Babel(app, locale_selector=language)
    for function in (money, day, month, hour, hour_in, moment, paragraphs, with_breaks, in_pieces, days, hours):
        app.add_template_filter(function)
    app.add_template_global(asset)
    app.add_template_global(csp_nonce)
    app.add_template_global(get_locale, "get_locale")
    app.add_template_global(language)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
