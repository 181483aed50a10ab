"""Labels as they are kept: `labels.toml` beside the settings, and what policy adds. What they mean is
privacy/boundary.py.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import tomli_w

from copilot.errors import SettingInvalid
from copilot.paths import write_whole
from copilot.privacy.boundary import STRICTNESS, LabelRule, Labels
from copilot.settings.schema import Settings


def read_labels(path: Path, settings: Settings) -> Labels:
    """The person's labels and the forced ones. Raises SettingInvalid for a label or file that means nothing."""
    return Labels(_kept(path), tuple(_forced(text) for text in settings.forced_labels))


def write_labels(path: Path, labels: Labels) -> None:
    rules = [{"pattern": rule.pattern, "label": rule.label} for rule in labels.rules]
    write_whole(path, tomli_w.dumps({"label": rules}))


def _kept(path: Path) -> tuple[LabelRule, ...]:
    if not path.exists():
        return ()
    try:
        rules = tuple(LabelRule(**entry) for entry in tomllib.loads(path.read_text("utf-8"))["label"])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError):
        raise SettingInvalid(str(path), "this text", "what Nearside wrote; set the labels again") from None
    return tuple(_checked(rule) for rule in rules)


def _forced(text: str) -> LabelRule:
    pattern, _, label = text.rpartition("=")
    return _checked(LabelRule(pattern, label))


def _checked(rule: LabelRule) -> LabelRule:
    if not rule.pattern or rule.label not in STRICTNESS:
        raise SettingInvalid("label", f"{rule.pattern}={rule.label}", "PATTERN=local, PATTERN=ask or PATTERN=redacted")
    return rule
