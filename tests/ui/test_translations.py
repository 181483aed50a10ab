"""Everything that the window says is said in Chinese, too, with the same facts in it; and the files are of today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from installers import translations
from installers.translations import FOLDER, LANGUAGES, Phrase, phrases
from ui import wording
from ui.language import Speaking, wanted

FACTS = re.compile(r"\{\w*\}|%L?n")


@pytest.fixture(scope="module", params=sorted(LANGUAGES))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def kept(language: str) -> tuple[Phrase, ...]:
    return phrases(FOLDER / f"nearside_{language}.ts")


def test_every_phrase_of_the_code_is_there(
    language: str, kept: tuple[Phrase, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    fresh = tmp_path_factory.mktemp("i18n") / "fresh.ts"
    translations.collect(language, fresh)
    said = {(phrase.context, phrase.source) for phrase in phrases(fresh)}
    assert said
    assert said - {(phrase.context, phrase.source) for phrase in kept} == set(), "run: make translations"


def test_none_is_left_untranslated(kept: tuple[Phrase, ...]) -> None:
    assert [phrase.source for phrase in kept if not phrase.finished or not all(phrase.translations)] == []


def test_translations_keep_their_facts(kept: tuple[Phrase, ...]) -> None:
    for phrase in kept:
        for translation in phrase.translations:
            assert sorted(FACTS.findall(translation)) == sorted(FACTS.findall(phrase.source)), phrase.source


def test_chinese_is_written_in_chinese_signs() -> None:
    for phrase in phrases(FOLDER / "nearside_zh_CN.ts"):
        for text in phrase.translations:
            assert not re.search(r"[\u4e00-\u9fff][,;:?!]", text), text
            assert "！" not in text, text
            assert "*." in text or not re.search(r"[\u4e00-\u9fff”] ?\(", text), text
            assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]|[，。：；] ", text), text


def test_what_the_window_reads_is_made_of_it(language: str, tmp_path: Path) -> None:
    source = FOLDER / f"nearside_{language}.ts"
    translations.release(source, tmp_path / "fresh.qm")
    assert (tmp_path / "fresh.qm").read_bytes() == source.with_suffix(".qm").read_bytes(), "run: make translations"


@pytest.fixture
def speaking(qapp: QApplication) -> Iterator[Speaking]:
    before = QLocale()
    speaking = Speaking()
    yield speaking
    speaking.silence()
    QLocale.setDefault(before)


def test_plurals_and_numbers_follow_the_language(speaking: Speaking) -> None:
    speaking.speak("en")
    assert (wording.files(1), wording.files(12_408)) == ("1 file", "12,408 files")
    assert speaking.speak("zh_CN")
    assert wording.files(12_408) == "12,408 个文件"
    assert wording.label("local") == "只留在本机"
    assert not speaking.speak("zh_CN")


def test_a_choice_is_a_language() -> None:
    assert wanted("zh_CN") == "zh_CN"
    assert wanted("en") == "en"
    assert wanted("system") in ("en", "zh_CN")
