"""Why a file gave no text, in the window's language. The library keeps the reason as the engine's sentence: it was
written down when the file was read, perhaps by an older Nearside.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from ui import wording
from ui.engine_words import Known, known, speaks_english

translate = QCoreApplication.translate
NOTHING_INSIDE = "Nothing in it could be read. "
NUMBER = r"[\d.,e+]+"


def why_no_text(state: str, reason: str) -> str:
    """A sentence. One that is not known here is shown as it is in English, else the file's state stands for it."""
    if not reason:
        return ""
    if reason.startswith(NOTHING_INSIDE):
        inside = why_no_text(state, reason.removeprefix(NOTHING_INSIDE))
        return translate("FileWords", "Nothing in it could be read. {reason}").format(reason=inside)
    for table in (_files, _places, _limits, _archives, _kinds, _damages, _folders):
        if (said := known(reason, table(), otherwise="")) != "":
            return said
    if speaks_english():
        return reason
    return translate("FileWords", "{state}.").format(state=wording.file_state(state))


def _files() -> Known:
    no_text = translate("FileWords", "There is no text in it.")
    locked = translate("FileWords", "It is protected by a password.")
    return (
        (r"The file is empty\.", translate("FileWords", "The file is empty.")),
        (r"The archive is empty\.", translate("FileWords", "The archive is empty.")),
        (r"There is no text (in|on) this (file|message|page)\.", no_text),
        (r"The (document|presentation|book|table|workbook|pages?) holds? no .*\.", no_text),
        (r"The table has no rows\.", no_text),
        (r"The pages hold no text\.", no_text),
        (
            r"The pages hold only pictures of text.*",
            translate("FileWords", "The pages hold only pictures of text, as scanners make them."),
        ),
        (r"The file (in the archive )?is (protected by|locked with) a password\.", locked),
        (
            r"Its pages are pictures: their text waits.*",
            translate("FileWords", "Its pages are pictures; their text waits for text recognition."),
        ),
        (
            r"Pages that are pictures and wait for text recognition: (?P<pages>.+)\.",
            translate("FileWords", "Pages that are pictures and wait for text recognition: {pages}."),
        ),
        (
            r"Pages that can't be drawn and were not read: (?P<pages>.+)\.",
            translate("FileWords", "Pages that can't be drawn and were not read: {pages}."),
        ),
        (r"Nothing in it could be read\.", translate("FileWords", "Nothing in it could be read.")),
        (r"No text was recognized in it\.", translate("FileWords", "No text was recognized in it.")),
        (
            r"The picture is too small to hold text.*",
            translate("FileWords", "The picture is too small to hold text that can be read."),
        ),
        (
            r"The book is locked by copy protection\.",
            translate("FileWords", "The book is locked by copy protection."),
        ),
    )


def _places() -> Known:
    return (
        (r"This is not an ordinary file\.", translate("FileWords", "This is not an ordinary file.")),
        (r"The file is not there any more\.", translate("FileWords", "The file is not there any more.")),
        (
            r"The file is not inside the other any more\.",
            translate("FileWords", "The file is not inside the other any more."),
        ),
        (
            r"Nearside may not read this file: your user account has no permission\.",
            translate("FileWords", "Your user account may not read this file."),
        ),
        (
            r"The file could not be read from its disk\.",
            translate("FileWords", "The file could not be read from its disk."),
        ),
        (
            r"The file's name is not valid text on this computer: rename it\.",
            translate("FileWords", "Its name can't be read on this computer: rename it."),
        ),
    )


def _limits() -> Known:
    memory = translate("FileWords", "Reading it takes more memory than is allowed for one file.")
    return (
        (
            rf"The file is (?P<size>{NUMBER}) MB; files of this kind are read up to (?P<limit>{NUMBER}) MB\.",
            translate("FileWords", "It is {size} MB; files of this kind are read up to {limit} MB."),
        ),
        (
            rf"The picture has (?P<size>{NUMBER}) million points; they are read up to (?P<limit>{NUMBER}) million\.",
            translate("FileWords", "The picture has {size} million points; they are read up to {limit} million."),
        ),
        (
            rf"The file holds more than (?P<limit>{NUMBER}) characters of text\.",
            translate("FileWords", "It holds more than {limit} characters of text."),
        ),
        (
            r"The file holds more text than is allowed for one file\.",
            translate("FileWords", "It holds more text than is allowed for one file."),
        ),
        (
            rf"The file consists of (?P<count>{NUMBER}) parts; more than (?P<limit>{NUMBER}) are not read\.",
            translate("FileWords", "It has {count} parts; more than {limit} are not read."),
        ),
        (
            r"The file holds far more than its size tells and was left unread\.",
            translate("FileWords", "It holds far more than its size tells and was left unread."),
        ),
        (rf"Reading (the|this) file takes more than {NUMBER} MB of memory\.", memory),
        (r"Reading (the|this) file takes more memory than is allowed for one file\.", memory),
        (
            rf"Reading the file (took longer than|takes more than) (?P<limit>{NUMBER}) seconds.*",
            translate("FileWords", "Reading it takes more than {limit} seconds."),
        ),
    )


