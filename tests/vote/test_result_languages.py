"""Every page that a result leads to, in each language: nothing is left in English but names and organisers' texts."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask import Flask, g

from pbvote.db import db
from pbvote.tally import RULE_KINDS, Rule, TieKey
from pbvote.vote.count import study
from pbvote.vote.count.code_account import MISMATCH_REASONS, CodeAccount
from pbvote.vote.count.models import Seal
from pbvote.vote.door.helping import HELP_KINDS
from pbvote.vote.results.rule_shown import IN_SHORT
from pbvote.vote.results.speech import SPEECH, as_is
from tests.checked_client import CheckedClient
from tests.factories import APPROVAL, KNAPSACK, SCORE, the_event, writing
from tests.finished_polls import finish_poll
from tests.hall import open_poll_codes

TIES = (TieKey.CHEAPER, TieKey.VOTES, TieKey.DRAW)
PAGES = ("", "/other-rules", "/account", "/check-numbers", "/seal")
LANGUAGES = {"pl": "ltr", "ur": "rtl", "ar": "rtl"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}


class Reader(HTMLParser):
    """Reads a page: its sentences, without names and amounts (each in a `bdi`), codes and other languages."""

    def __init__(self) -> None:
        super().__init__()
        self.sentences: set[str] = set()
        self.in_english: list[str] = []
        """What is marked as English, by the element."""
        self.links: list[str] = []
        self._inside: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and "hreflang" not in given:
            self.links.append(given.get("href") or "")
        if given.get("lang") == "en" and "hreflang" not in given and given.get("translate") != "no":
            self.in_english.append(tag)
        if tag not in VOID:
            self._inside.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if re.search(r"[^\W\d_]{2}", words) and not any(self._is_name(*each) for each in self._inside):
            self.sentences.add(words)

    @staticmethod
    def _is_name(tag: str, given: dict[str, str | None]) -> bool:
        is_code = given.get("translate") == "no" or "hreflang" in given or "aria-current" in given
        return is_code or tag in {"bdi", "script", "style", "header", "footer", "svg"}


def read(client: CheckedClient, address: str) -> Reader:
    reader = Reader()
    reader.feed(client.get(address).get_data(as_text=True))
    return reader


def names(app: Flask) -> set[str]:
    """What stays as it is: the event's and the council's names, alone or behind a page's own words."""
    with app.app_context():
        return {the_event().name, the_event().share.locality.name, app.config["SERVICE_NAME"]}


def left_in_english(app: Flask, client: CheckedClient, address: str, language: str) -> Iterator[str]:
    english, spoken = read(client, address), read(client, f"{address}?lang={language}")
    for sentence in english.sentences & spoken.sentences:
        rest = sentence
        for name in sorted(names(app), key=len, reverse=True):
            rest = rest.replace(name, "")
        if re.search(r"[^\W\d_]{2}", rest):
            yield sentence


def result_of(app: Flask, rules: object, rule: Rule, seed: int) -> str:
    return f"/results/{finish_poll(app, rules, rule, seed, whole=True)}"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rules", "rule"),
    [
        (SCORE, Rule("greedy", TIES)),
        (APPROVAL, Rule("greedy-threshold", TIES, threshold=3)),
        (KNAPSACK, Rule("equalshares/add1", TIES)),
        (SCORE, Rule("phragmen", TIES)),
    ],
    ids=lambda value: value.name if isinstance(value, Rule) else str(value.kind),
)
def test_no_sentence_of_a_result_is_left_in_english(
    app: Flask, client: CheckedClient, rules: object, rule: Rule
) -> None:
    result = result_of(app, rules, rule, seed=1)
    for page in PAGES:
        for language in LANGUAGES:
            assert [*left_in_english(app, client, f"{result}{page}", language)] == [], (page, language)


@pytest.mark.parametrize(("language", "direction"), LANGUAGES.items())
def test_a_page_says_its_language_and_marks_only_names_as_english(
    app: Flask, client: CheckedClient, language: str, direction: str
) -> None:
    result = result_of(app, SCORE, Rule("greedy", TIES), seed=1)
    for page in PAGES:
        address = f"{result}{page}?lang={language}"
        assert f'<html lang="{language}" dir="{direction}"' in client.get(address).get_data(as_text=True)
        assert set(read(client, address).in_english) <= {"bdi"}, page


