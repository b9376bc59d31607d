"""What browsers load: built from our sources, small enough for the voter, and from nowhere but here."""

import gzip
import json
import re
from pathlib import Path

import pytest
from babel.support import Translations

from pbvote.assets.build import ROOT, STATIC, compile_translations

# The first flight of a connection holds 14 KB; the first page's HTML takes about 2 KB of it.
FLIGHT = 14 * 1024


def test_the_voters_styles_and_script_leave_room_for_the_page_in_one_flight() -> None:
    weight = {name: len(gzip.compress((STATIC / name).read_bytes())) for name in ("voter.css", "voter.js")}
    assert weight["voter.css"] < 5 * 1024
    assert weight["voter.js"] < 2 * 1024
    assert sum(weight.values()) < FLIGHT / 2


@pytest.mark.parametrize("name", ["site.css", "site-rtl.css", "voter.css"])
def test_styles_load_nothing_and_carry_nothing_of_the_governments_brand(name: str) -> None:
    style = (STATIC / name).read_text()
    assert "GDS Transport" not in style
    assert "@font-face" not in style
    assert "sourceMappingURL" not in style
    assert not re.search(r"url\((?!['\"]?data:)", style)


def test_the_voters_styles_know_neither_left_nor_right() -> None:
    style = re.sub(r"text-align:left|input\.code\{[^}]*\}", "", (STATIC / "voter.css").read_text())
    assert not re.search(r"(margin|padding|border|inset)-(left|right)|[{;](left|right):|float:", style)


def test_scripts_carry_no_map_and_no_address() -> None:
    for name in ("site.js", "voter.js"):
        script = (STATIC / name).read_text()
        assert "sourceMappingURL" not in script
        assert not re.search(r"https?://", script)


def test_the_lock_of_the_tools_holds_no_download_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert packages
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert not name or "integrity" in package, name


def test_translations_are_compiled_beside_their_sources_without_the_doubtful(tmp_path: Path) -> None:
    folder = tmp_path / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    sure = 'msgid "Send my vote"\nmsgstr "Wyślij mój głos"\n'
    doubtful = '#, fuzzy\nmsgid "Next person"\nmsgstr "Poprzednia osoba"\n'
    (folder / "messages.po").write_text("\n".join([head, sure, doubtful]), encoding="utf-8")
    compile_translations(tmp_path)
    spoken = Translations.load(str(tmp_path), ["pl"])
    assert spoken.gettext("Send my vote") == "Wyślij mój głos"
    assert spoken.gettext("Next person") == "Next person"


def test_a_house_without_translations_builds(tmp_path: Path) -> None:
    compile_translations(tmp_path / "none")
