"""What browsers load: built from our sources, small enough for the voter, and from nowhere but here."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.support import Translations
from flask import Flask
from flask.testing import FlaskClient
from fontTools.ttLib import TTFont

from pbvote.assets.build import PRUNED, ROOT, STATIC, compile_style, compile_translations
from pbvote.vote.events.service import event_called
from pbvote.vote.poll.states import PollState
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.pages import browser, client_of, fields_of
from tests.scene import EMAILS, find_scene
from tests.scene_addresses import address, rules_of

# The first flight of a connection holds 14 KB; the first page's HTML takes about 2 KB of it.
FLIGHT = 14 * 1024
WHOLE_PATH = 60 * 1024
# With every rule of the GOV.UK patterns that we import, site.css was twice as large.
SITE, SITE_PACKED = 80_000, 12_500
DESK, DESK_PACKED = 20_000, 4_500
LOCALITY, LOCALITY_PACKED = 16_000, 3_500


def packed(*contents: bytes) -> int:
    """What these weigh on the way, each packed by itself: bytes."""
    return sum(len(gzip.compress(content)) for content in contents)


def test_the_voters_styles_and_scripts_leave_room_for_the_page_in_one_flight() -> None:
    style, script, kiosk = ((STATIC / name).read_bytes() for name in ("voter.css", "voter.js", "kiosk.js"))
    assert packed(style) < 5 * 1024
    assert packed(script) < 4 * 1024
    assert packed(kiosk) < 4 * 1024
    assert packed(style, kiosk) < FLIGHT / 2


@pytest.mark.parametrize("kiosk", ["", "/kiosk"])
@pytest.mark.parametrize("lang", ["en", "ur"])
def test_the_voters_path_is_light(
    demonstration: None, app: Flask, client: CheckedClient, lang: str, kiosk: str
) -> None:
    """The demonstration's eleven bids, with all that a browser loads on the way but the icon."""
    with writing(app):
        event = event_called("sale-2014")
        assert event
        [slip] = make_slips(event, 1, None, SlipState.LIVE)
    first = client.get(f"/v/sale-2014{kiosk}")
    names = set(re.findall(r"/static/([\w.-]+\.(?:css|js))", first.get_data(as_text=True)))
    assert len(names) == 2
    loaded = [first.data, *((STATIC / name).read_bytes() for name in sorted(names))]
    assert packed(*loaded) < FLIGHT
    fields = fields_of(first.get_data(as_text=True))
    paper = client.post("/v/paper", data={**fields, "code": slip.code, "lang": lang})
    fields = fields_of(paper.get_data(as_text=True))
    forgotten = client.post("/v/cast", data=fields)
    done = client.post("/v/cast", data={**fields, **{f"bid-{number}": "4" for number in range(1, 12)}})
    assert [page.status_code for page in (paper, forgotten, done)] == [200, 422, 200]
    # What answers a form holds the code or the choices, and is never packed.
    assert packed(*loaded) + sum(len(page.data) for page in (paper, forgotten, done)) < WHOLE_PATH


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_the_path_of_whoever_comes_early_is_light(
    demonstration: None, app: Flask, client: CheckedClient, lang: str
) -> None:
    """The page that waits has every bid, and the paper that takes its place has them once more."""
    with writing(app):
        event = event_called("sale-2014")
        assert event
        [slip] = make_slips(event, 1, None, SlipState.LIVE)
        event.poll = PollState.PLANNED
    first = client.get("/v/sale-2014")
    names = set(re.findall(r"/static/([\w.-]+\.(?:css|js))", first.get_data(as_text=True)))
    early = client.post("/v/paper", data={"code": slip.code, "lang": lang})
    assert "data-at=" in early.get_data(as_text=True)
    with writing(app):
        event = event_called("sale-2014")
        assert event
        event.poll = PollState.OPEN
    paper = client.post("/v/paper", data=fields_of(early.get_data(as_text=True)))
    marks = {f"bid-{number}": "4" for number in range(1, 12)}
    done = client.post("/v/cast", data={**fields_of(paper.get_data(as_text=True)), **marks})
    assert [page.status_code for page in (early, paper, done)] == [200, 200, 200]
    loaded = [first.data, *((STATIC / name).read_bytes() for name in sorted(names))]
    assert packed(*loaded) + sum(len(page.data) for page in (early, paper, done)) < WHOLE_PATH


