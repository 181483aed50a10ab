"""Everything that can go wrong on the way out of this computer, as types: consents, cloud providers, their API keys.

The rest is errors.py; the habits are the same.
"""

from __future__ import annotations

from copilot.errors import CopilotError, KeyProblem


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


class RedactionForced(CopilotError):
    """Data of this `kind` is always replaced on this computer."""

    code = "redaction_forced"
    exit_code = 11

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"Your IT department has data of the kind {kind} replaced always.",
            "Leave it replaced, or answer no to the offer.",
        )
        self.kind = kind


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


class RedactionUnknown(CopilotError):
    """`word` is what the person typed; nothing that is replaced, and may be kept, reads so."""

    code = "redaction_unknown"
    exit_code = 2

    def __init__(self, word: str) -> None:
        super().__init__(
            f"Nothing that was replaced and may be kept reads {word!r}; no offer was made.",
            "Look at what the offer replaces, and name it as it stands there.",
        )
        self.word = word


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


class ApiKeyInvalid(KeyProblem):
    """What was given, or what lies in the keyring, can't be a key. The text itself is not kept here."""

    code = "api_key_invalid"

    def __init__(self, provider: str) -> None:
        super().__init__(
            f"What is given as the API key for {provider} can't be one: a key is one word of plain characters.",
            f"Copy it once more from the provider's page and set it with: nearside keys set {provider}",
        )
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


class SendingForbidden(CopilotError):
    code = "sending_forbidden"
    exit_code = 11

    def __init__(self, wanted: str, allowed: tuple[str, ...]) -> None:
        may = f"Allowed: {', '.join(allowed)}." if allowed else "Nothing may be sent from here."
        super().__init__(f"Sending {wanted} is not allowed; nothing was sent.", may)
        self.wanted = wanted
        self.allowed = allowed


class KeptHere(CopilotError):
    """The person, or IT, chose the mode in which nothing is offered."""

    code = "kept_here"
    exit_code = 11

    def __init__(self) -> None:
        super().__init__(
            "All questions are kept on this computer (cloud_mode is local); nothing was sent.",
            "To be offered the cloud: nearside settings set cloud_mode offer. What IT set stays.",
        )


class LabelForbids(CopilotError):
    """`files` counts those whose text is in the offer and that have become local only since."""

    code = "label_forbids"
    exit_code = 11

    def __init__(self, files: int) -> None:
        super().__init__(
            f"The offer holds text of {files} files that have become local only since; nothing was sent.",
            "Ask again: the new offer leaves them out.",
        )
        self.files = files


class UnattendedForbidden(CopilotError):
    code = "unattended_forbidden"
    exit_code = 11

    def __init__(self) -> None:
        super().__init__(
            "Sending without a person who decides is not allowed; nothing was sent.",
            "Leave out --yes and look at the offer, or have your IT department set the policy `unattended`.",
        )


class BudgetSpent(CopilotError):
    """`budget` for a month, in `currency`."""

    code = "budget_spent"
    exit_code = 11

    def __init__(self, budget: float, currency: str) -> None:
        super().__init__(
            f"This month's budget of {budget:g} {currency} is spent; nothing was sent.",
            "Wait for the next month, or raise it with: nearside settings set monthly_budget AMOUNT",
        )
        self.budget = budget
        self.currency = currency
