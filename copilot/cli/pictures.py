"""`nearside read`: the text in a picture or a scanned page, without taking it into the library."""

from __future__ import annotations

from pathlib import Path

import click

from copilot.calls import ReadPicture
from copilot.cli.screen import err, json_option, out, performer, plain, print_json, reporting
from indexer.pictures import Picture, TextLine
from indexer.rendering import PageRenderer


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--page", default=1, show_default=True, type=click.IntRange(1), help="Which page of a PDF or a TIFF.")
@json_option
def read(file: Path, page: int, as_json: bool) -> None:
    """Print the text in a picture or a scanned page. Nothing of it is kept."""
    picture = _decoded(file, page)
    with performer() as copilot, reporting(as_json=as_json) as reporter:
        found = copilot.perform(ReadPicture(picture), reporter)
    if as_json:
        print_json(
            {
                "path": str(file.absolute()),
                "page": page,
                "width": picture.width,
                "height": picture.height,
                "text": found.text,
                "lines": [_fields(line) for line in found.lines],
                "device": found.device,
                "seconds": round(found.seconds, 4),
            }
        )
        return
    out.print(plain(found.text) if found.lines else "There is no text in it.")
    err.print(f"{len(found.lines)} lines on {found.device} in {found.seconds:.1f} s", style="dim")


def _decoded(file: Path, page: int) -> Picture:
    """In a process of its own under limits: a picture file is code for whoever reads it carelessly."""
    renderer = PageRenderer()
    try:
        return renderer.raster(str(file.absolute()), page)
    finally:
        renderer.close()


def _fields(line: TextLine) -> dict[str, object]:
    box = line.box
    return {
        "text": line.text,
        "box": [box.x, box.y, box.width, box.height],
        "confidence": round(line.confidence, 3),
    }
