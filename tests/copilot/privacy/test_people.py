"""Names out of mail headers: people and companies, in either order, without roles and public mail hosts."""

from __future__ import annotations

from copilot.privacy.memory import Memory
from copilot.privacy.people import gather
from copilot.privacy.redactor import Redactor, detectors_in_force

HEADERS = (
    'From: "Zhang, Wei" <wei.zhang@quantiva.com>\n'
    "To: 李晓红 <lxh@163.com>; Support Team <support@quantiva.com>\nSubject: Hello",
    "Dr. Ilmari Koskinen (Sales) <ik@gmail.com>, no-reply@quantiva.com, Brightsea GmbH <info@brightsea.de>",
    "broken <<>, , @, =?utf-8?q?",
)


def test_people_and_companies_are_gathered() -> None:
    found = gather(HEADERS)
    assert {"Wei Zhang", "Zhang Wei", "Zhang, Wei", "李晓红", "Ilmari Koskinen", "Koskinen Ilmari"} <= set(found.people)
    assert set(found.organizations) == {"Quantiva", "Brightsea GmbH"}
    assert not any("Team" in name or "reply" in name for name in found.people)


def test_gathered_names_are_redacted_where_no_rule_sees_them() -> None:
    redactor = Redactor(detectors_in_force(known=gather(HEADERS)), Memory())
    redacted = redactor.redact("so Koskinen Ilmari and quantiva lost; Quantiva and 李晓红 won").text
    assert redacted == "so Person A and quantiva lost; Company A and Person B won"


def test_nothing_comes_from_nothing() -> None:
    assert gather(()) == gather(("",))
    assert gather(()).people == ()
