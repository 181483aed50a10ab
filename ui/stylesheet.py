"""The style sheet, made of the theme's tokens. Widgets choose by `objectName` or by two dynamic properties:

- QLabel `role`: title, heading, subheading, strong, strong-muted, muted, small, good, warning, error, badge,
  number
- QPushButton `kind`: primary, quiet, link (text that acts), ghost (seen while `near` or focused), danger, chip,
  example, navigation; without one it is plain
- QFrame `kind`: card, bubble, field (with `lit` while it has the keyboard), row (one that can be chosen), bar, warning,
  line
- QLineEdit, QPlainTextEdit, QTextEdit `kind`: bare, exact (text that is shown as it is); QLineEdit also search
- QComboBox `kind`: quiet

Everything else is dressed without being asked.
"""

from __future__ import annotations

import re
from pathlib import Path

from ui.tokens import Tokens

_GLYPHS = Path(__file__).parent / "glyphs"

# Lengths grow with the text; a length marked `px!` (a line's width) does not.
_SHEET = """
* { outline: none; }
QWidget { color: @ink; font-size: 14px; }
QMainWindow, QDialog, QWidget#page { background: @background; }
QScrollArea, QScrollArea > QWidget > QWidget, QAbstractScrollArea { background: transparent; border: none; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 20px; font-weight: 600; }
QLabel[role="heading"] { font-size: 18px; font-weight: 600; }
QLabel[role="subheading"] { font-size: 15px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: @muted; font-size: 12.5px; }
QLabel[role="strong-muted"] { color: @ink; font-size: 12.5px; font-weight: 600; }
QLabel[role="small"] { color: @muted; font-size: 11.5px; }
QLabel[role="good"] { color: @accent; }
QLabel[role="warning"] { color: @warning; font-size: 12.5px; }
QLabel[role="error"] { color: @danger; font-size: 12.5px; }
QLabel[role="number"] { color: @accent; background: @accent_soft; border-radius: 5px; font-size: 11.5px;
    font-weight: 600; min-width: 18px; max-width: 18px; min-height: 18px; max-height: 18px; }
QLabel[role="badge"] { color: @accent; background: @accent_soft; border-radius: 9px;
    padding: 2px 8px; font-size: 11.5px; }
QFrame[kind="card"] { background: @card; border: 1px! solid @line; border-radius: 12px; }
QFrame[kind="bubble"] { background: @card; border: 1px! solid @line; border-radius: 12px;
    border-bottom-right-radius: 4px; }
QFrame[kind="field"] { background: @card; border: 1px! solid @line; border-radius: 12px; }
QFrame[kind="field"][lit="true"] { border-color: @accent; }
QFrame[kind="row"], QAbstractButton[kind="row"] { background: transparent; border: none;
    border-left: 2px! solid @line; }
QFrame[kind="row"]:hover, QAbstractButton[kind="row"]:hover { background: @accent_soft; border-left-color: @accent; }
QFrame[kind="row"]:focus, QAbstractButton[kind="row"]:focus { background: @accent_soft; border-left-color: @accent; }
QFrame[kind="warning"] { background: @warning_soft; border: 1px! solid @warning_soft;
    border-radius: 8px; }
QFrame[kind="bar"] { background: @card; border: none; }
QFrame[kind="line"] { background: @line; border: none; min-height: 1px!; max-height: 1px!; }
QFrame#navigation { background: @background; border: none; border-right: 1px! solid @line; }
QFrame#firstRun { background: @background; }
QLabel#notice { background: @ink; color: @background; border-radius: 8px; padding: 8px 16px; font-size: 13px; }
QWidget#quickBar { background: transparent; }
QFrame#quickCard { background: transparent; border: none; }
QLineEdit#quickField { font-size: 20px; border: none; background: transparent; padding: 0; }
QListView#quickRows { background: transparent; padding: 0; }
QScrollArea#pages { background: @background; }
QFrame#preview { background: @card; border: none; }
QPushButton { background: @card; border: 1px! solid @line; border-radius: 8px;
    padding: 6px 12px; font-size: 13px; min-height: 18px; }
QPushButton:hover { border-color: @muted; }
QPushButton:pressed { background: @background; border-color: @muted; }
QPushButton:disabled { color: @muted; border-color: @line; }
QPushButton:focus { border: 2px! solid @accent; padding: 5px 11px; }
QPushButton[kind="primary"] { background: @accent; border-color: @accent; color: @on_accent;
    font-weight: 500; }
QPushButton[kind="primary"]:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton[kind="primary"]:pressed { background: @accent; border-color: @accent; }
QPushButton[kind="primary"]:disabled { background: @line; border-color: @line; color: @muted; }
QPushButton[kind="primary"]:focus { border: 2px! solid @ink; }
QPushButton[kind="danger"] { color: @danger; }
QPushButton[kind="danger"]:disabled { color: @muted; }
QPushButton[kind="quiet"], QToolButton { background: transparent; border: 1px! solid transparent; color: @muted;
    border-radius: 8px; padding: 4px 8px; font-size: 12.5px; }
QPushButton[kind="quiet"]:hover, QToolButton:hover { color: @ink; background: @accent_soft; }
QPushButton[kind="quiet"]:focus, QToolButton:focus { border: 2px! solid @accent; padding: 3px 7px; }
QPushButton[kind="link"] { background: transparent; border: 1px! solid transparent; color: @muted;
    border-radius: 6px; padding: 2px 3px; font-size: 12.5px; }
QPushButton[kind="link"][flush="true"] { padding-left: 0; border-left-width: 0; }
QPushButton[kind="link"]:hover, QPushButton[kind="link"]:checked { color: @accent; }
QPushButton[kind="link"]:focus { border: 2px! solid @accent; padding: 1px 2px; }
QPushButton[kind="link"]:disabled { color: @handle; }
QPushButton[kind="ghost"] { background: transparent; border: 1px! solid transparent; color: transparent;
    border-radius: 8px; padding: 4px 8px; font-size: 12.5px; }
QPushButton[kind="ghost"][near="true"] { color: @muted; }
QPushButton[kind="ghost"]:hover { color: @ink; background: @accent_soft; }
QPushButton[kind="ghost"]:focus { color: @muted; border: 2px! solid @accent; padding: 3px 7px; }
QPushButton[kind="example"] { text-align: left; padding: 9px 14px; color: @ink; font-size: 13px; }
QPushButton[kind="example"]:hover { border-color: @accent; }
QPushButton[kind="example"]:focus { padding: 8px 13px; }
QPushButton[kind="chip"] { border-radius: 11px; padding: 3px 10px; font-size: 12.5px;
    color: @muted; background: @card; }
QPushButton[kind="chip"]:checked, QPushButton[kind="chip"][chosen="true"] {
    color: @accent; background: @accent_soft; border-color: @accent; }
QPushButton[kind="navigation"] { text-align: left; background: transparent; border: 1px! solid transparent;
    border-radius: 8px; padding: 6px 9px; font-size: 14px; color: @muted; min-height: 20px; max-height: 20px; }
QPushButton[kind="navigation"]:hover { color: @ink; background: @accent_soft; }
QPushButton[kind="navigation"]:checked { color: @ink; background: @card; border-color: @line; font-weight: 500; }
QPushButton[kind="navigation"]:focus { border: 2px! solid @accent; padding: 5px 8px; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox { background: @card; color: @ink;
    border: 1px! solid @line; border-radius: 8px; padding: 5px 10px; min-height: 20px; placeholder-text-color: @muted;
    selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit { lineedit-clear-button-icon: url(@glyphs/clear.svg); }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled {
    background: @background; color: @muted; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus {
    border: 2px! solid @accent; padding: 4px 9px; }
QPlainTextEdit[kind="exact"], QTextEdit[kind="exact"] { background: @background; padding: 10px 12px;
    font-size: 12.5px; }
QDialog#consent { background: @card; }
QLineEdit[kind="search"] { font-size: 18px; padding: 10px 14px; border-radius: 12px; }
QLineEdit[kind="search"]:focus { padding: 9px 13px; }
QLineEdit[kind="bare"], QPlainTextEdit[kind="bare"], QTextBrowser[kind="bare"], QTextEdit[kind="bare"] {
    border: none; background: transparent; padding: 0; min-height: 0; }
QSpinBox, QDoubleSpinBox { padding: 4px 24px 4px 10px; min-height: 19px; }
QSpinBox:focus, QDoubleSpinBox:focus { padding: 3px 23px 3px 9px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { border: none; padding: 0; min-height: 0;
    background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border; width: 22px; height: 14px;
    border: none; background: transparent; margin-right: 3px; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin-top: 2px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin-bottom: 2px; }
QAbstractSpinBox::up-arrow { image: url(@glyphs/up.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url(@glyphs/down.svg); width: 10px; height: 10px; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: none; }
QComboBox[kind="quiet"] { background: transparent; border: 1px! solid transparent; padding: 4px 6px; }
QComboBox[kind="quiet"]:hover { border-color: @line; background: @card; }
QComboBox[kind="quiet"]:focus { border: 2px! solid @accent; padding: 3px 5px; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton::menu-indicator { image: none; width: 0; }
QMainWindow QTableView, QMainWindow QTreeView, QMainWindow QListView { background: transparent; }
QComboBox QAbstractItemView { background: @card; border: 1px! solid @line; outline: none;
    selection-background-color: @accent_soft; selection-color: @ink; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: 22px; padding: 4px 6px; border-radius: 6px; color: @ink; }
QComboBox QAbstractItemView::item:selected, QComboBox QAbstractItemView::item:hover { background: @accent_soft; }
QCheckBox { spacing: 10px; background: transparent; padding: 2px; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px! solid @muted; border-radius: 4px; background: @card; }
QCheckBox::indicator:hover { border-color: @accent; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(@glyphs/@check.svg); }
QCheckBox::indicator:focus { border: 2px! solid @accent; width: 14px; height: 14px; }
QCheckBox::indicator:checked:focus { border-color: @ink; }
QCheckBox::indicator:disabled { border-color: @line; background: @background; }
QTableView, QTreeView, QListView { background: @card; border: none; gridline-color: @line;
    alternate-background-color: @background; selection-background-color: @accent_soft;
    selection-color: @ink; }
QTableView::item, QTreeView::item { border-bottom: 1px! solid @line; padding: 6px 8px; }
QListView::item { padding: 6px 8px; border-radius: 8px; }
QTableView::item:focus, QTreeView::item:focus, QListView::item:focus { border: 1px! solid @accent; }
QListView::item:selected { background: @accent_soft; color: @ink; }
QListView[kind="conversations"] QLineEdit { padding: 0 6px; min-height: 0; border-radius: 6px; font-size: 12.5px; }
QListView[kind="conversations"]::item { padding: 4px 6px; border: 1px! solid transparent; min-height: 18px; }
QListView[kind="conversations"]::item:hover { background: @accent_soft; }
QListView[kind="conversations"]::item:selected { background: @card; color: @ink; border-color: @line; }
QLineEdit[kind="small"] { padding: 3px 9px; font-size: 12.5px; }
QLineEdit[kind="small"]:focus { padding: 2px 8px; }
QHeaderView::section { background: transparent; color: @muted; border: none; border-bottom: 1px! solid @line;
    padding: 6px 11px; font-size: 12.5px; font-weight: 400; }
QProgressBar { background: @line; border: none; border-radius: 2px; max-height: 4px; min-height: 4px;
    text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { width: 6px!; border-right: 1px! solid @line; }
QSplitter::handle:horizontal:hover { border-right-color: @accent; }
QTableCornerButton::section { background: transparent; border: none; border-bottom: 1px! solid @line; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @handle; border-radius: 3px; min-height: 32px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: @muted; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: @handle; border-radius: 3px; min-width: 32px; margin: 2px; }
QScrollBar::handle:horizontal:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: @card; border: 1px! solid @line; border-radius: 8px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 6px; }
QMenu::indicator { width: 14px; height: 14px; right: 6px; subcontrol-origin: border;
    subcontrol-position: right center; }
QMenu::indicator:checked { image: url(@glyphs/tick.svg); }
QMenu::right-arrow { image: url(@glyphs/right.svg); width: 12px; height: 12px; margin-right: 4px; }
QMenu::item:selected { background: @accent_soft; color: @ink; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px!; background: @line; margin: 4px 8px; }
QToolTip { background: @card; color: @ink; border: 1px! solid @line; padding: 6px; }
QTabBar::tab { background: transparent; color: @muted; padding: 6px 1px; margin-right: 22px; border: none;
    border-bottom: 2px! solid transparent; }
QTabBar::tab:hover, QTabBar::tab:focus { color: @ink; }
QTabBar::tab:selected { color: @ink; border-bottom-color: @accent; }
QTabWidget::pane { border: none; }
"""

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)px(!?)")
_TOKEN = re.compile(r"@([a-z_]+)")


def stylesheet(tokens: Tokens, scale: float = 1.0) -> str:
    """The sheet for `tokens`, every length times `scale`."""
    words = {"glyphs": _GLYPHS.as_posix(), "check": "check-black" if _light(tokens.accent) else "check-white"}
    colored = _TOKEN.sub(lambda found: words.get(found[1]) or str(getattr(tokens, found[1])), _SHEET)
    return _LENGTH.sub(lambda found: _length(float(found[1]), 1.0 if found[2] else scale), colored)


def _length(value: float, scale: float) -> str:
    return f"{max(1, round(value * scale)) if value else 0}px"


def _light(color: str) -> bool:
    """Whether black stands out better on it than white."""
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return red * 0.299 + green * 0.587 + blue * 0.114 > 140