@pytest.mark.parametrize("language", LANGUAGES)
def test_ways_between_the_pages_of_a_result_keep_the_language(app: Flask, client: CheckedClient, language: str) -> None:
    result = result_of(app, SCORE, Rule("greedy", TIES), seed=1)
    ways = {page: read(client, f"{result}{page}?lang={language}").links for page in PAGES}
    for page, links in ways.items():
        ours = [link for link in links if link.startswith(result) and not link.endswith(".zip")]
        assert ours, page
        assert all(link.endswith(f"?lang={language}") for link in ours), (page, ours)
    assert {f"{result}{page}?lang={language}" for page in PAGES[1:]} <= set(ways[""])


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_close_it_was_is_said_in_the_language_of_the_result(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(study, "MOST_BALLOTS", 0)
    result = result_of(app, SCORE, Rule("greedy", TIES), seed=2)
    close = [link for link in read(client, f"{result}?lang={language}").links if "/close/" in link]
    assert close
    assert all(link.endswith(f"?lang={language}") for link in close)
    address = close[0].removesuffix(f"?lang={language}")
    assert [*left_in_english(app, client, address, language)] == []
    assert f'href="{address}?lang=en"' in client.get(close[0]).get_data(as_text=True)


@pytest.mark.parametrize(("language", "direction"), LANGUAGES.items())
def test_a_result_that_is_not_public_yet_says_so_in_the_language(
    app: Flask, client: CheckedClient, language: str, direction: str
) -> None:
    open_poll_codes(app, 1)
    with app.app_context():
        address = f"/results/{the_event().slug}"
    assert [*left_in_english(app, client, address, language)] == []
    page = client.get(f"{address}?lang={language}").get_data(as_text=True)
    assert f'<html lang="{language}" dir="{direction}"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_among_the_results_is_said_in_the_language(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(study, "MOST_BALLOTS", 0)
    result = result_of(app, SCORE, Rule("greedy", TIES), seed=2)
    assert [*left_in_english(app, client, "/results/nowhere", language)] == []
    close = next(link for link in read(client, result).links if "/close/" in link)
    with study._working:
        assert client.get(close).status_code == 503
        assert [*left_in_english(app, client, close, language)] == []


def test_a_title_with_signs_of_html_is_only_text_in_a_sentence(app: Flask, client: CheckedClient) -> None:
    result = result_of(app, SCORE, Rule("greedy-no-skip", TIES), seed=3)
    with writing(app):
        for slot in the_event().running_order:
            slot.bid.title = f"<i>Tea</i> & %(total)s {slot.number}"
    page = client.get(f"{result}?lang=ar").get_data(as_text=True)
    assert "<i>Tea" not in page
    assert "&lt;i&gt;Tea&lt;/i&gt; &amp; %(total)s 1" in page


def account(**changed: int | None) -> CodeAccount:
    """An account in which eight slips were handed out and the door counted nine people."""
    numbers = dict.fromkeys(
        (
            "void",
            "spare",
            "test",
            "replaced",
            "on_paper",
            "spoilt",
            "decided_for_paper",
            "decided_for_phone",
            "left_out",
        ),
        0,
    )
    given = {
        "printed": 10,
        "live": 10,
        "voted": 2,
        "unaccounted": 2,
        "left_over": 2,
        "door_count": 9,
        **numbers,
        **changed,
    }
    return CodeAccount(**given, help_given={}, reason="two_slips", note="")  # type: ignore[arg-type]


def test_what_does_not_balance_is_translated_on_the_page_and_english_where_it_is_stored(
    app: Flask, client: CheckedClient
) -> None:
    result = result_of(app, SCORE, Rule("greedy", TIES), seed=1)
    with writing(app):
        db.session.get_one(Seal, the_event().id).account = account()
    page = client.get(f"{result}/account?lang=pl").get_data(as_text=True)
    assert "Rozdano 8 kartek, a liczba osób policzonych przy wejściu to <bdi>9</bdi>." in page
    assert "2 głosy w urnie nie pochodzą z żadnej ważnej kartki i nie są liczone." in page
    assert "Ktoś dostał dwie kartki" in page
    with app.test_request_context():
        g.language = "pl"
        assert account().to_dict()["mismatches"] == [
            "8 slips were handed out, and the door counted 9 people.",
            "2 ballots in the box are of no live slip, and not counted.",
        ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "3 more votes would have been enough."),
        ("pl", "Wystarczyłyby jeszcze 3 głosy."),
        ("ur", "3 ووٹ اور ہوتے تو کافی تھا۔"),
        ("ar", "كانت تكفيه 3 أصوات إضافية."),
    ],
)
def test_a_sentence_about_a_number_is_said_as_people_say_it(app: Flask, language: str, said: str) -> None:
    with app.test_request_context():
        g.language = language
        one, many = "%(num)s more vote would have been enough.", "%(num)s more votes would have been enough."
        assert SPEECH.ngettext(one, many, 3) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "A, B and C"), ("pl", "A, B i C"), ("ur", "A، B، اور C"), ("ar", "A وB وC")],
)
def test_names_are_listed_as_the_language_lists_them(app: Flask, language: str, said: str) -> None:
    with app.test_request_context():
        g.language = language
        assert re.sub("</?bdi>", "", SPEECH.listed("ABC")) == said


def test_every_rule_reason_and_kind_of_help_is_said_in_each_language(app: Flask) -> None:
    assert IN_SHORT.keys() == RULE_KINDS.keys()
    sentences = {kind.title for kind in RULE_KINDS.values()} | {*MISMATCH_REASONS.values(), *HELP_KINDS.values()}
    sentences |= {sentence for sentences_of_rule in IN_SHORT.values() for sentence in sentences_of_rule}
    for language in LANGUAGES:
        with app.test_request_context():
            g.language = language
            assert not [sentence for sentence in sentences if SPEECH.gettext(sentence) == sentence]


def test_an_amount_stands_whole_in_a_line_that_runs_the_other_way(app: Flask) -> None:
    with app.test_request_context():
        g.language = "ar"
        said = SPEECH.gettext("It asked for %(ask)s, exactly what was left.", ask="£3,043.69")
    assert "<bdi>£3,043.69</bdi>" in said
    assert as_is(as_is("£1")) == "<bdi>£1</bdi>"
