"""Nothing English is left in the Chinese window: every error, reason, finding and state that the engine can tell is
said in Chinese. Names of products, and what a person or the system called something, stay as they are.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from copilot import diagnostics
from copilot.failures import Failure, failure_of
from copilot.privacy.entries import Entry, EntryKind
from copilot.settings.schema import names, rows
from indexer.belts import FILTER, HOOK
from indexer.document import FileState
from indexer.errors import NearsideError
from indexer.recognition import _OLD, _REASONS
from indexer.reporter import Progress
from installers.reference import error_types
from tests.ui.harvest import ROOT, SAMPLE, given_to, spoken, texts
from ui import engine_words, ledger_words, messages, reasons, setting_words, wording
from ui.doctor import Found
from ui.doctor_words import words
from ui.file_words import why_no_text
from ui.language import Speaking
from ui.widgets.progress_line import ProgressLine

NAMES = re.compile(
    r"Nearside|Wayland|X11|Apple iWork|GNOME Keyring|KWallet|Intel NPU|Intel|OpenVINO|Python|Linux|libseccomp2|seccomp|"
    r"Markdown|Office 97|Office|Word|PowerPoint|Excel|NEARSIDE_KEY_FILE|https?(://)?|\.?(docx|xlsx|pptx)|PDF|IT|[CGN]PU|"
    r"AI|XML|[kMG]B|PNG|JPEG|Ctrl|Alt|Meta|Enter|type:pdf"
)
LATIN = re.compile(r"[A-Za-z]{2,}")
FACTS = {
    "path": "/q/7",
    "pack": "Q7",
    "model": "Q7",
    "provider": "deepseek",
    "name": "Q7",
    "device": "NPU",
    "currency": "¥",
    "source": "/q/7.toml",
    "state": "damaged",
    "reason": "The file is empty.",
    "detail": "its address can't be read",
}


@pytest.fixture(scope="module", autouse=True)
def chinese(qapp: QApplication) -> Iterator[None]:
    before, speaking = QLocale(), Speaking()
    speaking.speak("zh_CN")
    yield
    speaking.silence()
    QLocale.setDefault(before)


def left(text: str, *own: str) -> list[str]:
    """Latin words in a text, without names of products and what is `own`."""
    for name in sorted((*own, "DeepSeek", "Q7", "/q/7.toml", "/q/7"), key=len, reverse=True):
        text = text.replace(name, "") if name else text
    return LATIN.findall(NAMES.sub("", text))


@pytest.mark.parametrize("error", error_types(), ids=lambda error: error.code)
def test_errors(error: type[NearsideError]) -> None:
    wanted = [name for name in inspect.signature(error.__init__).parameters if name not in ("self", "args", "kwargs")]
    facts = tuple((name, FACTS.get(name, "7")) for name in wanted)
    sentence, advice = messages.said(Failure(error.code, 1, "The engine's own words.", "Its advice.", facts))
    assert sentence
    assert advice
    assert left(f"{sentence} {advice}") == []


def test_errors_whose_facts_are_not_known() -> None:
    for error in error_types():
        sentence, advice = messages.said(Failure(error.code, 1, "", ""))
        assert left(re.sub(r"\{\w+\}", "", f"{sentence} {advice}")) == [], error.code


@pytest.mark.parametrize("setting", names())
def test_settings_and_their_errors(setting: str) -> None:
    title = setting_words.title(setting)
    assert title
    assert left(title) == []
    sentence, _ = messages.said(Failure("setting_invalid", 2, "", "", (("name", setting),)))
    assert setting not in sentence


def test_choices_of_settings() -> None:
    for row in rows():
        if row.policy_only:
            assert left("".join(setting_words.policy_words()[row.name])) == [], row.name
        for choice in row.choices:
            assert left(setting_words.choice_words(row.name, choice), "English") == [], (row.name, choice)
    for group in setting_words.groups():
        for said in (group.title, *(text for pair in group.words.values() for text in pair)):
            assert left(said) == []


def file_reasons() -> list[str]:
    names = ("ExtractionFailed", "Extracted", "result", "Failure", "PageAnswer")
    found = [text for _, text in given_to("indexer", *names)]
    found += [f"The file is damaged: {text}." for _, text in given_to("indexer", "damaged")]
    found += [f"This is {what}." for what in (*_REASONS.values(), _OLD.format("Word", "doc", "doc"))]
    for module in ("extraction", "isolation", "worker", "scanner", "containers", "unpacking", "formats/pdf"):
        found += spoken(f"indexer/{module}.py")
    found = [text.replace("{pages}", SAMPLE) for text in found if text.endswith(".") and text[:1].isupper()]
    return sorted({*found} - {f"This is {SAMPLE}."})


@pytest.mark.parametrize("reason", file_reasons())
def test_why_a_file_gave_no_text(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.file_words.speaks_english", lambda: True)
    assert left(why_no_text("damaged", reason)) == [], "this reason is not known in ui/file_words.py"


def test_an_unknown_reason_is_the_files_state() -> None:
    assert why_no_text("damaged", "Something new is wrong with it.") == "已损坏。"


def test_states_labels_and_kinds() -> None:
    for state in FileState:
        assert left(wording.file_state(state)) == [], state
        assert left(wording.file_advice(state)) == [], state
    for reason in ("paused", "battery", "busy", "power_saver"):
        assert left(wording.pause_reason(reason)) == [], reason


NOT_SHOWN = {"Not found in your files.", f"The passages hold the answer with a confidence of {SAMPLE}."}
"""An answer's own text, in the language of its question; and a verdict that leads to an answer."""