def _archives() -> Known:
    return (
        (
            rf"The file( in the archive)? unpacks to more than (?P<limit>{NUMBER}) MB.*\.",
            translate("FileWords", "It unpacks to more than {limit} MB and was left unread."),
        ),
        (
            r"The file .* and was left unread\.",
            translate("FileWords", "It holds more than may be read and was left unread."),
        ),
        (
            rf"The archive unpacks to more than (?P<limit>{NUMBER}) MB; this file in it was left out\.",
            translate("FileWords", "Its archive unpacks to more than {limit} MB; this file in it was left out."),
        ),
        (
            rf"The file in the archive is (?P<size>{NUMBER}) MB; up to (?P<limit>{NUMBER}) MB are unpacked\.",
            translate("FileWords", "It is {size} MB; files in archives are unpacked up to {limit} MB."),
        ),
        (
            rf"One of its sheets spreads over (?P<count>{NUMBER}) cells; up to (?P<limit>{NUMBER}) are read\.",
            translate("FileWords", "One of its sheets has {count} cells; up to {limit} are read."),
        ),
        (
            rf"There are more than (?P<limit>{NUMBER}) files inside\.",
            translate("FileWords", "There are more than {limit} files inside."),
        ),
        (
            rf"It lies more than (?P<limit>{NUMBER}) files deep inside other files\.",
            translate("FileWords", "It lies more than {limit} files deep inside other files."),
        ),
    )


def _kinds() -> Known:
    """What a file is that can't be read."""
    return (
        (
            r"This is an old (?P<program>\w+) file \(\.\w+\): open it and save it as (?P<ending>\.\w+)\.",
            translate("FileWords", "This is an old {program} file: open it and save it as {ending}."),
        ),
        (
            r"The file is in the binary format of Office 97-2003.*",
            translate("FileWords", "This is an old Office file under a newer name. Save it as .docx, .xlsx or .pptx."),
        ),
        (
            r"This is a picture; reading text in pictures needs .*\.",
            translate("FileWords", "This is a picture; reading its text needs the pack for text recognition."),
        ),
        (
            r"This is a picture of a kind that.*",
            translate("FileWords", "This is a picture of a kind that can't be read here: save it as PNG or JPEG."),
        ),
        (
            r"This is a sound recording; .*\.",
            translate("FileWords", "This is a sound recording; speech can't be read yet."),
        ),
        (r"This is a video\.", translate("FileWords", "This is a video.")),
        (r"This is a program or .*\.", translate("FileWords", "This is a program or a part of one.")),
        (r"This is a font\.", translate("FileWords", "This is a font.")),
        (r"This is a database\.", translate("FileWords", "This is a database.")),
        (r"This is a disk image\.", translate("FileWords", "This is a disk image.")),
        (
            r"This is an archive of a kind.*",
            translate("FileWords", "This is an archive of a kind that can't be opened here; unpack it first."),
        ),
        (r"This is a drawing or .*\.", translate("FileWords", "This is a drawing or a design file.")),
        (
            r"This is an e-book of a kind.*",
            translate("FileWords", "This is an e-book of a kind that can't be read here."),
        ),
        (r"This is a model or .*\.", translate("FileWords", "This is a model or a table of numbers.")),
        (
            r"This is an Apple iWork file.*",
            translate("FileWords", "This is an Apple iWork file: export it as PDF or in an Office format."),
        ),
        (
            r"This is a kind of file that Nearside can't read\.",
            translate("FileWords", "This is a kind of file that Nearside can't read."),
        ),
    )


def _damages() -> Known:
    early = translate("FileWords", "The file is damaged: it ends early or can't be unpacked.")
    missing = translate("FileWords", "The file is damaged: a part of it is missing.")
    garbled = translate("FileWords", "The file is damaged: a part of it can't be read.")
    other = translate("FileWords", "The file is damaged, or not what its beginning promises.")
    damaged = re.escape("The file is damaged: ")
    return (
        (damaged + r".*(the end may be missing|breaks off|be unpacked)\b.*", early),
        (damaged + r".*(missing|where it should be|no page|begins in it)\b.*", missing),
        (
            damaged + r".*(entities).*",
            translate("FileWords", "The file holds what no office file does; it was refused."),
        ),
        (damaged + r".*(goes on as something else|not a Word document|more rows than a sheet can have).*", other),
        (damaged + r".*", garbled),
        (r"The file in the archive is damaged: it can't be unpacked\.", early),
        (r"The file is damaged or not what its first bytes promise\.", other),
        (r"The file is damaged in a way that stops the program that reads it\.", garbled),
        (
            r"The file is nested too deeply to be read\.",
            translate("FileWords", "The file is nested too deeply to be read."),
        ),
    )


def _folders() -> Known:
    return (
        (r"Pages are drawn of .* only\.", translate("FileWords", "Pages are drawn of PDF files and pictures only.")),
        (r"The page is damaged.*", translate("FileWords", "The page is damaged and can't be drawn.")),
        (r"Your user account may not read it\.", translate("FileWords", "Your user account may not read it.")),
        (r"The system could not read it \(.*\)\.", translate("FileWords", "The system could not read it.")),
        (
            r"There is no file or folder at (?P<path>.+)\.",
            translate("FileWords", "There is no file or folder at {path}."),
        ),
        (r"Nearside may not read (?P<path>.+)\.", translate("FileWords", "Nearside may not read {path}.")),
    )
