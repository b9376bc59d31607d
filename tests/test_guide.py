"""The guide calls each button and page as the product does, keeps its sentences short, and leads to what is there."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = ("guide", "round", "bids", "awards", "partnership")
MOST_WORDS = 20

GAP = "…"
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`((?:[^`\\]|\\.)*)`')
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\$\{[^}]*\}|\{[^{}]*\}")
_TAG = re.compile(r"<[^>]*>")
_INLINE_TAG = re.compile(r"</?(?:strong|b|span)\b[^>]*>")


def _plain(text: str) -> str:
    """A text as a page shows it, with a gap for each thing that is filled in."""
    return " ".join(_PLACEHOLDER.sub(GAP, unescape(text)).split())


def _quoted(source: str) -> Iterator[str]:
    for groups in _QUOTED.findall(source):
        yield _plain("".join(groups))


def _in_template(source: str) -> Iterator[str]:
    source = _COMMENT.sub("", source)
    for expression in _JINJA.findall(source):
        yield from _quoted(expression)
    shown = _JINJA.sub(lambda found: GAP if found[0].startswith("{{") else "\n<>", source)
    shown = shown.replace("<>", "<br>")
    for text in (*_TAG.split(shown), *_TAG.split(_INLINE_TAG.sub("", shown))):
        yield _plain(text)


def _in_python(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in docstrings:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield _plain(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = (str(part.value) if isinstance(part, ast.Constant) else GAP for part in node.values)
            yield _plain("".join(parts))


@cache
def said() -> frozenset[str]:
    """All that templates, services and scripts have to say."""
    found: set[str] = set()
    readers = {".html": _in_template, ".py": _in_python, ".js": _quoted}
    for path in (ROOT / "pbvote").rglob("*"):
        is_shown = "static" not in path.parts and "demonstration" not in (path.stem, path.parent.name)
        if path.suffix in readers and is_shown:
            found.update(readers[path.suffix](path.read_text(encoding="utf-8")))
    return frozenset(found | {text.split(f": {GAP}")[0] for text in found})


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


@cache
def _patterns() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """What is said with gaps: how many letters are beside them, and what it matches."""
    with_gaps = [text for text in said() if GAP in text]
    return tuple((_letters(text), re.compile(".+?".join(map(re.escape, text.split(GAP))))) for text in with_gaps)


def is_said(name: str, *, whole: bool) -> bool:
    """Whether the product says it: as a whole label, or somewhere in a sentence. Gaps fill at most half of it."""
    if name in said() or (not whole and any(name in text for text in said())):
        return True
    return any(2 * letters >= _letters(name) and pattern.fullmatch(name) for letters, pattern in _patterns())


def text_of(page: str) -> str:
    return (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")


def _names(page: str) -> list[str]:
    return [" ".join(name.split()) for name in re.findall(r"\*\*(.+?)\*\*", text_of(page), re.DOTALL)]


@pytest.mark.parametrize("guide", PAGES)
def test_every_bold_name_is_on_the_screen(guide: str) -> None:
    assert [name for name in _names(guide) if not is_said(name, whole=True)] == []


@pytest.mark.parametrize("guide", PAGES)
def test_pages_say_what_is_in_italics(guide: str) -> None:
    quoted = re.findall(r"(?<!\*)\*(?!\*)([^*]+?)\*(?!\*)", text_of(guide))
    assert [words for words in quoted if not is_said(" ".join(words.split()), whole=False)] == []


def test_a_renamed_button_is_noticed() -> None:
    assert is_said("Ask to count and seal", whole=True)
    assert not is_said("Ask to count and to seal", whole=True)
    assert is_said("Open envelope 3 (25 slips)", whole=True)
    assert not is_said("Unseal envelope 3 (25 slips)", whole=True)
    assert not is_said("Nothing from nowhere", whole=True)


def _sentences(page: str) -> Iterator[str]:
    """Each cell, list item and paragraph, cut into sentences."""
    text = re.sub(r"```.*?```|!\[.*?\]\(.*?\)", "", text_of(page), flags=re.DOTALL)
    text = re.sub(r"\[(.*?)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?m)^#+ .*$", "", re.sub(r"[*`]", "", text))
    blocks = re.split(r"\n\s*\n|\n(?=\s*(?:[-|#]|\d+\.) ?)|\|", text)
    for block in blocks:
        yield from re.split(r"(?<=[.!?:;]) ", " ".join(block.split()))


@pytest.mark.parametrize("guide", PAGES)
def test_no_sentence_of_the_guide_is_long(guide: str) -> None:
    assert [sentence for sentence in _sentences(guide) if len(sentence.split()) > MOST_WORDS] == []


def _anchor(heading: str) -> str:
    """As the sites that show Markdown make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize(
    "path", ["README.md", *(f"docs/{page}.md" for page in (*PAGES, "deploy", "cluster", "security"))]
)
def test_each_link_leads_somewhere(path: str) -> None:
    source = ROOT / path
    for address in re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)", source.read_text(encoding="utf-8")):
        if ":" in address:
            continue
        file, _, anchor = address.partition("#")
        target = (source.parent / file) if file else source
        assert target.exists(), address
        if anchor:
            headings = re.findall(r"(?m)^#+ (.+)$", target.read_text(encoding="utf-8"))
            assert anchor in map(_anchor, headings), address


def test_the_guide_shows_the_pictures_that_are_taken() -> None:
    shown = re.findall(r"\]\(pictures/(.+?)\.png\)", text_of("guide"))
    taken = re.findall(r'photograph\("(.+?)"', (ROOT / "docs" / "take_pictures.py").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(taken)