def test_reasons_of_answers_and_routes() -> None:
    known = (*reasons._answers(), *reasons._routes())
    for module in ("routing", "assistant", "evidence", "judgement"):
        for sentence in {*spoken(f"copilot/{module}.py")} - NOT_SHOWN:
            assert left(engine_words.known(sentence, known)) == [], f"{sentence} is not known in ui/reasons.py"


DEVICES = [text for _, text in given_to("copilot/devices", "look_for")] + [
    text for _, text in given_to("copilot", "Probe") if text.startswith("its ")
]


def test_reasons_of_devices() -> None:
    assert len(DEVICES) >= 4
    own = ("Nearside does not know this kind of device", "the pack Q7 is not made for it")
    for reason in (*DEVICES, *own):
        assert left(engine_words.about_device(reason)) == [], reason
    assert left(engine_words.about_device("the moon is full")) == []
    assert engine_words.about_device("") == ""


def test_reasons_of_providers() -> None:
    details = [text for name, text in given_to("copilot", "ProviderInvalid")]
    assert len(details) > 10
    for detail in details:
        assert left(engine_words.about_provider(detail)) == [], detail
        assert engine_words.known(detail, engine_words._addresses() + engine_words._rules_for_providers(), "") != ""


def test_belts() -> None:
    for _, reason in (*given_to("copilot", "Belt"), *given_to("indexer", "Belt")):
        if reason not in (HOOK, FILTER):
            assert left(engine_words.about_belt(reason)) == [], reason


def test_reasons_of_shortcuts() -> None:
    reasons = [text for way in ("x11", "portal", "windows") for text in _returned(f"ui/hotkeys/{way}.py")]
    assert len(reasons) >= 4
    for reason in (*reasons, *_returned("ui/desktop_portal.py")):
        assert left(engine_words.about_shortcuts(reason)) == [], reason
        if "this is" not in reason and "this one is" not in reason:
            assert engine_words.about_shortcuts(reason) != "", reason


def _returned(file: str) -> list[str]:
    returns = [node for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))) if isinstance(node, ast.Return)]
    return [
        text
        for node in returns
        if node.value
        for one in ast.walk(node.value)
        for text in texts(one)
        if text.count(" ") > 2
    ]


def test_problems_of_the_record() -> None:
    problems = [text for _, text in given_to("copilot/privacy", "Problem")]
    assert len(problems) >= 6
    for problem in problems:
        assert left(engine_words.about_ledger(problem, 7)) == [], problem


@pytest.mark.parametrize("kind", list(EntryKind))
def test_entries_of_the_record(kind: EntryKind) -> None:
    details = ["once", "conversation", "no", "never_folder"] if kind is EntryKind.DECIDED else [""]
    details += [error.code for error in error_types()] if kind in (EntryKind.REFUSED, EntryKind.BLOCKED) else []
    for detail in details:
        entry = Entry(kind, provider="deepseek", host="api.deepseek.com", send="question", detail=detail)
        assert left(ledger_words.sentence(entry)) == [], detail


