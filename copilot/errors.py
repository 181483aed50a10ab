"""Everything that can go wrong around models, devices, keys, answers and processes, as types.

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


class ConsentMismatch(CopilotError):
    """Nothing is sent: the consent is for something else, or was a no."""

    code = "consent_mismatch"
    exit_code = 11

    def __init__(self, request_id: str) -> None:
        super().__init__(
            f"The consent does not fit the request {request_id}; nothing was sent.",
            "Ask again and look at what would leave.",
        )
        self.request_id = request_id


class ApprovalMissing(CopilotError):
    """The gateway sends nothing: `request_id` was never offered, never approved, or was sent before."""

    code = "approval_missing"
    exit_code = 11

    def __init__(self, request_id: str, detail: str) -> None:
        super().__init__(
            f"There is no approval {request_id} to send: {detail}.",
            "Ask with --offer again, and decide on what it shows.",
        )
        self.request_id = request_id
        self.detail = detail


class ProviderError(CopilotError):
    """The far side, or the way to it, failed. `provider` is the name it has here; `status` the HTTP status or 0."""

    exit_code = 12

    def __init__(self, provider: str, sentence: str, advice: str, status: int = 0) -> None:
        super().__init__(sentence, advice)
        self.provider = provider
        self.status = status


class BadApiKey(ProviderError):
    code = "bad_api_key"

    def __init__(self, provider: str, status: int = 401) -> None:
        super().__init__(
            provider,
            f"{provider} does not accept the API key.",
            f"Set a valid one with: nearside keys set {provider}",
            status,
        )


class NoCredit(ProviderError):
    code = "no_credit"

    def __init__(self, provider: str, status: int = 402) -> None:
        super().__init__(
            provider,
            f"The account at {provider} has no credit left.",
            "Top it up at the provider, then ask again.",
            status,
        )


class RateLimited(ProviderError):
    """`retry_after` in seconds, None when the provider does not say."""

    code = "rate_limited"

    def __init__(self, provider: str, retry_after: float | None = None, status: int = 429) -> None:
        wait = f"Wait {retry_after:.0f} seconds" if retry_after else "Wait a minute"
        super().__init__(
            provider, f"{provider} takes no more requests for the moment.", f"{wait}, then ask again.", status
        )
        self.retry_after = retry_after


class ContentFiltered(ProviderError):
    code = "content_filtered"

    def __init__(self, provider: str, status: int = 0) -> None:
        super().__init__(
            provider,
            f"{provider} refused to answer because of its content rules.",
            "Word the question differently, or use another provider.",
            status,
        )


class Overloaded(ProviderError):
    code = "overloaded"

    def __init__(self, provider: str, status: int = 503) -> None:
        super().__init__(provider, f"{provider} is overloaded or down.", "Try again in a few minutes.", status)


class RequestRefused(ProviderError):
    code = "request_refused"

    def __init__(self, provider: str, status: int) -> None:
        super().__init__(
            provider,
            f"{provider} does not understand the request (HTTP {status}).",
            "Check its address and model name with: nearside providers list",
            status,
        )


class ReplyBroken(ProviderError):
    code = "reply_broken"

    def __init__(self, provider: str) -> None:
        super().__init__(
            provider,
            f"The reply of {provider} broke off or can't be read.",
            "Ask again; what was sent is in the ledger.",
        )


class NetworkFailed(ProviderError):
    code = "network_failed"

    def __init__(self, provider: str, detail: str) -> None:
        super().__init__(
            provider, f"{provider} can't be reached: {detail}.", "Check the connection and the proxy, then ask again."
        )
        self.detail = detail


class TlsFailed(ProviderError):
    code = "tls_failed"

    def __init__(self, provider: str) -> None:
        super().__init__(
            provider,
            f"The connection to {provider} is not trustworthy: its certificate can't be verified.",
            "If your company inspects traffic, its certificate must be in the system's store. Nothing was sent.",
        )


class ProviderUnknown(CopilotError):
    code = "provider_unknown"
    exit_code = 2

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        sentence = f"There is no provider called {name}." if name else "No cloud provider is set up."
        has = f"Known: {', '.join(known)}. " if known else ""
        super().__init__(
            sentence, f"{has}Add one with: nearside providers add NAME --kind KIND --url URL --model MODEL"
        )
        self.name = name
        self.known = known


class ProviderInvalid(CopilotError):
    """Nothing is sent to it. `detail` says what is wrong with it or what policy forbids."""

    code = "provider_invalid"
    exit_code = 2

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(
            f"The provider {name} can't be used: {detail}.", "See nearside providers list and nearside policy show."
        )
        self.name = name
        self.detail = detail


class ApiKeyMissing(KeyProblem):
    code = "api_key_missing"

    def __init__(self, provider: str) -> None:
        super().__init__(f"There is no API key for {provider}.", f"Set it with: nearside keys set {provider}")
        self.provider = provider


class ApiKeyRefused(KeyProblem):
    """An API key goes into a secure keyring or nowhere. `reasons` say why there is none."""

    code = "api_key_refused"

    def __init__(self, reasons: tuple[str, ...]) -> None:
        why = "; ".join(reasons) or "none is installed"
        super().__init__(
            f"No secure keyring is available for an API key ({why}); nothing was stored.",
            "Unlock or install one: GNOME Keyring, KWallet, macOS Keychain or Windows Credential Manager.",
        )
        self.reasons = reasons
