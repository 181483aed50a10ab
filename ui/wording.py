"""Numbers, sizes, times, states and labels in the words of the window. Pure: no widget here.

A function a kind of thing, so that every page says it alike. Translated in the context `Words`.
"""

from __future__ import annotations

import functools
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QDateTime, QDir, QLocale, QObject

from copilot.conversation import Citation
from indexer.document import MEMBER_SEPARATOR, Chunk

SHORTEST_LEFT = 5.0


class Words(QObject):
    """Plurals: whoever collects the phrases of the window knows them only behind `tr`, whose context is the class."""

    def bytes(self, count: int) -> str:
        return self.tr("%Ln byte(s)", "", count)

    def files(self, count: int) -> str:
        return self.tr("%Ln file(s)", "", count)

    def passages(self, count: int) -> str:
        return self.tr("%Ln passage(s)", "", count)


@functools.cache
def _counted() -> Words:
    return Words()


def sentences(*said: str) -> str:
    """Sentences one after the other; Chinese leaves no space between them."""
    between = "" if QLocale().language() is QLocale.Language.Chinese else " "
    return between.join(one for one in said if one)


def number(value: float, decimals: int = 0) -> str:
    """With the separators of the place: 12,408."""
    if decimals:
        return QLocale().toString(float(value), "f", decimals)
    return QLocale().toString(round(value))


def size(count: int) -> str:
    """Bytes in the unit that reads best: 214 bytes, 1.2 MB."""
    if count < 1000:
        return _counted().bytes(count)
    return QLocale().formattedDataSize(count, 1 if count < 1e10 else 0, QLocale.DataSizeFormat.DataSizeSIFormat)


def passages(count: int) -> str:
    return _counted().passages(count)


def files(count: int) -> str:
    return _counted().files(count)


def seconds(value: float) -> str:
    """A duration that was measured: 0.42 s."""
    return QCoreApplication.translate("Words", "{seconds} s").format(seconds=number(value, 2 if value < 1 else 1))


def time_left(left: float) -> str:
    """An estimate, as roughly as it is known."""
    if left < SHORTEST_LEFT:
        return QCoreApplication.translate("Words", "a few seconds")
    if left < 55:
        return QCoreApplication.translate("Words", "about {count} s").format(count=number(round(left / 5) * 5))
    minutes = max(1, round(left / 60))
    if minutes < 90:
        return QCoreApplication.translate("Words", "about {count} min").format(count=number(minutes))
    return QCoreApplication.translate("Words", "about {count} h").format(count=number(round(minutes / 60)))


def moment(at: float) -> str:
    """Seconds since the epoch as a date and time of the place, short."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(at)), QLocale.FormatType.ShortFormat)


def date(at: float) -> str:
    """The day, whole: November 22, 2026."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(at)).date(), QLocale.FormatType.LongFormat)


def clock(at: float) -> str:
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(at)).time(), QLocale.FormatType.ShortFormat)


def day(at: float, now: float | None = None) -> str:
    """Today, yesterday, or the date."""
    then = QDateTime.fromSecsSinceEpoch(int(at)).date()
    today = QDateTime.currentDateTime() if now is None else QDateTime.fromSecsSinceEpoch(int(now))
    away = then.daysTo(today.date())
    if away == 0:
        return QCoreApplication.translate("Words", "Today")
    if away == 1:
        return QCoreApplication.translate("Words", "Yesterday")
    return QLocale().toString(then, QLocale.FormatType.LongFormat)


def money(amount: float, currency: str) -> str:
    """Enough decimals that a tenth of a cent shows."""
    decimals = 2 if amount >= 1 or amount == 0 else 3 if amount >= 0.001 else 4
    return f"{number(amount, decimals)} {currency}".rstrip()


def label(name: str) -> str:
    """What may leave a folder."""
    return {
        "local": QCoreApplication.translate("Words", "Local only"),
        "redacted": QCoreApplication.translate("Words", "Redacted text, when I agree"),
        "ask": QCoreApplication.translate("Words", "Text, when I agree"),
    }.get(name, name)


def file_state(state: str) -> str:
    return {
        "indexed": QCoreApplication.translate("Words", "Read"),
        "pending": QCoreApplication.translate("Words", "Being read"),
        "empty": QCoreApplication.translate("Words", "No text in it"),
        "encrypted": QCoreApplication.translate("Words", "Password-protected"),
        "damaged": QCoreApplication.translate("Words", "Damaged"),
        "unsupported": QCoreApplication.translate("Words", "Not a kind that can be read"),
        "too_large": QCoreApplication.translate("Words", "Too large"),
        "too_slow": QCoreApplication.translate("Words", "Took too long"),
        "unreadable": QCoreApplication.translate("Words", "Could not be opened"),
        "waiting": QCoreApplication.translate("Words", "Waits for text recognition"),
    }.get(state, state)


