"""The house rules that a tool can hold: doors, names, sizes, docstrings, documented settings and errors."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from installers import reference

ROOT = Path(__file__).parents[2]
PACKAGES = ("indexer", "copilot", "ui")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

DOORS = {
    "PySide6": ("ui/",),
    "faiss": ("indexer/store/vectors.py",),
    "apsw": ("indexer/store/",),
    "openvino": ("copilot/runtime.py", "copilot/models/conversion.py"),
    "openvino_genai": ("copilot/runtime.py",),
    "openvino_tokenizers": ("copilot/runtime.py", "copilot/models/conversion.py"),
    "httpx": ("copilot/gateway/",),
    "urllib.request": ("copilot/gateway/",),
    "http": ("copilot/gateway/",),
    "socket": (),
    "requests": (),
    "torch": ("copilot/models/conversion.py",),
    "transformers": ("copilot/models/conversion.py",),
    "sentence_transformers": ("copilot/models/conversion.py",),
    "optimum": ("copilot/models/conversion.py",),
    "nncf": ("copilot/models/conversion.py",),
    "pickle": (),
    "keyring": ("copilot/keys.py",),
    "platformdirs": ("copilot/paths.py",),
    "cryptography": ("indexer/store/",),
    "subprocess": (
        "indexer/isolation.py",
        "indexer/rendering.py",
        "copilot/host/",
        "copilot/gateway/",
        "copilot/models/importing.py",
    ),
    "multiprocessing": ("indexer/isolation.py", "copilot/host/"),
    "click": ("copilot/cli/",),
    "rich": ("copilot/cli/",),
    "watchdog": ("indexer/watcher.py",),
    "pathspec": ("indexer/ignoring.py",),
    "rjieba": ("indexer/words.py",),
    "opencc": ("indexer/words.py",),
    "gguf": ("copilot/models/",),
    "sentencepiece": ("copilot/models/", "copilot/engines/embedder.py"),
    "PIL": ("indexer/decoding.py",),
    "pypdfium2": ("indexer/formats/pdf.py", "indexer/pages.py"),
    "python_calamine": ("indexer/formats/spreadsheet.py",),
    "selectolax": ("indexer/formats/html.py", "indexer/hypertext.py"),
    "oxmsg": ("indexer/formats/outlook.py",),
    "pyseccomp": ("copilot/sealing.py",),
    "truststore": ("copilot/gateway/",),
    "phonenumbers": ("copilot/privacy/detectors/",),
    "Xlib": ("ui/full_screen.py", "ui/hotkeys/x11.py", "ui/quick/session.py"),
    "jeepney": ("ui/desktop_portal.py", "ui/hotkeys/portal.py"),
    "markdown_it": ("ui/markdown.py",),
    "docx": ("ui/word_file.py",),
    "stdnum": ("copilot/privacy/detectors/",),
}
"""One door per outside library: who may import it. Nobody else, not even inside a function."""

BANNED_NAMES = re.compile(r"(Manager|Helper|Utils?|Common|Service|Info)$|^Base[A-Z]|^(process|handle)$|^do_")

# Each of these was asked the question and has an answer: one idea that reads worse in two files.
LONGER_FILES: frozenset[str] = frozenset()
LONGER_FUNCTIONS: frozenset[str] = frozenset()


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def of_library(module: str, library: str) -> bool:
    return module == library or module.startswith(f"{library}.")


@pytest.fixture(params=MODULES, ids=name_of)
def module(request: pytest.FixtureRequest) -> Path:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


def test_outside_libraries_come_in_by_their_door(module: Path, tree: ast.Module) -> None:
    name = name_of(module)
    closed = [library for library, door in DOORS.items() if not name.startswith(door or ("none",))]
    assert [m for m in imported(tree) if any(of_library(m, library) for library in closed)] == []


def test_the_environment_is_read_in_one_place(module: Path, tree: ast.Module) -> None:
    reads = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("environ", "getenv")
        and name_of(module) != "copilot/paths.py"
    ]
    assert reads == []


def test_every_module_says_what_lives_in_it(tree: ast.Module) -> None:
    docstring = ast.get_docstring(tree)
    assert docstring
    assert len(docstring) > 20


def test_names_say_what_a_thing_is(tree: ast.Module) -> None:
    defined = [n.name for n in ast.walk(tree) if isinstance(n, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [name for name in defined if BANNED_NAMES.search(name)] == []


def test_a_file_is_one_idea(module: Path) -> None:
    lines = len(module.read_text("utf-8").splitlines())
    assert lines <= 400 or name_of(module) in LONGER_FILES


def test_a_function_fits_a_screen(module: Path, tree: ast.Module) -> None:
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    long = {f"{name_of(module)}:{f.name}" for f in functions if (f.end_lineno or 0) - f.lineno >= 50}
    assert long <= LONGER_FUNCTIONS


def test_nothing_is_printed_outside_the_command_line(module: Path, tree: ast.Module) -> None:
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    assert [c.lineno for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"] == []


def test_every_public_data_class_is_frozen_and_slotted(tree: ast.Module) -> None:
    loose = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for decorator in node.decorator_list
        if "dataclass" in ast.dump(decorator)
        and not {"frozen", "slots"} <= {k.arg for k in getattr(decorator, "keywords", ())}
    ]
    assert loose == []


def test_every_setting_is_documented() -> None:
    assert (ROOT / "docs/settings.md").read_text("utf-8") == reference.settings_page(), "run: make docs"


def test_every_error_is_documented() -> None:
    assert (ROOT / "docs/errors.md").read_text("utf-8") == reference.errors_page(), "run: make docs"


def test_error_codes_are_unique_and_say_something() -> None:
    errors = reference.error_types()
    assert len({error.code for error in errors}) == len(errors)
    for error in errors:
        assert error.code != "error"
        assert error.exit_code != 0


def test_the_lock_files_pin_by_hash_and_name_no_place() -> None:
    for lock in (ROOT / "installers/requirements").glob("*.lock"):
        text = lock.read_text("utf-8")
        assert "://" not in text
        for line in re.findall(r"^[a-z].*$", text, re.MULTILINE):
            assert line.endswith("\\"), f"{line} has no hash"


def test_what_phones_home_is_left_out() -> None:
    run = (ROOT / "installers/requirements/run.lock").read_text("utf-8")
    for name in ("openvino-telemetry", "huggingface-hub", "requests", "torch", "keyrings-alt"):
        assert f"\n{name}==" not in f"\n{run}"
