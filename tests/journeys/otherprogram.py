"""Another program with text in it, for the quick bar to be used over. Writes its text to a file at every change.

Run as `python otherprogram.py FILE TEXT`; its window is called `Letter`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QPlainTextEdit


def main() -> int:
    file, text = Path(sys.argv[1]), sys.argv[2]
    application = QApplication(sys.argv[:1])
    field = QPlainTextEdit(text)
    field.setWindowTitle("Letter")
    field.setGeometry(60, 640, 600, 160)
    field.textChanged.connect(lambda: file.write_text(field.toPlainText(), "utf-8"))
    field.show()
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())