def file_advice(state: str) -> str:
    """What to do about a file that gave no text; empty where there is nothing to do."""
    return {
        "encrypted": QCoreApplication.translate(
            "Words", "Open it once and save it without a password, or leave it out."
        ),
        "damaged": QCoreApplication.translate("Words", "Open and save it in its program, or leave it out."),
        "too_large": QCoreApplication.translate("Words", "Raise the limit in Settings, or leave it out."),
        "too_slow": QCoreApplication.translate("Words", "Try again, or leave it out."),
        "unreadable": QCoreApplication.translate("Words", "Close it in other programs and try again."),
    }.get(state, "")


def finding_kind(kind: str) -> str:
    """What was replaced, as a word in a list: company, person, phone."""
    return {
        "address": QCoreApplication.translate("Words", "address"),
        "amount": QCoreApplication.translate("Words", "amount"),
        "card": QCoreApplication.translate("Words", "card number"),
        "date": QCoreApplication.translate("Words", "date"),
        "email": QCoreApplication.translate("Words", "mail address"),
        "iban": QCoreApplication.translate("Words", "bank account"),
        "ip": QCoreApplication.translate("Words", "network address"),
        "national_id": QCoreApplication.translate("Words", "identity number"),
        "organization": QCoreApplication.translate("Words", "company"),
        "passport": QCoreApplication.translate("Words", "passport"),
        "person": QCoreApplication.translate("Words", "person"),
        "phone": QCoreApplication.translate("Words", "phone"),
        "plate": QCoreApplication.translate("Words", "number plate"),
        "secret": QCoreApplication.translate("Words", "password or key"),
        "term": QCoreApplication.translate("Words", "your own word"),
        "url": QCoreApplication.translate("Words", "web address"),
        "value": QCoreApplication.translate("Words", "value"),
    }.get(kind, kind)


def sending(way: str) -> str:
    return {
        "question": QCoreApplication.translate("Words", "Only the question"),
        "passages": QCoreApplication.translate("Words", "Question and passages"),
        "sketch": QCoreApplication.translate("Words", "A sketch without values"),
    }.get(way, way)


def sending_about(way: str) -> str:
    return {
        "question": QCoreApplication.translate("Words", "No text of any file goes along."),
        "passages": QCoreApplication.translate(
            "Words", "Passages from folders that you opened go along, private data replaced."
        ),
        "sketch": QCoreApplication.translate(
            "Words", "Every number, name and date is replaced; the answer is filled in on this computer."
        ),
    }.get(way, "")


def provider(name: str) -> str:
    """A provider as it writes itself; a name of the person's own stays as it is."""
    return {
        "anthropic": "Anthropic",
        "deepseek": "DeepSeek",
        "gemini": "Gemini",
        "mistral": "Mistral",
        "openai": "OpenAI",
        "openrouter": "OpenRouter",
    }.get(name, name)


def role_of_pack(role: str) -> str:
    return {
        "generator": QCoreApplication.translate("Words", "Writes answers"),
        "embedder": QCoreApplication.translate("Words", "Compares meanings"),
        "reranker": QCoreApplication.translate("Words", "Sorts passages again"),
        "recognizer": QCoreApplication.translate("Words", "Recognizes text in pictures"),
    }.get(role, role)


def weights(quantization: str) -> str:
    """How finely a model's numbers are kept."""
    bits = next(
        (bits for mark, bits in (("16", "16"), ("32", "32"), ("4", "4"), ("8", "8")) if mark in quantization), ""
    )
    return QCoreApplication.translate("Words", "{bits}-bit").format(bits=bits) if bits else quantization


def device(name: str) -> str:
    return {
        "CPU": QCoreApplication.translate("Words", "Processor (CPU)"),
        "GPU": QCoreApplication.translate("Words", "Graphics (GPU)"),
        "NPU": QCoreApplication.translate("Words", "AI processor (NPU)"),
    }.get(name, name)


def belt(name: str) -> str:
    """What keeps a process off the network."""
    return {
        "Python audit hook": QCoreApplication.translate("Words", "Python audit hook"),
        "seccomp filter": QCoreApplication.translate("Words", "seccomp filter"),
    }.get(name, name)


def pause_reason(reason: str) -> str:
    """Why indexing that nobody waits for stands still or goes slowly."""
    return {
        "paused": QCoreApplication.translate("Words", "Paused by you"),
        "battery": QCoreApplication.translate("Words", "Waiting: the battery is low"),
        "busy": QCoreApplication.translate("Words", "Waiting: this computer is busy"),
        "power_saver": QCoreApplication.translate("Words", "Waiting: power saver is on"),
        "full_screen": QCoreApplication.translate("Words", "Waiting: a full-screen program is in front"),
    }.get(reason, reason)


