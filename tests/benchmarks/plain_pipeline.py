"""The plain pipeline that users write today, as a peer for indexing_speed.py. Runs in an environment of its own.

    python plain_pipeline.py --files LIST --model FOLDER --characters N --seconds S

One thread of Python: read a file (pypdf, BeautifulSoup, or as text), cut it into pieces of N characters, embed them
with sentence-transformers on torch in float32, keep text and vectors in SQLite. Stops after S seconds and prints JSON.
torch itself uses all cores, as it does by default. Imports nothing of Nearside.
"""

import argparse
import json
import sqlite3
import tempfile
import time
import warnings
from pathlib import Path


def read(path: str) -> str:
    if path.endswith(".pdf"):
        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    data = Path(path).read_bytes()
    if path.endswith((".html", ".htm", ".xml", ".page", ".xhtml")):
        from bs4 import BeautifulSoup

        return BeautifulSoup(data, "html.parser").get_text("\n", strip=True)
    return data.decode("utf-8", "replace")


def pieces(text: str, size: int) -> list[str]:
    """Pieces of about `size` characters, cut at white space."""
    found, start = [], 0
    while start < len(text):
        end = min(start + size, len(text))
        if end < len(text):
            space = max(text.rfind(" ", start + size // 2, end), text.rfind("\n", start + size // 2, end))
            end = space + 1 if space > 0 else end
        if text[start:end].strip():
            found.append(text[start:end].strip())
        start = end
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--characters", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    import torch
    from sentence_transformers import SentenceTransformer, __version__

    model = SentenceTransformer(options.model, device="cpu")
    model.max_seq_length = 512
    model.encode(["warm up"])
    files = Path(options.files).read_text(encoding="utf-8").splitlines()
    done = chunks = characters = 0
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(f"{folder}/plain.db")
        database.execute("CREATE TABLE chunks(path, text, vector)")
        begin, spent = time.perf_counter(), time.process_time()
        for path in files:
            parts = pieces(read(path), options.characters)
            if parts:
                vectors = model.encode(["passage: " + part for part in parts], batch_size=32, normalize_embeddings=True)
                rows = [(path, part, vector.tobytes()) for part, vector in zip(parts, vectors)]  # noqa: B905 (any Python 3)
                database.executemany("INSERT INTO chunks VALUES(?, ?, ?)", rows)
                database.commit()
            done += 1
            chunks += len(parts)
            characters += sum(map(len, parts))
            if time.perf_counter() - begin > options.seconds:
                break
        seconds, spent = time.perf_counter() - begin, time.process_time() - spent
        database.close()
    result = {
        "files": done,
        "chunks": chunks,
        "characters": characters,
        "seconds": seconds,
        "processor": spent,
        "versions": f"sentence-transformers {__version__}, torch {torch.__version__}",
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