STAGES = ("scan", "extract", "recognize", "embed", "snapshot", "wait", "fetch", "convert", "verify")


@pytest.mark.parametrize("stage", [*STAGES, "one of tomorrow"])
def test_progress(stage: str) -> None:
    line = ProgressLine()
    for total in (None, 9):
        line.show_progress(Progress(stage, 3, total, chunks_per_second=4.0, seconds_left=90, subject="Q7"))
        assert left(line.sentence) == []
    assert "正在处理" not in line.sentence or stage == "one of tomorrow"


FOUND: list[tuple[str, tuple[tuple[str, str], ...]]] = [
    ("version", (("own", "from source"), ("system", "Linux 7, Python 7, OpenVINO 7"))),
    ("memory", (("free", "7"), ("total", "9000000"), ("processors", "4"))),
    ("memory_short", (("free", "7"), ("total", "9000000"), ("processors", "4"))),
    ("disk", (("free", "7"),)),
    ("disk_short", (("free", "7"),)),
    ("device", (("device", "GPU.0"), ("name", "Q7"))),
    ("no_device", (("device", "NPU"), ("reason", "no Intel NPU with a driver was found"))),
    ("pack", (("name", "Q7"), ("role", "generator"), ("size", "9000"))),
    ("no_pack", (("role", "embedder"),)),
    ("placed", (("pack", "Q7"), ("device", "CPU"), ("not on NPU", "the pack Q7 is not made for it"))),
    ("key", (("name", "KWallet"),)),
    ("key_file", (("path", "/q/7"),)),
    ("library", (("path", "/q/7"), ("size", "9000"))),
    ("no_library", ()),
    ("engine", (("address", "/q/7"),)),
    ("engine_asleep", ()),
    ("log", (("path", "/q/7"),)),
    ("sealed", (("who", "engine"), ("holds", "Python audit hook"), ("holds", "seccomp filter"))),
    ("sealed_partly", (("who", "workers"), ("holds", "Python audit hook"), ("lacks seccomp filter", "no network"))),
    ("unsealed", (("who", "engine"), ("lacks Python audit hook", "it was not put on"))),
]


def test_every_finding_of_the_doctor_is_tried_here() -> None:
    """A code is the fifth thing that a Finding is given."""
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(diagnostics))) if isinstance(node, ast.Call)]
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Finding"]
    assert len(made) > 15
    assert all(len(call.args) >= 5 for call in made), "a finding without a code"
    codes = {text for call in made for node in ast.walk(call.args[4]) for text in _constant(node)}
    assert codes == {code for code, _ in FOUND}


def _constant(node: ast.AST) -> tuple[str, ...]:
    return (node.value,) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ()


@pytest.mark.parametrize(("code", "facts"), FOUND, ids=[code for code, _ in FOUND])
def test_findings_of_the_doctor(code: str, facts: tuple[tuple[str, str], ...]) -> None:
    says = words(Found("x", "note", "The engine's own words.", "Its advice.", code, facts))
    assert re.search(r"[\u4e00-\u9fff]", says)
    assert left(says) == []
    assert "{" not in says


def test_errors_that_the_doctor_meets() -> None:
    for error in error_types():
        wanted = list(inspect.signature(error.__init__).parameters)[1:]
        facts = tuple((name, FACTS.get(name, "7")) for name in wanted)
        assert left(words(Found("x", "bad", "The engine's own words.", "", error.code, facts))) == [], error.code


def test_a_real_failure_keeps_its_facts() -> None:
    def made(error: type[NearsideError], *facts: Any) -> str:
        return " ".join(messages.said(failure_of(error(*facts))))

    by_code = {error.code: error for error in error_types()}
    assert "NPU" in made(by_code["model_failed"], "Q7", "NPU", "it does not compile for this device")
    assert "地址" in made(by_code["provider_invalid"], "deepseek", "its address must begin with https://")
    assert "DeepSeek" in made(by_code["network_failed"], "deepseek", "no connection")