def recognition_waits(reason: str, *, has_pack: bool) -> str:
    """Why pictures are not being read now; `reason` as for `pause_reason`."""
    if not has_pack:
        return QCoreApplication.translate("Words", "The text recognition pack is not on this computer yet.")
    return {
        "paused": QCoreApplication.translate("Words", "Text recognition is paused."),
        "battery": QCoreApplication.translate("Words", "Text recognition is waiting for mains power."),
        "busy": QCoreApplication.translate("Words", "Text recognition goes slowly: this computer is busy."),
        "power_saver": QCoreApplication.translate("Words", "Text recognition is waiting until power saver is off."),
        "full_screen": QCoreApplication.translate("Words", "Text recognition is waiting for the full-screen program."),
    }.get(reason, QCoreApplication.translate("Words", "Text recognition has not come to them yet."))


def is_picture(path: str) -> bool:
    """By the ending of its name."""
    return path.lower().endswith((".png", ".jpg", ".jpeg", ".jfif", ".webp", ".gif", ".bmp", ".tif", ".tiff"))


def place_of(chunk: Chunk, path: str) -> str:
    """Where in the file at `path` a passage stands: page 12, slide 3, a sheet's rows, lines, or that it is a picture;
    empty where the file has no places."""
    if chunk.page is not None:
        if chunk.page == 1 and is_picture(path):
            return QCoreApplication.translate("Words", "picture")
        return QCoreApplication.translate("Words", "p. {page}").format(page=number(chunk.page))
    if chunk.slide is not None:
        return QCoreApplication.translate("Words", "slide {slide}").format(slide=number(chunk.slide))
    if chunk.rows is not None:
        rows = _from_to(chunk.rows)
        if chunk.sheet:
            return QCoreApplication.translate("Words", "{sheet}, row {rows}").format(sheet=chunk.sheet, rows=rows)
        return QCoreApplication.translate("Words", "row {rows}").format(rows=rows)
    if chunk.sheet:
        return chunk.sheet
    if chunk.lines is not None:
        return QCoreApplication.translate("Words", "line {lines}").format(lines=_from_to(chunk.lines))
    return ""


def place_words(citation: Citation) -> str:
    """Where in its file a passage stands: page, slide, sheet with rows, lines, or the section it is in."""
    if citation.page == 1 and is_picture(citation.path):
        return QCoreApplication.translate("Citation", "picture")
    if citation.page is not None:
        return QCoreApplication.translate("Citation", "page {page}").format(page=citation.page)
    if citation.slide is not None:
        return QCoreApplication.translate("Citation", "slide {slide}").format(slide=citation.slide)
    if citation.sheet is not None:
        if citation.rows is None:
            return citation.sheet
        first, last = citation.rows
        if first == last:
            return QCoreApplication.translate("Citation", "{sheet}, row {row}").format(sheet=citation.sheet, row=first)
        return QCoreApplication.translate("Citation", "{sheet}, rows {first} to {last}").format(
            sheet=citation.sheet, first=first, last=last
        )
    if citation.section:
        return citation.section.rsplit(" > ", 1)[-1]
    if citation.lines is not None and citation.lines[0] == citation.lines[1]:
        return QCoreApplication.translate("Citation", "line {line}").format(line=citation.lines[0])
    if citation.lines is not None:
        return QCoreApplication.translate("Citation", "lines {first} to {last}").format(
            first=citation.lines[0], last=citation.lines[1]
        )
    return ""


def _from_to(span: tuple[int, int]) -> str:
    first, last = span
    return number(first) if first == last else f"{number(first)}-{number(last)}"


def file_name(path: str) -> str:
    """The name that a person knows a file or member by."""
    return PurePath(path.split(MEMBER_SEPARATOR)[-1]).name or path


def folder_title(path: str) -> str:
    """A folder of the library: its way from the person's own folder, else its last two names."""
    folder, home = PurePath(path), PurePath(QDir.homePath())
    parts = folder.relative_to(home).parts if folder.is_relative_to(home) else folder.parts[1:][-2:]
    return " / ".join(parts) or path


def folder_name(path: str, levels: int = 2) -> str:
    """The last folders above a file: `Finance / 2026`; for a member, the file that it is in."""
    outer = path.split(MEMBER_SEPARATOR)
    if len(outer) > 1:
        return file_name(MEMBER_SEPARATOR.join(outer[:-1]))
    parts = [part for part in PurePath(path).parent.parts if part not in ("/", "\\")]
    return " / ".join(parts[-levels:])
