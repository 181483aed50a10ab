"""ROOM: one module is one file format; a new file here is a new format, and nothing else changes.

Each module has:

- `FORMAT_ID: str`: what `type:` in a query names, and the name of its folder of samples;
- `EXTENSIONS: tuple[str, ...]`: lower case, with the dot; and `MEDIA_TYPES: tuple[str, ...]`;
- `unavailable() -> str | None`: why the format can't be read on this computer, or None;
- `recognizes(head: bytes, name: str) -> bool`: `head` is the first 4 KB; content decides, the name helps;
- `extract(content: Content, limits: Limits) -> FormatResult`: raises ExtractionFailed; nothing else that is foreseen.

Modules here import neither each other nor a heavy library at their top: what they share lives one floor up.
"""
