"""What stands in the ledger, as sentences for a person and as files for whoever has to check it. Pure."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, fields
from datetime import UTC, datetime

import msgspec
from PySide6.QtCore import QCoreApplication

from copilot.failures import Failure
from copilot.privacy.entries import Entry, EntryKind, LedgerEntry
from ui import wording
from ui.messages import said

translate = QCoreApplication.translate

OUT = (EntryKind.SENT,)
"""Kinds in which something of the person's left."""


def sentence(entry: Entry) -> str:
    """One line about what happened."""
    provider = wording.provider(entry.provider)
    size = wording.size(entry.byte_count)
    match entry.kind:
        case EntryKind.OFFERED:
            way = wording.sending(entry.send)
            words = translate("Ledger", "Offered to send to {provider}: {way}, {size}. Nothing left.")
            return words.format(provider=provider, way=way[:1].lower() + way[1:], size=size)
        case EntryKind.DECIDED:
            return decision(entry.detail)
        case EntryKind.SENT:
            return translate("Ledger", "Sent to {provider}, {size}").format(provider=provider, size=size)
        case EntryKind.RECEIVED:
            words = translate("Ledger", "Answer from {provider}, {count} tokens in {seconds}")
            tokens, seconds = wording.number(entry.answer_tokens), wording.seconds(entry.seconds)
            return words.format(provider=provider, count=tokens, seconds=seconds)
        case EntryKind.REFUSED:
            words = translate("Ledger", "{provider} gave no answer. {reason}")
            return words.format(provider=provider, reason=_reason(entry)).strip()
        case EntryKind.BLOCKED:
            words = translate("Ledger", "Not offered to {provider}. {reason}")
            return words.format(provider=provider, reason=_reason(entry)).strip()
        case EntryKind.FETCHED:
            words = translate("Ledger", "Fetched the model pack {pack}, {size}. Nothing of yours went out.")
            return words.format(pack=entry.detail, size=size)


def decision(said_what: str) -> str:
    return {
        "once": translate("Ledger", "You said: send once"),
        "conversation": translate("Ledger", "You said: send in this conversation"),
        "no": translate("Ledger", "You said no. Nothing left."),
        "never_folder": translate("Ledger", "You said: never from these folders. Nothing left."),
    }.get(said_what, said_what)


def _reason(entry: Entry) -> str:
    """Why it came to nothing; empty where only the code is known."""
    own = {
        "budget_spent": translate("Ledger", "This month's budget was spent."),
        "setting_invalid": translate("Ledger", "A setting has a value that can't be used."),
        "provider_invalid": translate("Ledger", "Its address, name or model is not allowed or can't be used."),
    }
    if entry.detail in own:
        return own[entry.detail]
    facts = (("provider", wording.provider(entry.provider)), ("name", entry.provider), ("host", entry.host))
    sentence, _ = said(Failure(entry.detail, 1, "", "", facts))
    return "" if "{" in sentence else sentence


def matches(written: LedgerEntry, text: str) -> bool:
    """Whether a search means this entry."""
    entry = written.entry
    where = f"{sentence(entry)} {entry.provider} {entry.host} {entry.model} {entry.detail} {wording.day(written.at)}"
    folded = f"{where} {written.number}".casefold()
    return all(word in folded for word in text.casefold().split())


# --- files


def as_json(entries: tuple[LedgerEntry, ...]) -> bytes:
    """Oldest first; times in UTC."""
    rows = [_row(written) for written in sorted(entries, key=lambda one: one.number)]
    return msgspec.json.format(msgspec.json.encode({"entries": rows}), indent=2) + b"\n"


def as_csv(entries: tuple[LedgerEntry, ...]) -> bytes:
    """The same as a table, with the mark at its beginning by which spreadsheets know UTF-8."""
    names = ["number", "at", *(field.name for field in fields(Entry)), "hash"]
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    for written in sorted(entries, key=lambda one: one.number):
        writer.writerow({name: _harmless(value) for name, value in _row(written).items()})
    return out.getvalue().encode("utf-8-sig")


def _row(written: LedgerEntry) -> dict[str, object]:
    at = datetime.fromtimestamp(written.at, UTC).isoformat(timespec="seconds")
    facts = asdict(written.entry) | {"kind": written.entry.kind.value}
    return {"number": written.number, "at": at} | facts | {"hash": written.hash}


def _harmless(value: object) -> object:
    """A cell that begins like a formula is run by spreadsheets: names of providers and models come from outside."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value