@pytest.mark.parametrize(
    ("name", "most", "most_packed"),
    [
        ("site", SITE, SITE_PACKED),
        ("site-rtl", SITE, SITE_PACKED),
        ("desk", DESK, DESK_PACKED),
        ("locality", LOCALITY, LOCALITY_PACKED),
    ],
)
def test_the_other_pages_styles_are_light(name: str, most: int, most_packed: int) -> None:
    style = (STATIC / f"{name}.css").read_bytes()
    assert len(style) < most
    assert packed(style) < most_packed


def classes_in(selector: str) -> set[str]:
    """The classes that an element must have for the selector to mean it."""
    outside = re.sub(r":not\([^)]*\)", "", selector)
    return {re.sub(r"\\\\", "", each) for each in re.findall(r"\.((?:[\w-]|\\\\.)+)", outside)}


def selectors_in(style: str) -> set[str]:
    """Every selector of a stylesheet, wherever it stands."""
    heads = re.findall(r"([^{}@;]+)\{(?=[^{}]+[:][^{}]*\})", style)
    return {re.sub(r"\s", "", each) for head in heads for each in head.split(",")}


def classes_on_pages(app: Flask) -> Iterator[tuple[str, set[str]]]:
    """The address of each page that anybody, an organiser, a member or a group reads, and the classes on it."""
    app.test_client_class = FlaskClient  # the pages themselves are checked elsewhere
    scene = find_scene(app)
    for email in (None, EMAILS["organiser"], EMAILS["member"], EMAILS["group"]):
        client = browser(app, email) if email else client_of(app)
        for rule in rules_of(app, "GET"):
            response = client.get(address(rule, scene), buffered=True)
            # The voter's pages, the screen's and the compere's have sheets of their own.
            if response.mimetype == "text/html" and "/static/site" in (html := response.get_data(as_text=True)):
                shown = {name for names in re.findall(r'class="([^"]+)"', html) for name in names.split()}
                yield response.request.path, shown | ({"desk.css"} if "/static/desk." in html else set())


def test_no_class_on_any_page_has_lost_its_look(demonstration: None, app: Flask, tmp_path: Path) -> None:
    """The builder leaves out rules whose classes no source names; what pages show is asked of the pages themselves."""
    pages = list(classes_on_pages(app))
    shown = {"js-enabled", "govuk-frontend-supported"}.union(*(classes for _, classes in pages))
    assert {"govuk-input__prefix", "govuk-task-list__item--with-link"} <= shown
    for name in PRUNED:
        compile_style(name, tmp_path / "all.css")
        everything = selectors_in((tmp_path / "all.css").read_text())
        left_out = everything - selectors_in((STATIC / f"{name}.css").read_text())
        assert left_out
        assert [each for each in sorted(left_out) if classes_in(each) <= shown] == []
        assert not {each for each in left_out if not any("govuk-" in one for one in classes_in(each))}
    # A page without the sheet of the signed-in shows nothing that only that sheet draws.
    site, desk = (
        {one for each in selectors_in((STATIC / f"{name}.css").read_text()) for one in classes_in(each)}
        for name in PRUNED
    )
    bare = {path: sorted(classes & (desk - site)) for path, classes in pages if "desk.css" not in classes}
    assert {path: classes for path, classes in bare.items() if classes} == {}


