"""The house keeps its own rules: small rooms, honest locks, nothing that speaks of other places."""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pbvote.doors import DOORS
from tests.house import HOUSE, tracked

LONGEST_FILE = 300
# One file on purpose: a resident reads it from beginning to end.
LONGER_FILES = {"recount.py": 400}
LONGEST_FUNCTION = 40
MARKS = (["property"], ["classmethod"], ["staticmethod"])


@functools.cache
def tree_of(file: Path) -> ast.Module:
    """A file as Python reads it."""
    return ast.parse(file.read_text(encoding="utf-8"))


def lines_of(file: Path) -> int:
    """How long a file is."""
    return len(file.read_text(encoding="utf-8").splitlines())


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_files_and_functions_are_small() -> None:
    files = tracked("pbvote/*.py", "tests/*.py", "benchmarks/*.py")
    assert [file for file in files if lines_of(file) > LONGER_FILES.get(file.name, LONGEST_FILE)] == []
    # A test may tell one long story; a function of the product may not.
    found = [(file.name, each) for file in tracked("pbvote/*.py") for each in functions(file)]
    sizes = {f"{name}: {each.name}": (each.end_lineno or 0) - each.lineno for name, each in found}
    assert {name: lines for name, lines in sizes.items() if lines >= LONGEST_FUNCTION} == {}


def test_styles_scripts_and_templates_are_small() -> None:
    files = tracked("pbvote/assets/*.scss", "pbvote/assets/*.js", "pbvote/templates/*.html")
    sizes = {file.relative_to(HOUSE).as_posix(): lines_of(file) for file in files}
    assert {name: lines for name, lines in sizes.items() if lines > LONGEST_FILE} == {}
    assert {Path(name).suffix for name in sizes} == {".scss", ".js", ".html"}


def test_what_is_public_says_what_it_means() -> None:
    for file in tracked("pbvote/*.py"):
        if file.stat().st_size:
            assert ast.get_docstring(tree_of(file)), file
        for node in tree_of(file).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{file.name}: {node.name}"


def test_no_room_knows_another_only_while_types_are_checked() -> None:
    # A circle that only the type checker sees is a circle all the same.
    for file in tracked("pbvote/*.py"):
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
                assert "pbvote" not in ast.unparse(node), file


# Besides doors and commands: a letter and a seal each take more than one transaction.
MAY_COMMIT = {"pbvote/db.py", "pbvote/mail/service.py", "pbvote/vote/count/finishing.py"}


def doors() -> set[Path]:
    """The files whose blueprints the app serves."""
    return {Path(door.__file__ or "") for door in DOORS}


def test_only_doors_and_commands_commit() -> None:
    for file in tracked("pbvote/*.py"):
        name = file.relative_to(HOUSE).as_posix()
        if "session.commit()" in file.read_text(encoding="utf-8"):
            assert file in doors() or name in MAY_COMMIT or name.startswith("pbvote/cli/"), name


def test_every_view_that_commits_begins_to_write_first() -> None:
    committing = 0
    for file in doors():
        for function in functions(file):
            body = ast.unparse(function)
            if "session.commit()" in body:
                committing += 1
                assert body.index("begin_write(") < body.index("session.commit()"), f"{file}: {function.name}"
    assert committing > 35


def test_every_door_is_named_for_who_comes_in() -> None:
    makers = {
        "public": "public_door",
        "desk": "desk_door",
        "organiser": "organiser_door",
        "steward": "hall_door",
        "device": "hall_door",
        "group": "group_door",
        "member": "member_door",
        "editor": "editor_door",
        "account": "signed_in_door",
    }
    for file in doors():
        # A room's second desk has its subject before the door.
        maker = makers[file.stem.rpartition("_")[2]]
        assert f"door = {maker}(" in file.read_text(encoding="utf-8"), file


def test_every_class_has_a_name_of_its_own() -> None:
    found: dict[str, list[str]] = {}
    for file in tracked("pbvote/*.py"):
        for node in tree_of(file).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(file.relative_to(HOUSE).as_posix())
    assert {name: files for name, files in found.items() if len(files) > 1} == {}


def words_in_use() -> set[str]:
    """Every name that the product's code reads or its templates hold. A definition and a docstring use nothing."""
    used: set[str] = set()
    for file in tracked("pbvote/*.py"):
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                used.add(node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                used.add(node.attr)
    for file in tracked("pbvote/templates/*"):
        used.update(re.findall(r"\w+", file.read_text(encoding="utf-8")))
    return used


def test_the_product_uses_every_function_and_property_that_it_has() -> None:
    # What has another decorator is called by a framework: views, commands, handlers.
    used, unused = words_in_use(), []
    for file in tracked("pbvote/*.py"):
        tree = tree_of(file)
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        plain = [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.decorator_list]
        methods = [node for each in classes for node in each.body if isinstance(node, ast.FunctionDef)]
        marked = [node for node in methods if [ast.unparse(mark) for mark in node.decorator_list] in MARKS]
        unused += [f"{file.name}: {node.name}" for node in plain + marked if node.name not in used]
    assert unused == []


def test_no_template_compares_a_state_of_the_poll() -> None:
    # What a state permits is said once, in `pbvote.vote.poll.states`; a template asks the event.
    for file in tracked("pbvote/templates/*.html"):
        assert not re.search(r"\.poll(\.value)?\s*(==|!=|in|not in)\b", file.read_text(encoding="utf-8")), file


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "package-lock.json"])
def test_locks_hold_hashes_and_name_no_host(name: str) -> None:
    text = (HOUSE / name).read_text(encoding="utf-8")
    assert not re.search(r'index.url|find.links|file:|"resolved"|//pypi|//registry|npmjs', text)
    assert "sha256:" in text or "sha512-" in text


def test_nothing_built_or_private_is_tracked() -> None:
    for file in tracked():
        name = file.relative_to(HOUSE).as_posix()
        assert not name.startswith(("pbvote/static/", "node_modules/", ".venv/")), name
        assert not name.endswith((".mo", ".pyc", ".sqlite", ".key", ".pb")), name
        assert not name.startswith("instance/") or name == "instance/README.md", name


def test_no_test_imports_another() -> None:
    # What two need stands in a file of its own, where the next one finds it.
    imported = re.compile(r"^from tests\.(?:\w+\.)*test_\w+ import|^from tests\.[\w.]+ import test_", re.MULTILINE)
    assert [file for file in tracked("tests/*.py") if imported.search(file.read_text(encoding="utf-8"))] == []


def test_the_top_level_is_as_the_client_drew_it() -> None:
    top = {file.relative_to(HOUSE).parts[0] for file in tracked()}
    assert {"pbvote", "migrations", "instance", "tests", "setup.cfg", "wsgi.py", "README.md"} <= top
    assert top <= {
        *("pbvote", "migrations", "instance", "tests", "setup.cfg", "wsgi.py", "README.md"),
        *("pyproject.toml", "Makefile", "package.json", "package-lock.json", "docs", "benchmarks", ".ci", "LICENSE"),
        "deploy",
        *("CHANGELOG.md", "requirements.lock", "requirements-dev.lock", ".gitignore"),
    }
