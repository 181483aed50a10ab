"""What kind of file it is when the first bytes name only its container or nothing at all, and what to say of kinds
that Nearside can't read.

Zip and OLE containers are opened just far enough to tell what they hold. Which format then reads the file is decided
in registry.py.
"""

from __future__ import annotations

import struct
import zipfile

from indexer.content import Content
from indexer.document import FileState
from indexer.errors import ExtractionFailed

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ZIP_PARTS = (
    ("word/document.xml", ".docx"),
    ("word/document2.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("xl/workbook.bin", ".xlsb"),
    ("ppt/presentation.xml", ".pptx"),
    ("META-INF/container.xml", ".epub"),
)
_ZIP_MIMETYPES = (
    ("application/epub+zip", ".epub"),
    ("application/vnd.oasis.opendocument.text", ".odt"),
    ("application/vnd.oasis.opendocument.spreadsheet", ".ods"),
    ("application/vnd.oasis.opendocument.presentation", ".odp"),
    ("application/vnd.oasis.opendocument.graphics", ".odg"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", ".encrypted"),
    ("__properties_version1.0", ".msg"),
    ("WordDocument", ".doc"),
    ("Workbook", ".xls"),
    ("Book", ".xls"),
    ("PowerPoint Document", ".ppt"),
    ("VisioDocument", ".vsd"),
)

_OLD = "an old {} file (.{}): open it and save it as .{}x"
_REASONS = {
    "picture": "a picture of a kind that Nearside can't read: save it as PNG or JPEG",
    "audio": "a sound recording; listening to it needs a transcriber pack",
    "video": "a video",
    "program": "a program or a program's library",
    "font": "a font",
    "database": "a database",
    "disk": "a disk image",
    "archive": "an archive of a kind that Nearside can't open; unpack it first",
    "drawing": "a drawing or a design file",
    "book": "an e-book of a kind that Nearside can't read",
    "model": "a model or a table of numbers",
    "iwork": "an Apple iWork file: export it as PDF or in an Office format",
}
_KINDS = {
    "picture": "png jpg jpeg jfif gif bmp tif tiff webp heic heif avif ico icns psd raw cr2 cr3 nef arw dng jp2 jxl "
    "xcf pcx tga pnm ppm pgm",
    "audio": "mp3 wav flac ogg oga opus m4a aac wma aif aiff mid midi amr ape",
    "video": "mp4 m4v mkv avi mov wmv webm flv mpg mpeg 3gp mts m2ts ogv vob",
    "program": "exe dll so dylib o a lib sys class pyc pyo pyd wasm jar apk ipa msi msix deb rpm elf com scr obj pdb "
    "node whl",
    "font": "ttf otf woff woff2 eot ttc pfb pcf",
    "database": "sqlite sqlite3 db mdb accdb dbf kdbx frm ibd myd fdb pst ost",
    "disk": "iso img dmg vhd vhdx vmdk qcow2 vdi",
    "archive": "rar 7z cab lzh arj zst lz4 lzma z ace cpio",
    "drawing": "vsd vsdx dwg dxf skp ai indd cdr odg pub blend 3ds fbx stl step sketch fig",
    "book": "mobi azw azw3 djvu fb2 chm lit",
    "model": "gguf safetensors onnx pt pth npy npz pkl parquet feather h5 hdf5 mat bin dat idx",
    "iwork": "pages numbers key",
}  # fmt: skip
_KIND_OF = {f".{ending}": kind for kind, endings in _KINDS.items() for ending in endings.split()}

_MAGIC = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", ""),  # two letters prove nothing: left to the extension
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"8BPS", "picture"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\0asm", "program"),
    (b"!<arch>\n", "program"),
    (b"ID3", "audio"),
    (b"\xff\xfb", "audio"),
    (b"fLaC", "audio"),
    (b"OggS", "audio"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"FLV", "video"),
    (b"\0\1\0\0", "font"),
    (b"OTTO", "font"),
    (b"wOF", "font"),
    (b"SQLite format 3", "database"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"MSCF", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"AT&TFORM", "book"),
    (b"ITSF", "book"),
    (b"GGUF", "model"),
    (b"\x93NUMPY", "model"),
)


def container_extension(content: Content, head: bytes) -> str | None:
    """The extension that a zip or OLE container deserves by what is in it (`.docx`, `.msg`, ...), or None.

    `.zip` for an archive of no special kind, `.encrypted` for a locked Office file. Raises ExtractionFailed(DAMAGED)
    for a zip whose directory can't be read, and OSError.
    """
    if head.startswith(ZIP_MAGIC):
        return _zip_extension(content)
    return _ole_extension(content) if head.startswith(OLE_MAGIC) else None


def unsupported(content: Content, head: bytes, extension: str | None) -> ExtractionFailed:
    """UNSUPPORTED with what the file is, as far as it can be told. `extension` overrides that of the name."""
    extension = extension or "." + content.name.lower().rpartition(".")[2]
    if extension == ".encrypted":
        return ExtractionFailed(FileState.ENCRYPTED, "The file is locked with a password.")
    if extension == ".doc":
        what = _OLD.format("Word", "doc", "doc")
    elif extension in (".ppt", ".pps"):
        what = _OLD.format("PowerPoint", "ppt", "ppt")
    else:
        what = _reason(head, extension)
    return ExtractionFailed(FileState.UNSUPPORTED, f"This is {what}.")


def _reason(head: bytes, extension: str) -> str:
    if head[:4] == b"RIFF":
        return _REASONS[{b"WAVE": "audio", b"AVI ": "video"}.get(head[8:12], "picture")]
    if head[4:8] == b"ftyp":
        brand = head[8:11]
        return _REASONS["picture" if brand in (b"hei", b"avi", b"mif") else "audio" if brand == b"M4A" else "video"]
    for magic, kind in _MAGIC:
        if kind and head.startswith(magic):
            return _REASONS[kind]
    if kind_by_name := _KIND_OF.get(extension):
        return _REASONS[kind_by_name]
    return _puremagic_reason(head) or "a kind of file that Nearside can't read"


def _puremagic_reason(head: bytes) -> str | None:
    """The kind of rarer files, by a table of a thousand magic numbers: loaded only for what nothing else explains."""
    import puremagic

    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError, struct.error):
        return None
    for match in matches:
        if match.confidence < 0.4:
            break
        if kind := _KIND_OF.get(match.extension.lower()):
            return _REASONS[kind]
        family = match.mime_type.partition("/")[0]
        by_family = {"image": "picture", "audio": "audio", "video": "video", "font": "font"}
        if family in by_family:
            return _REASONS[by_family[family]]
    return None