@pytest.mark.parametrize("name", ["site.css", "site-rtl.css", "desk.css", "locality.css", "voter.css"])
def test_styles_load_one_sign_at_most_and_carry_nothing_of_the_governments_brand(name: str) -> None:
    style = (STATIC / name).read_text()
    assert "GDS Transport" not in style
    assert "sourceMappingURL" not in style
    loaded = re.findall(r"url\((?!['\"]?data:)['\"]?([^'\")]*)", style)
    assert loaded == ["urdu-full-stop.woff2"] * (name == "voter.css")
    assert style.count("@font-face") == len(loaded)
    assert all((STATIC / file).stat().st_size < 1024 for file in loaded)


def test_a_halls_screen_has_each_letter_of_what_it_says_in_arabic_and_urdu() -> None:
    """A council's computer, or a plain Debian, may have no font with Urdu's letters."""
    said = (ROOT / "pbvote/templates/vote/casting/first_words.html").read_text()
    written = {ord(letter) for letter in said if "\u0600" <= letter <= "\u06ff"}
    assert {0x06C1, 0x06D2} < written
    for name in re.findall(r"url\(['\"]?([^'\")]*)", (STATIC / "screen.css").read_text()):
        with TTFont(STATIC / name) as font:
            assert written <= set(font.getBestCmap())
            assert {"init", "medi", "fina"} <= {
                each.FeatureTag for each in font["GSUB"].table.FeatureList.FeatureRecord
            }


def test_every_shape_that_points_sideways_points_the_other_way_in_the_mirrored_styles() -> None:
    """What mirrors the sheet turns boxes and borders round, and leaves what is cut out of them."""
    style = (STATIC / "site-rtl.css").read_text()
    shapes = re.findall(r"([^{}]+)\{[^{}]*?[{;]?clip-path: ?(polygon\([^)]*\))", style)
    to_the_right = {selector for selector, shape in shapes if re.search(r"100% 50%", shape)}
    turned = {selector for selector, shape in shapes if re.search(r"0% 50%", shape) and "rtl" in selector}
    assert to_the_right == {".govuk-details__summary::before"}
    assert turned == {"[dir=rtl] .govuk-details:not([open])>.govuk-details__summary::before"}


@pytest.mark.parametrize("name", ["voter.css", "locality.css"])
def test_styles_without_a_mirrored_copy_know_neither_left_nor_right(name: str) -> None:
    style = re.sub(r"text-align:left|input\.code\{[^}]*\}", "", (STATIC / name).read_text())
    assert not re.search(r"(margin|padding|border|inset)-(left|right)|[{;](left|right):|float:", style)


@pytest.mark.parametrize("name", ["site.css", "desk.css", "phone.css", "voter.css", "screen.css", "compere.css"])
def test_words_on_a_ground_that_turns_light_in_the_dark_turn_dark(name: str) -> None:
    rules = re.findall(
        r"\{([^{}]*background(?:-color)?:var\(--(?:ink|paper|card)\)[^{}]*)\}", (STATIC / name).read_text()
    )
    assert rules or name == "phone.css"
    assert not [each for each in rules if re.search(r"(?:^|;)color:#", each)]


def test_scripts_carry_no_map_and_no_address() -> None:
    for name in ("site.js", "voter.js", "kiosk.js"):
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


def test_a_class_means_one_thing_on_every_page() -> None:
    meant: dict[str, list[str]] = {}
    for sheet in sorted((ROOT / "pbvote/assets").glob("[sl]*/*.scss")):  # on one page with those of localities
        if sheet.parent.name == "screen":
            continue
        plain = re.sub(r"//.*", "", sheet.read_text(encoding="utf-8"))
        for name in set(re.findall(r"^\.([a-z][\w-]*) \{", re.sub(r",\n", ", ", plain), re.MULTILINE)):
            meant.setdefault(name, []).append(sheet.name)
    assert {"letter-sent", "draft-steps"} <= meant.keys()
    assert {name: sheets for name, sheets in meant.items() if len(sheets) > 1} == {}
