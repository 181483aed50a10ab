"""Every kind of private data finds its samples, all of each, and leaves what only looks like one."""

from __future__ import annotations

import pytest

from copilot.privacy.detectors import kinds
from copilot.privacy.finding import KindOfData
from copilot.privacy.memory import Memory
from copilot.privacy.placeholders import namings
from copilot.privacy.redactor import Redactor
from tests.quality.redaction.labelled import LANGUAGES, sentences

SENTENCES = tuple(sentence for language in LANGUAGES for sentence in sentences(language))

# What a labelled sentence can't show: text that belongs to no kind of the set, or is in it as another kind's sample.
SAMPLES = {"value": ("The valve opens at 47.5 bar.", "47.5"), "organization": ("Müller GmbH zahlt.", "Müller GmbH")}
COUNTER_SAMPLES = {
    "address": "We walked along Fifth Avenue. 从这条路一直走。",
    "amount": "The volume is 12 % and 3 tons; 元旦快乐。",
    "card": "Order 4526018159083013, tracking 9400110200881234567890, 1111 1111 1111 1111.",
    "date": "The score was 21-19 and the ratio 3/4. 第三季度。",
    "email": "The decorator @property and user@ and @example.com.",
    "iban": "DE12 3456 7890 1234 5678 90 fails its checksum.",
    "ip": "127.0.0.1, mask 255.255.255.0, version 4.18.0.305, a::b, 12:30:45.",
    "national_id": "Ticket 123-45-678, 110101199003076995, order 28365461077.",
    "organization": "The Working Group met. 本公司和上市公司不同。",
    "passport": "The passport office opens at nine. 办理护照需要照片。",
    "person": "Will the contract end in May? Dear Customer, 方案已经通过。高速公路。各位老师好。",
    "phone": "Part 4711-0815-12 of 2024-01-17; 订单号13912345678901; version 2.14.3.",
    "plate": "RFC 4648 and Form W-2. 京A是车牌开头。",
    "secret": "Please change your password. The password is required. 密码不能为空。commit 3f786850e387",
    "url": "https://docs.python.org/3/library/re.html?highlight=match",
    "value": "No number stands here.",
}


@pytest.fixture(params=kinds(), ids=lambda kind: kind.KIND)
def kind(request: pytest.FixtureRequest) -> KindOfData:
    return request.param  # type: ignore[no-any-return]


def test_it_finds_its_samples(kind: KindOfData) -> None:
    samples = [(s.text, one.text) for s in SENTENCES if not s.held for one in s.expected if one.kind == kind.KIND]
    samples += [SAMPLES[kind.KIND]] if kind.KIND in SAMPLES else []
    assert samples
    seen = [(text, part) for text, part in samples if any(part in one.text for one in kind.find(text))]
    # Some names are beyond rules: docs/redaction.md tells how many.
    assert len(seen) >= 0.9 * len(samples), [one for one in samples if one not in seen]


def test_it_leaves_what_only_looks_like_one(kind: KindOfData) -> None:
    assert [one.text for one in kind.find(COUNTER_SAMPLES[kind.KIND])] == []


def test_spans_are_those_of_the_text(kind: KindOfData) -> None:
    for sentence in SENTENCES:
        for one in kind.find(sentence.text):
            assert one.kind == kind.KIND
            assert one.text == sentence.text[one.span.start : one.span.end] != ""
            assert one.text == one.text.strip()


def test_it_finds_nothing_where_everything_was_replaced(kind: KindOfData) -> None:
    for sentence in SENTENCES:
        redactor = Redactor((kind,), Memory())
        redacted = redactor.redact(sentence.text)
        assert redactor.find(redacted.text) == ()
        assert redactor.restore(redacted.text) == sentence.text


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "a", "。", "\ufffc", "⟨⟩", "x" * 5000, "1" * 5000, "张" * 3000, "a.b@" * 800]
)
def test_it_bears_any_text(kind: KindOfData, text: str) -> None:
    for one in kind.find(text):
        assert one.text in text


def test_each_kind_has_words_of_its_own() -> None:
    words = [word for names in namings().values() for word in (names.english.lower(), names.chinese)]
    assert len(words) == len(set(words))
