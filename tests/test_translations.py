"""The voter's path in every language: nothing untranslated, nothing doubtful, no placeholder lost."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask

import pbvote
from pbvote.config import LANGUAGES

ROOM = Path(pbvote.__file__).parent
FOLDER = ROOM / "translations"
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
# `%(name)s` is filled in by the server, `{name}` by the script.
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
NUMBER = "%(num)s"


def catalog(language: str) -> Catalog:
    """A language's messages as its translator wrote them."""
    with (FOLDER / language / "LC_MESSAGES/messages.po").open("rb") as po:
        return read_po(po, locale=language)


def extracted() -> Catalog:
    """Every sentence of the voter's path, as `make translations` finds it."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    found = Catalog()
    for _, _, sentence, _, context in extract_from_dir(ROOM, methods, options):
        found.add(sentence, context=context)
    return found


def forms(message: Message) -> list[tuple[str, str]]:
    """Each form of a translation beside the English that it stands for."""
    if isinstance(message.id, str):
        assert isinstance(message.string, str)
        return [(message.id, message.string)]
    return [(message.id[1], string) for string in message.string or ()]


def messages(language: str) -> Iterator[Message]:
    """The language's messages, without the header."""
    return (message for message in catalog(language) if message.id)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_the_voters_path_is_there_and_no_other(language: str) -> None:
    wanted = {message.id for message in extracted() if message.id}
    assert wanted
    assert {message.id for message in messages(language)} == wanted, "run `make translations`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_in_all_its_forms(language: str) -> None:
    plurals = catalog(language).num_plurals
    for message in messages(language):
        assert not message.fuzzy, message.id
        assert len(forms(message)) == (1 if isinstance(message.id, str) else plurals), message.id
        for english, translation in forms(message):
            assert translation.strip(), message.id
            assert translation == translation.strip()
            assert translation != english


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_kept(language: str) -> None:
    for message in messages(language):
        for english, translation in forms(message):
            wanted, got = PLACEHOLDER.findall(english), PLACEHOLDER.findall(translation)
            # One and two are words in Arabic, so a plural form may leave its number out.
            may_differ = {NUMBER} if isinstance(message.id, tuple) else set()
            assert set(wanted) - may_differ <= set(got) <= set(wanted), message.id
            assert len(got) == len(set(got)), message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_digits_are_those_of_the_posters(language: str) -> None:
    for message in messages(language):
        for _, translation in forms(message):
            assert not any(sign.isdigit() and not sign.isascii() for sign in translation), message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_compiles_and_its_plurals_work(language: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalog(language))
    compiled.seek(0)
    spoken = Translations(compiled)
    assert spoken.gettext("Send my vote") != "Send my vote"
    for number in (*range(25), 100, 101, 102, 111, 1000):
        said = spoken.ngettext("Choose exactly %(num)s group.", "Choose exactly %(num)s groups.", number)
        assert "group" not in said
        assert said % {"num": number}
        assert str(number) in said % {"num": number} or language == "ar"


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("pl", 1, "Wybierz dokładnie 1 grupę."),
        ("pl", 3, "Wybierz dokładnie 3 grupy."),
        ("pl", 12, "Wybierz dokładnie 12 grup."),
        ("pl", 22, "Wybierz dokładnie 22 grupy."),
        ("ar", 1, "اختر مجموعة واحدة بالضبط."),
        ("ar", 2, "اختر مجموعتين بالضبط."),
        ("ar", 4, "اختر 4 مجموعات بالضبط."),
        ("ar", 11, "اختر 11 مجموعة بالضبط."),
    ],
)
def test_a_number_of_groups_is_said_as_people_say_it(language: str, number: int, said: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalog(language))
    compiled.seek(0)
    form = Translations(compiled).ngettext("Choose exactly %(num)s group.", "Choose exactly %(num)s groups.", number)
    assert form % {"num": number} == said


def test_the_first_page_says_in_every_language_what_the_catalogues_say(app: Flask) -> None:
    first_words = app.jinja_env.get_template("vote/casting/first_words.html").module.FIRST_WORDS  # type: ignore[attr-defined]
    assert tuple(first_words) == LANGUAGES
    english = first_words["en"]
    for language in TRANSLATED:
        assert first_words[language].keys() == english.keys()
        spoken = catalog(language)
        known = {key: message for key in english if (message := spoken.get(english[key]))}
        assert {"code", "not_open", "open", "closed", "safe", "late", "read", "still", "clears", "here"} < known.keys()
        assert {"privacy", "accessibility"} < known.keys()
        for key, message in known.items():
            assert first_words[language][key] == message.string, (language, key)
