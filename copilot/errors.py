"""Everything that can go wrong around models, devices, keys, answers and processes, as types.

What can go wrong on the way out (consents, cloud providers, their keys) is far_errors.py.

The root and the habits are the indexer's (indexer/errors.py): facts as attributes, one sentence, one advice.
"""

from __future__ import annotations

from indexer.errors import NearsideError


class CopilotError(NearsideError):
    """Root of what the copilot raises."""


class EmptyQuestion(CopilotError):
    code = "empty_question"
    exit_code = 2

    def __init__(self) -> None:
        super().__init__("There is no question to answer.", "Type a question about your files.")


class LibraryMissing(CopilotError):
    code = "library_missing"
    exit_code = 4

    def __init__(self) -> None:
        super().__init__("Nothing has been indexed yet.", "Take a folder in with: nearside index add FOLDER")


class FileUnknown(CopilotError):
    code = "file_unknown"
    exit_code = 2

    def __init__(self, path: str) -> None:
        super().__init__(f"The library has no file {path}.", "Take its folder in, or bring the library up to date.")
        self.path = path


class ConversationUnknown(CopilotError):
    code = "conversation_unknown"
    exit_code = 2

    def __init__(self, conversation_id: str) -> None:
        super().__init__("There is no such conversation.", "Choose one of the list, or begin a new one.")
        self.conversation_id = conversation_id


class ActionUnknown(CopilotError):
    code = "action_unknown"
    exit_code = 2

    def __init__(self, action: str, known: tuple[str, ...]) -> None:
        super().__init__(f"Nothing here can {action!r} a text.", f"Choose one of: {', '.join(known)}.")
        self.action = action
        self.known = known


class QuestionTooLong(CopilotError):
    code = "question_too_long"
    exit_code = 2

    def __init__(self, tokens: int, limit: int) -> None:
        super().__init__(
            f"The question is {tokens} tokens long; this model takes {limit} on this device, passages included.",
            "Shorten the question, or put the long text into a file and ask about that.",
        )
        self.tokens = tokens
        self.limit = limit


class SettingInvalid(CopilotError):
    code = "setting_invalid"
    exit_code = 2

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"The setting {name} can't be {value!r}.", f"It takes {expected}.")
        self.name = name
        self.value = value
        self.expected = expected


class PolicyInvalid(CopilotError):
    """A machine policy that can't be read or meant: `source` is its file or registry key."""

    code = "policy_invalid"
    exit_code = 2

    def __init__(self, source: str, detail: str) -> None:
        super().__init__(f"The policy {source} can't be used. {detail}", "Ask your IT department to mend it.")
        self.source = source
        self.detail = detail


class FolderForbidden(CopilotError):
    """A folder that IT keeps out of the library."""

    code = "folder_forbidden"
    exit_code = 11

    def __init__(self, path: str) -> None:
        super().__init__(
            f"Your IT department keeps {path} out of the library; nothing of it was read.",
            "See folders_allowed and folders_denied in: nearside policy show",
        )
        self.path = path


class DiagnosticsForbidden(CopilotError):
    code = "diagnostics_forbidden"
    exit_code = 11

    def __init__(self) -> None:
        super().__init__(
            "Your IT department allows no diagnostics report on this computer.",
            "Ask your IT department; see diagnostics_allowed in: nearside policy show",
        )


class KeyProblem(CopilotError):
    exit_code = 5


class KeyringMissing(KeyProblem):
    code = "keyring_missing"

    def __init__(self, reasons: tuple[str, ...]) -> None:
        why = "; ".join(reasons) or "none is installed"
        super().__init__(
            f"No secure keyring is available on this computer ({why}).",
            "Unlock or install one, or set NEARSIDE_KEY_FILE to a file that only you can read "
            "(it is made with a fresh key when it does not exist).",
        )
        self.reasons = reasons


class KeyFileExposed(KeyProblem):
    code = "key_file_exposed"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"The key file {path} can be read by other users.", f"Make it yours alone, for example: chmod 600 {path}"
        )
        self.path = path


class KeyFileDamaged(KeyProblem):
    code = "key_file_damaged"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"The file {path} does not hold a Nearside key.",
            "Point NEARSIDE_KEY_FILE at the right file, or at one that does not exist yet to make a new key.",
        )
        self.path = path


class PackProblem(CopilotError):
    """Root of what can be wrong with a model pack. `pack` is its name."""

    exit_code = 6

    def __init__(self, pack: str, sentence: str, advice: str) -> None:
        super().__init__(sentence, advice)
        self.pack = pack


class PackMissing(PackProblem):
    code = "pack_missing"

    def __init__(self, pack: str) -> None:
        super().__init__(pack, f"The model pack {pack} is not on this computer.", f"Run: nearside models fetch {pack}")


class RecognizerMissing(PackMissing):
    code = "recognizer_missing"

    def __init__(self, pack: str) -> None:
        PackProblem.__init__(
            self,
            pack,
            f"Text in pictures can't be read: the model pack {pack} is not on this computer.",
            f"Run: nearside models fetch {pack}",
        )


class PictureUnusable(CopilotError):
    """A picture that no text can be looked for in; `detail` is why, as the end of a sentence."""

    code = "picture_unusable"
    exit_code = 2

    def __init__(self, detail: str) -> None:
        super().__init__(f"The picture can't be read: {detail}.", "Choose a smaller part of it, or another picture.")
        self.detail = detail


