"""Names that no rule can know: people and companies out of the headers of the person's own mail.

The caller reads the headers out of the index and feeds them; nothing here knows where they are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import getaddresses

from copilot.privacy.finding import CJK
from copilot.privacy.lexicon import COMMON_CAPITALIZED, COMPANY_ENDING, GIVEN_NAMES, SURNAME, TITLES, words
from copilot.privacy.phrases import Phrases

_HEADER = re.compile(r"^(?:From|To|Cc|Bcc|Reply-To|Sender|发件人|收件人|抄送|Von|An|De|À)\s*[:：]\s*(.+)$", re.I | re.M)
_CHINESE_NAME = re.compile(rf"{SURNAME}[{CJK}]{{1,2}}")
_ORGANIZATION = re.compile(rf"\b{COMPANY_ENDING}\.?$|(?:公司|集团|银行|大学|医院|事务所|研究院)$")
_ROLES = re.compile(
    r"\b(?:info|sales|support|service|team|admin|newsletter|office|no-?reply|notifications?|hr|it|help|desk|group|list"
    r"|department|customer|account|accounts|billing|security|mailer|daemon|postmaster)\b|[@/\\_\[\]0-9]",
    re.IGNORECASE,
)
_PUBLIC_MAIL = words(
    """
    gmail googlemail outlook hotmail live yahoo icloud proton protonmail gmx web aol mail email zoho yandex qq
    foxmail sina sohu aliyun example invalid localhost test github gitlab users lists
    """
)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Known names. A company counts by its name in a header or by a domain that several addresses share."""

    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()

    def detectors(self) -> tuple[Phrases, ...]:
        return Phrases("person", self.people), Phrases("organization", self.organizations)


def gather(headers: Iterable[str]) -> Gazetteer:
    """Names in address headers: `Zhang Wei <zw@acme.com>, …`, or texts that hold lines such as `From: …`."""
    people: set[str] = set()
    organizations: set[str] = set()
    domains: Counter[str] = Counter()
    for name, address in _addresses(headers):
        domains.update(_domain_words(address))
        shown = _plain(name)
        if _ORGANIZATION.search(shown):
            organizations.add(shown)
        elif _is_person(shown):
            people |= {shown, *_turned(shown)}
    organizations |= {word.capitalize() for word, count in domains.items() if count > 1}
    return Gazetteer(tuple(sorted(people)), tuple(sorted(organizations)))


def _addresses(headers: Iterable[str]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for text in headers:
        lines = [match[1] for match in _HEADER.finditer(text)] or [text]
        found.update(getaddresses([line.replace("；", ",").replace(";", ",") for line in lines if "\0" not in line]))
    return found


def _plain(name: str) -> str:
    """`"Zhang, Wei (Sales)"` and `Dr. Wei Zhang` as `Wei Zhang`."""
    name = re.sub(r"\([^)]*\)|（[^）]*）|\bvia .*$", "", name).strip(" '\"<>")
    name = re.sub(rf"^(?:{TITLES}\.? )+", "", name)
    family, comma, given = name.partition(",")
    if comma and re.fullmatch(r"\s*[^\W\d_][\w .'-]*", given) and not _ORGANIZATION.search(name):
        name = f"{given.strip()} {family.strip()}"
    return " ".join(name.split())


def _is_person(name: str) -> bool:
    if _ROLES.search(name):
        return False
    if _CHINESE_NAME.fullmatch(name):
        return True
    parts = [part for part in re.split(r"[ .]+", name) if len(part) > 1]
    if not parts or any(part in COMMON_CAPITALIZED or not part[0].isupper() for part in parts if part.isalpha()):
        return False
    return 2 <= len(parts) <= 4 or (len(parts) == 1 and name in GIVEN_NAMES)


def _turned(name: str) -> tuple[str, ...]:
    """The family name first, as lists and Chinese names in Latin letters have it."""
    given, space, family = name.rpartition(" ")
    return (f"{family} {given}", f"{family}, {given}") if space else ()


def _domain_words(address: str) -> tuple[str, ...]:
    labels = address.rpartition("@")[2].lower().split(".")
    if len(labels) < 2:
        return ()
    second = (
        labels[-3] if len(labels) > 2 and labels[-2] in ("co", "com", "org", "net", "ac", "gov", "edu") else labels[-2]
    )
    useful = len(second) > 3 and second.isalpha() and second not in _PUBLIC_MAIL
    return (second,) if useful and second.capitalize() not in COMMON_CAPITALIZED else ()
