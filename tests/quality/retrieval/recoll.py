"""Recoll as a peer: `recollindex` on the same folder with its own configuration, `recollq` for each question.

Every question is asked in "any term" mode: "all terms" finds nothing for most natural questions. Recoll does not cut
Chinese into words, so that a Chinese question is one phrase to it; it gets the question cut into words by us.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

from indexer.words import query_words


def installed() -> bool:
    return shutil.which("recollq") is not None


def version() -> str:
    said = subprocess.run(["recollq", "-v"], capture_output=True, text=True, check=False)
    return next((word for line in (said.stdout + said.stderr).splitlines() if "Recoll" in line for word in [line]), "")


class Recoll:
    """One folder, indexed when made."""

    def __init__(self, folder: Path, configuration: Path) -> None:
        self._folder = folder
        self._configuration = configuration
        configuration.mkdir(parents=True, exist_ok=True)
        (configuration / "recoll.conf").write_text(
            f"topdirs = {folder}\nindexstemminglanguages = english\n", encoding="utf-8"
        )
        subprocess.run(["recollindex", "-c", str(configuration)], check=True, capture_output=True)

    def ranking(self, question: str, k: int) -> list[str]:
        """Paths below the folder, best first."""
        words = question if question.isascii() else " ".join(query_words(question))
        command = ["recollq", "-c", str(self._configuration), "-b", "-n", str(k), "-o", words.replace('"', " ")]
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        prefix = f"file://{self._folder}/"
        return list(dict.fromkeys(unquote(line)[len(prefix) :] for line in lines if unquote(line).startswith(prefix)))