class PackUnknown(PackProblem):
    code = "pack_unknown"

    def __init__(self, pack: str, known: tuple[str, ...]) -> None:
        super().__init__(pack, f"There is no model pack called {pack}.", f"Known packs: {', '.join(known)}.")
        self.known = known


class PackDamaged(PackProblem):
    code = "pack_damaged"

    def __init__(self, pack: str, file: str, detail: str) -> None:
        super().__init__(
            pack,
            f"The model pack {pack} is damaged: {file} {detail}.",
            f"Run: nearside models fetch {pack}. Only what is missing or wrong is fetched again.",
        )
        self.file = file
        self.detail = detail


class PackInvalid(PackProblem):
    code = "pack_invalid"

    def __init__(self, pack: str, detail: str) -> None:
        super().__init__(pack, f"{pack} is not a usable model pack: {detail}.", "Ask whoever made it for a new copy.")
        self.detail = detail


class FetchFailed(PackProblem):
    code = "fetch_failed"

    def __init__(self, pack: str, detail: str) -> None:
        super().__init__(
            pack,
            f"The model pack {pack} could not be fetched: {detail}.",
            "Check the connection and run the same command again, it goes on where it stopped; "
            "or add a pack from a file with: nearside models add PATH",
        )
        self.detail = detail


class DiskShort(PackProblem):
    """`needed` and `free` in bytes, on the disk that packs are kept on."""

    code = "disk_short"

    def __init__(self, pack: str, needed: int, free: int) -> None:
        super().__init__(
            pack,
            f"The model pack {pack} needs {needed / 1e9:.1f} GB on the disk, and {free / 1e9:.1f} GB are free.",
            f"Free some space, then run: nearside models fetch {pack}",
        )
        self.needed = needed
        self.free = free


class FetchForbidden(PackProblem):
    """`allowed` are the sources that IT leaves open."""

    code = "fetch_forbidden"
    exit_code = 11

    def __init__(self, pack: str, allowed: tuple[str, ...]) -> None:
        may = f" Allowed: {', '.join(allowed)}." if allowed else ""
        super().__init__(
            pack,
            f"Your IT department does not let the model pack {pack} be fetched from the package registry.{may}",
            "Ask them for the pack as a file and take it in with: nearside models add PATH",
        )
        self.allowed = allowed


class ImportImpossible(PackProblem):
    code = "import_impossible"

    def __init__(self, pack: str, detail: str, advice: str) -> None:
        super().__init__(pack, f"{pack} can't be turned into a model pack: {detail}.", advice)
        self.detail = detail


class ModelError(CopilotError):
    """A model failed while loading or running. `device` is where."""

    code = "model_failed"
    exit_code = 7

    def __init__(self, model: str, device: str, detail: str) -> None:
        super().__init__(
            f"The model {model} failed on {device}: {detail}.",
            "Run: nearside doctor. It tells which devices work; a device can be forced in the settings.",
        )
        self.model = model
        self.device = device
        self.detail = detail


class ModelTooLarge(CopilotError):
    """Bytes."""

    code = "model_too_large"
    exit_code = 7

    def __init__(self, model: str, needed: int, free: int) -> None:
        super().__init__(
            f"The model {model} needs {needed / 1e9:.1f} GB of memory and {free / 1e9:.1f} GB are free.",
            "Close other programs, or choose a smaller model with: nearside models list",
        )
        self.model = model
        self.needed = needed
        self.free = free


class PromptTooLong(CopilotError):
    code = "prompt_too_long"
    exit_code = 7

    def __init__(self, tokens: int, limit: int) -> None:
        super().__init__(
            f"The prompt has {tokens} tokens and the model takes {limit} on this device.",
            "Ask a shorter question or start a new conversation.",
        )
        self.tokens = tokens
        self.limit = limit


class DeviceUnavailable(CopilotError):
    """`refusals` are (device, reason) pairs, one for every device that was tried."""

    code = "device_unavailable"
    exit_code = 7

    def __init__(self, role: str, refusals: tuple[tuple[str, str], ...]) -> None:
        why = "; ".join(f"{device}: {reason}" for device, reason in refusals) or "no device was found"
        super().__init__(
            f"No device on this computer can run the {role} ({why}).",
            "Set the device back to automatic, or fetch a pack made for your device.",
        )
        self.role = role
        self.refusals = refusals


class EngineUnreachable(CopilotError):
    code = "engine_unreachable"
    exit_code = 8

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"The Nearside engine does not answer: {detail}.", "Run: nearside engine stop, then: nearside engine start"
        )
        self.detail = detail


class EngineMismatch(CopilotError):
    code = "engine_mismatch"
    exit_code = 8

    def __init__(self, theirs: int, ours: int) -> None:
        super().__init__(
            f"The running engine speaks protocol {theirs}, this program {ours}.",
            "Stop it with: nearside engine stop. The next command starts the right one.",
        )
        self.theirs = theirs
        self.ours = ours


class WindowMissing(CopilotError):
    """The desktop window can't be shown here; `detail` is why, as the end of a sentence."""

    code = "window_missing"
    exit_code = 2

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"The window can't be shown: {detail}.",
            "Everything works from the command line as well; see: nearside --help",
        )
        self.detail = detail