def _zip_extension(content: Content) -> str:
    try:
        with content.open() as stream, zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                media = archive.read("mimetype").decode("ascii", "replace").strip()
                for known, extension in _ZIP_MIMETYPES:
                    if media.startswith(known):
                        return extension
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        ValueError,
        EOFError,
        struct.error,
        OSError,
    ) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise ExtractionFailed(
            FileState.DAMAGED, "The file is damaged: its table of contents can't be read."
        ) from error
    for part, extension in _ZIP_PARTS:
        if part in names:
            return extension
    own = "." + content.name.lower().rpartition(".")[2]
    if "AndroidManifest.xml" in names or ("META-INF/MANIFEST.MF" in names and own in (".jar", ".war", ".ear")):
        return ".jar"
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names) or "Index.zip" in names:
        return ".pages"
    # A wheel, an add-on or a theme is a zip too, but what is in it is a program, not somebody's files.
    return own if _KIND_OF.get(own) in ("program", "drawing", "model") else ".zip"


def _ole_extension(content: Content) -> str | None:
    """By the names in the directory, found without walking the allocation tables: a damaged file is told, too."""
    with content.open() as stream:
        header = stream.read(512)
        if len(header) < 512:
            return None
        sector = 1 << min(struct.unpack_from("<H", header, 30)[0], 20)
        first = struct.unpack_from("<I", header, 48)[0]
        stream.seek((first + 1) * sector if first < 0xFFFFFF00 else 0)
        directory = stream.read(64 << 10)
        stream.seek(0)
        blob = directory + stream.read(4 << 20)
    for name, extension in _OLE_STREAMS:
        # An entry is a name padded to 64 bytes and its length in bytes with the final NUL: no chance match.
        encoded = name.encode("utf-16-le")
        if encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded) + 2) in blob:
            return extension
    return None
