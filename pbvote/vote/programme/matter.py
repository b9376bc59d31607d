"""What the prints of an event say: plain words in one language, drawn in four ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from flask import current_app, get_template_attribute
from flask_babel import gettext

from pbvote.addresses import event_page
from pbvote.core.money import format_money
from pbvote.filters import days, hour_in
from pbvote.printing.words import RIGHT_TO_LEFT
from pbvote.vote.events.models import Event
from pbvote.vote.programme.entries import Listed
from pbvote.vote.programme.photos import PrintPhoto, photos_of


@dataclass(frozen=True)
class Item:
    """A bid on paper."""

    number: int
    title: str
    summary: str
    group: str
    ask: str
    photo: PrintPhoto | None = None


@dataclass(frozen=True)
class Matter:
    """An event on paper, in the language of the request."""

    language: str
    council: str
    colour: tuple[int, int, int]
    name: str
    place: str
    when: str
    access: str
    money: str
    how: str
    address: str
    items: tuple[Item, ...]

    @classmethod
    def of(cls, event: Event, entries: Sequence[Listed], language: str) -> "Matter":
        """The event and its bids as they stand now. Call it while `language` is the one that is spoken."""
        share, currency = event.share, event.share.round.currency
        comma = "،" if language in RIGHT_TO_LEFT else ","
        money = format_money(share.share_pence, currency)
        photos = photos_of(entries, language)
        hours = f"{hour_in(event.starts_at, language)}–{hour_in(event.ends_at, language)}"
        return cls(
            language=language,
            council=str(current_app.config["COUNCIL_NAME"]),
            colour=_rgb(str(current_app.config["COUNCIL_COLOUR"])),
            name=event.name,
            place=event.place,
            when=f"{days(event.starts_at, event.ends_at)}{comma} {_whole(hours, language)}",
            access=event.access,
            money=gettext("There is %(money)s to give out.", money=_whole(money, language)),
            how=asked(event, len(entries)),
            address=event_page(event.slug, language),
            items=tuple(_item(entry, language, currency, photos.get(entry.number)) for entry in entries),
        )


def _item(entry: Listed, language: str, currency: str, photo: PrintPhoto | None) -> Item:
    words, ask = entry.words(language), format_money(entry.ask_pence, currency)
    return Item(entry.number, words.title, words.summary, entry.group, ask, photo)


def asked(event: Event, number: int) -> str:
    """What the voter is asked to do, as the phone says it."""
    share = event.share
    instruction = get_template_attribute("vote/casting/sentences.html", "instruction")
    sentence = unescape(instruction(share.ballot_rules.within(share.share_pence), number, share.round.currency))
    return " ".join(sentence.split())


def _rgb(colour: str) -> tuple[int, int, int]:
    """A colour of a style sheet, ``#1a5e63`` or ``#fff``, as a printer's numbers; what is neither is black."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return (0, 0, 0)
    return red, green, blue


def _whole(text: str, language: str) -> str:
    """Kept together, and in its own direction, within a sentence that runs from right to left."""
    return f"\u2068{text}\u2069" if language in RIGHT_TO_LEFT else text
