"""Languages by script and common words."""

from __future__ import annotations

import pytest

from indexer.language import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The boiler for the west wing is to be delivered on Monday.", "en"),
        ("Die Küche wird nicht mehr von der Firma geputzt und ist geschlossen.", "de"),
        ("La cotisation est payable par chèque et les clés sont dans le bureau.", "fr"),
        ("El acceso a los archivos no se permite para las personas del edificio.", "es"),
        ("差旅报销标准自四月起调整。", "zh"),
        ("圖書館開放時間公告 opening hours", "zh"),
        ("避難訓練のお知らせです。", "ja"),
        ("회의는 다음 주 월요일에 있습니다.", "ko"),
        ("Это не просто текст, а письмо для вас.", "ru"),
        ("Το κείμενο είναι ελληνικό", "el"),
        ("x1 = 4711; y2 = 815", "und"),
        ("", "und"),
    ],
)
def test_a_sentence_is_enough(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_a_long_text_is_not_judged_by_its_cover() -> None:
    assert guess_language("ISBN 978-3 " * 400 + "这是一本关于园艺的书，讲述如何种花。" * 2000) == "zh"
