"""What goes out is replaced, what comes back is restored, whatever the text and however it is cut."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.far_errors import RedactionForced
from copilot.privacy.consent import FindingCount
from copilot.privacy.memory import Memory
from copilot.privacy.people import Gazetteer
from copilot.privacy.redactor import Redactor, counted, detectors_in_force
from copilot.privacy.restoring import Restoring
from tests.quality.redaction.labelled import LANGUAGES, sentences

DETECTORS = detectors_in_force(amounts=True, dates=True, words=("Projekt Falke", "白鹭计划"))
PRIVATE = [
    one.text for language in LANGUAGES for sentence in sentences(language) for one in sentence.expected
]  # fmt: skip
AROUND = [
    "Person A",
    "Company B",
    "phone 1",
    "⟨Email 1⟩",
    "⟨",
    "⟩",
    "人员A",
    "\ufffc",
    "Mr ",
    "先生",
    "密码：",
    "password: ",
    " Ltd",
]
ANYTHING = st.lists(
    st.one_of(
        st.sampled_from(PRIVATE), st.sampled_from(AROUND), st.text(max_size=6), st.sampled_from(list(" 1aA，.\n"))
    ),
    max_size=12,
).map("".join)
# The first example loads the phone tables.
PATIENT = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def new() -> Redactor:
    return Redactor(DETECTORS, Memory())


@PATIENT
@given(st.lists(ANYTHING, min_size=1, max_size=3))
def test_what_was_replaced_comes_back_exactly(texts: list[str]) -> None:
    redactor = new()
    for text in texts:
        assert redactor.restore(redactor.redact(text).text) == text


@PATIENT
@given(ANYTHING)
def test_nothing_is_found_in_redacted_text(text: str) -> None:
    redactor = new()
    assert redactor.find(redactor.redact(text).text) == ()


@PATIENT
@given(st.lists(ANYTHING, min_size=1, max_size=2), st.data())
def test_a_reply_in_pieces_equals_the_whole(texts: list[str], data: st.DataObject) -> None:
    redactor = new()
    reply = " ".join(redactor.redact(text).text for text in texts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(reply)), max_size=12)))
    stream, came = redactor.restoring(), []
    for start, end in zip([0, *cuts], [*cuts, len(reply)], strict=True):
        came.append(stream.feed(reply[start:end]))
    came.append(stream.finish())
    assert "".join(came) == redactor.restore(reply)


@PATIENT
@given(ANYTHING)
def test_spans_and_replacements_tell_the_redacted_text(text: str) -> None:
    redacted = new().redact(text)
    at, out = 0, redacted.text
    for finding in redacted.findings:
        assert text[finding.span.start : finding.span.end] == finding.text
        assert finding.replacement in out[at:]
        at = out.index(finding.replacement, at) + len(finding.replacement)


def test_every_character_of_a_stream_is_given_as_soon_as_it_is_certain() -> None:
    redactor = new()
    redactor.redact("Write to Anna Schmidt, 13800138000.")
    stream = redactor.restoring()
    assert stream.feed("Ask Per") == "Ask "
    assert stream.feed("son A") == ""
    assert stream.feed(" now") == "Anna Schmidt now"
    assert stream.feed(" on Phone 1") == " on "
    assert stream.finish() == "13800138000"


@pytest.mark.parametrize(
    "variant", ["Person A", "person A", "PERSON A", "**Person A**", "人员 A", "人员A", "Person\u00a0A", "Person A's"]
)
def test_a_model_may_vary_a_placeholder(variant: str) -> None:
    redactor = new()
    redactor.redact("Dear Anna Schmidt, hello.")
    assert "Anna Schmidt" in redactor.restore(f"Well, {variant} agreed.")


def test_what_a_model_made_up_stays() -> None:
    redactor = new()
    redactor.redact("Dear Anna Schmidt, hello.")
    assert (
        redactor.restore("Person Q met Person A2 and a person a day.") == "Person Q met Person A2 and a person a day."
    )


def test_the_same_text_has_the_same_placeholder_in_both_languages() -> None:
    redactor = new()
    first = redactor.redact("Please call 张伟先生 at 13800138000, Zhang Wei signed.").findings
    second = redactor.redact("请联系张伟先生，电话13800138000。").findings
    both = {f.text: f.replacement for f in first}.items() & {f.text: f.replacement for f in second}.items()
    assert {text for text, _ in both} == {"张伟", "13800138000"}


def test_other_forms_of_a_name_keep_its_letter() -> None:
    redactor = new()
    redacted = redactor.redact("Zhang Wei called. Mr Zhang was late, ZHANG WEI said. Ms Miller was not.")
    shown = {finding.text: finding.replacement for finding in redacted.findings}
    assert shown == {"Zhang Wei": "Person A", "Zhang": "Person A2", "ZHANG WEI": "Person A3", "Miller": "Person B"}


def test_a_family_name_that_two_people_share_is_nobodys() -> None:
    redactor = new()
    redactor.redact("Zhang Wei and Zhang Xiaoming came.")
    (finding,) = redactor.redact("Mr Zhang left.").findings
    assert finding.replacement == "Person C"


def test_a_company_is_known_without_its_suffix() -> None:
    redacted = new().redact("Lumora GmbH delivers. Lumora is late.")
    assert redacted.text == "Company A delivers. Company A2 is late."


def test_a_found_name_is_found_without_its_context() -> None:
    redacted = new().redact(
        "Name: Gudrun Eysteinsdottir\nThen Eysteinsdottir left; her passport is E12345678 (E12345678)."
    )
    assert "Eysteinsdottir" not in redacted.text
    assert "E12345678" not in redacted.text


def test_text_that_looks_like_a_placeholder_stays_itself() -> None:
    redactor = new()
    text = "Person A is what Anna Schmidt is called in the sample."
    redacted = redactor.redact(text)
    assert redacted.text.startswith("Person A is what Person B")
    again = redactor.redact("Person B and Anna Schmidt")
    assert "Person B" in again.text
    assert redactor.restore(again.text) == "Person B and Anna Schmidt"


def test_two_conversations_share_nothing() -> None:
    one, other = new(), new()
    one.redact("Dear Anna Schmidt, hello.")
    assert other.restore("Person A") == "Person A"
    assert other.redact("Dear Peter Miller, hello.").text == "Dear Person A, hello."
    assert one.restore("Person A") == "Anna Schmidt"


def test_a_conversation_goes_on_from_its_state() -> None:
    redactor = new()
    redactor.redact("Dear Anna Schmidt, Person C and 13800138000.")
    redactor.memory.add("Falke")
    later = Redactor(DETECTORS, Memory(redactor.memory.state()))
    assert later.memory.state() == redactor.memory.state()
    assert later.redact("Anna Schmidt likes Falke.").text == "Person A likes Term 1."
    assert Restoring(later.memory).feed("Person A.") == "Anna Schmidt."


def test_a_person_adds_and_lifts() -> None:
    redactor = new()
    redactor.memory.add("quarterly bonus")
    redactor.memory.add("Kite", "organization")
    redacted = redactor.redact("Kite pays a Quarterly Bonus to Anna Schmidt.")
    assert redacted.text == "Company A pays a Term 1 to Person A."
    for finding in redacted.findings:
        redactor.memory.lift(finding)
    redactor.memory.add("Anna Schmidt")
    assert redactor.redact("Kite and Anna Schmidt").text == "Kite and Person A"


def test_what_policy_forces_is_not_lifted() -> None:
    memory = Memory(forced=("phone",))
    (finding,) = Redactor(DETECTORS, memory).redact("Call +49 171 2345678.").findings
    with pytest.raises(RedactionForced) as refused:
        memory.lift(finding)
    assert refused.value.kind == "phone"
    assert "+49" not in Redactor(DETECTORS, memory).redact("Call +49 171 2345678.").text


def test_a_kind_that_is_forced_later_is_lifted_no_more() -> None:
    memory = Memory()
    (finding,) = Redactor(DETECTORS, memory).redact("Call +49 171 2345678.").findings
    memory.lift(finding)
    assert Redactor(DETECTORS, memory).redact("Call +49 171 2345678.").findings == ()
    strict = Redactor(DETECTORS, Memory(memory.state(), forced=("phone",)))
    assert strict.redact("Call +49 171 2345678.").findings != ()


def test_own_words_and_known_names() -> None:
    known = Gazetteer(("Tuulikki Aho",), ("Vantaa Wind",))
    redactor = Redactor(detectors_in_force(words=("Projekt Falke",), known=known), Memory())
    assert (
        redactor.redact("Tuulikki Aho of Vantaa Wind runs Projekt Falke.").text == "Person A of Company A runs Term 1."
    )


def test_optional_kinds_are_asked_for() -> None:
    text = "Pay $1,250.00 by March 3, 2026."
    assert Redactor(detectors_in_force(), Memory()).redact(text).text == text
    assert (
        Redactor(detectors_in_force(amounts=True, dates=True), Memory()).redact(text).text == "Pay Amount 1 by Date 1."
    )


def test_the_longer_of_two_finds_stays() -> None:
    (finding,) = new().redact("see https://anna:pw12@files.example.com/x?token=abcd1234").findings
    assert finding.kind == "url"


def test_findings_are_counted_once_each() -> None:
    redacted = new().redact("Anna Schmidt, Anna Schmidt, Peter Miller, a@b.com")
    assert counted(redacted.findings) == (FindingCount("person", 2), FindingCount("email", 1))


def test_labels_beyond_the_alphabet_and_before_a_digit() -> None:
    redactor = new()
    names = [f"Anna {chr(65 + i // 20)}{'abcdefghklmnoprstuvw'[i % 20]}lova" for i in range(60)]
    text = "; ".join(names)
    redacted = redactor.redact(text)
    assert len({finding.replacement for finding in redacted.findings}) >= 60
    assert redactor.restore(redacted.text) == text
    crowded = redactor.redact("请拨13800138000转")
    assert redactor.restore(crowded.text) == "请拨13800138000转"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Where does Femi Adebayo park?", "Femi Adebayo"),
        ("What is in the will of Beatrix Vogel?", "Beatrix Vogel"),
        ("Tuulikki Aho's boat is for sale.", "Tuulikki Aho"),
        ("The lids are made by Noel Baptiste now.", "Noel Baptiste"),
        ("曹振华的手术安排在哪天？", "曹振华"),
        ("董文涛为什么没有通过体检？", "董文涛"),
        ("密码由总经理 傅强 保管", "傅强"),
    ],
)
def test_an_unknown_name_is_known_by_what_is_said_of_it(text: str, name: str) -> None:
    assert name not in new().redact(text).text


@pytest.mark.parametrize(
    "text",
    [
        "Where is the Harbour Street office of the Sales Department?",
        "What does the Annual Report say about Great Britain?",
        "It runs on Windows Server and is sold by Park Hotel.",
        "高明的做法是先讨论，安全的方案放在后面。",
    ],
)
def test_ordinary_capitals_name_nobody(text: str) -> None:
    assert [finding for finding in new().redact(text).findings if finding.kind == "person"] == []
