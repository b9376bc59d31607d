"""Sentences, titles and amounts as a result page says them: in its language, whichever way that runs."""

from collections.abc import Iterable

from babel.lists import format_list
from flask_babel import get_domain, get_locale
from markupsafe import Markup, escape

from pbvote.call.bids.models import Bid
from pbvote.config import LANGUAGES
from pbvote.core.saying import Speech
from pbvote.filters import language


class PageSpeech(Speech):
    """The language of this page. What is filled in stands by itself, so that no direction but its own moves it."""

    def gettext(self, sentence: str, /, **values: str) -> str:
        """A translated sentence, as Markup."""
        said = get_domain().get_translations().ugettext(sentence)
        return escape(said) % {name: as_is(value) for name, value in values.items()}

    def ngettext(self, one: str, many: str, number: int, /, **values: str) -> str:
        """A translated sentence about a number, as Markup."""
        said = get_domain().get_translations().ungettext(one, many, number)
        return escape(said) % {"num": self.number(number), **{name: as_is(value) for name, value in values.items()}}

    def listed(self, names: Iterable[str]) -> str:
        """Names one after the other, as the language lists them."""
        whole = [as_is(name) for name in names]
        locale = "en_GB" if language() == LANGUAGES[0] else get_locale()
        return escape(format_list(["%s"] * len(whole), locale=locale)) % tuple(whole)

    def together(self, sentences: Iterable[str]) -> str:
        """Sentences one after the other, as Markup."""
        return Markup(" ").join(sentences)


SPEECH = PageSpeech()


def as_is(text: str) -> Markup:
    """An amount, a name or a place, whole within a sentence that may run the other way; what is marked up, stays."""
    return text if isinstance(text, Markup) else Markup("<bdi>{}</bdi>").format(text)


def title_of(bid: Bid) -> Markup:
    """A bid's title in the page's language where somebody entered it, else in English and marked as such."""
    wording = bid.wording(language())
    if wording and wording.title:
        return as_is(wording.title)
    return Markup("<bdi{}>{}</bdi>").format(in_english(), bid.title)


def in_english() -> Markup:
    """The attributes of an element whose words are English, on a page in another language."""
    return Markup("") if language() == LANGUAGES[0] else Markup(' lang="en" dir="ltr"')
