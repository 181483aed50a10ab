"""What went wrong, in the window's words: one sentence of what happened and one of what to do, for every error's code.

The engine's own sentences are for the command line: they name commands. Facts of an error fill the braces; where one
is not known, and for codes of a newer engine, the engine's sentence stands.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from copilot.failures import Failure
from ui import setting_words, wording
from ui.engine_words import about_provider
from ui.file_words import why_no_text

Said = tuple[str, str]
translate = QCoreApplication.translate


def said(failure: Failure) -> Said:
    """Sentence and advice for a person."""
    if failure.code == "setting_invalid" and not setting_words.title(dict(failure.facts).get("name", "")):
        return _unreadable_settings()
    facts = _in_words(failure.code, dict(getattr(failure, "facts", ()) or ()))
    for group in GROUPS:
        found = group().get(failure.code)
        if found is not None:
            sentence, advice = found
            try:
                return sentence.format_map(facts), advice.format_map(facts)
            except KeyError:
                return failure.sentence, _without_braces(advice) or failure.advice
    return failure.sentence, failure.advice


def _unreadable_settings() -> Said:
    """The file as a whole, not one setting. The engine does not start without it: it says what may leave."""
    return (
        translate("Messages", "Your settings can't be read."),
        translate("Messages", "Until they can, nothing is read or answered. Mend them, or use the usual ones."),
    )


def _in_words(code: str, facts: dict[str, str]) -> dict[str, str]:
    """Facts that are the engine's own words or names, in the window's."""
    said_here = dict(facts)
    if "device" in facts:
        said_here["device"] = wording.device(facts["device"].split(".")[0])
    for name in ("needed", "free"):
        if facts.get(name, "").isdigit():
            said_here[name] = wording.size(int(facts[name]))
    if "provider" in facts:
        said_here["provider"] = wording.provider(facts["provider"])
    if code == "provider_invalid":
        said_here |= {
            "name": wording.provider(facts.get("name", "")),
            "detail": about_provider(facts.get("detail", "")),
        }
    if code == "setting_invalid" and (title := setting_words.title(facts.get("name", ""))):
        said_here["name"] = title
    if code == "extraction_failed":
        said_here["reason"] = why_no_text(facts.get("state", ""), facts.get("reason", ""))
    return said_here


def _without_braces(text: str) -> str:
    return "" if "{" in text else text


def _library() -> dict[str, Said]:
    return {
        "extraction_failed": ("{reason}", translate("Messages", "Open the file in its own program to see more.")),
        "workers_failed": (
            translate("Messages", "The processes that read files could not be started."),
            translate("Messages", "Close other programs and try again."),
        ),
        "folder_missing": (
            translate("Messages", "There is no file or folder at {path}."),
            translate("Messages", "Connect the drive it lives on, or choose another one."),
        ),
        "folder_unreadable": (
            translate("Messages", "Nearside may not read {path}."),
            translate("Messages", "Give your user account access to it, or choose another folder."),
        ),
        "folder_forbidden": (
            translate("Messages", "Your IT department keeps {path} out of the library. Nothing of it was read."),
            translate("Messages", "Choose another folder, or ask them."),
        ),
        "file_unknown": (
            translate("Messages", "This file is not in the library."),
            translate("Messages", "Add its folder on the Library page."),
        ),
        "page_unavailable": (
            translate("Messages", "This page can't be drawn."),
            translate("Messages", "Open the file in its own program."),
        ),
    }


def _store() -> dict[str, Said]:
    return {
        "library_missing": (
            translate("Messages", "Nothing has been read yet."),
            translate("Messages", "Add a folder on the Library page."),
        ),
        "store_damaged": (
            translate("Messages", "The library is damaged."),
            translate("Messages", "Check and repair it at the end of the Settings page. Your own files are safe."),
        ),
        "store_locked": (
            translate("Messages", "Another Nearside process is writing to this library."),
            translate("Messages", "Wait until it has finished. The window goes on by itself."),
        ),
        "store_key_wrong": (
            translate("Messages", "The library can't be opened with the key that is here."),
            translate("Messages", "Restore the key it was made with. Your own files are not affected."),
        ),
        "store_too_new": (
            translate("Messages", "This library was written by a newer Nearside."),
            translate("Messages", "Update Nearside on this computer."),
        ),
        "disk_full": (
            translate("Messages", "The disk is full. What was read before is kept."),
            translate("Messages", "Free some space. Reading goes on where it stopped."),
        ),
        "unexpected": (
            translate("Messages", "Something went wrong inside Nearside."),
            translate("Messages", "Try again."),
        ),
    }


def _asking() -> dict[str, Said]:
    return {
        "empty_query": (
            translate("Messages", "There is nothing to search for."),
            translate("Messages", "Type a few words, or a filter such as type:pdf."),
        ),
        "empty_question": (
            translate("Messages", "There is no question to answer."),
            translate("Messages", "Type a question about your files."),
        ),
        "query_syntax": (
            translate("Messages", "This search can't be read."),
            translate("Messages", "Check the filters and quotation marks in it."),
        ),
        "question_too_long": (
            translate("Messages", "The question is too long for the model on this device."),
            translate("Messages", "Shorten it, or put the long text into a file and ask about that."),
        ),
        "prompt_too_long": (
            translate("Messages", "Question and passages are too long for the model on this device."),
            translate("Messages", "Ask a shorter question or start a new conversation."),
        ),
        "action_unknown": (
            translate("Messages", "Nothing here can do this with a text."),
            translate("Messages", "Summarize, translate, rewrite or explain it."),
        ),
        "conversation_unknown": (
            translate("Messages", "This conversation is not here any more."),
            translate("Messages", "Start a new one."),
        ),
    }


def _settings() -> dict[str, Said]:
    return {
        "setting_invalid": (
            translate("Messages", "The setting “{name}” can't have this value."),
            translate("Messages", "Choose another one on the Settings page. Until then the default holds."),
        ),
        "policy_invalid": (
            translate("Messages", "A rule of your IT department can't be read: {source}."),
            translate("Messages", "Ask them to mend it. Until then Nearside does not start its engine."),
        ),
        "diagnostics_forbidden": (
            translate("Messages", "Your IT department allows no diagnostics report on this computer."),
            translate("Messages", "Ask them if you need one."),
        ),
    }


def _keys() -> dict[str, Said]:
    return {
        "keyring_missing": (
            translate("Messages", "No secure keyring is available on this computer."),
            translate("Messages", "Unlock or install one. The library's key is kept in it."),
        ),
        "key_file_exposed": (
            translate("Messages", "Other users can read the key file {path}."),
            translate("Messages", "Make it readable by you alone."),
        ),
        "key_file_damaged": (
            translate("Messages", "The file {path} does not hold a Nearside key."),
            translate("Messages", "Name the right file in NEARSIDE_KEY_FILE and start Nearside again."),
        ),
        "api_key_missing": (
            translate("Messages", "There is no key for {provider}."),
            translate("Messages", "Add it on the Privacy page."),
        ),
        "api_key_invalid": (
            translate("Messages", "This can't be a key for {provider}: a key is one word of plain characters."),
            translate("Messages", "Copy it once more from the provider's page."),
        ),
        "api_key_refused": (
            translate("Messages", "No secure keyring is available for a key. Nothing was stored."),
            translate("Messages", "Unlock or install one, then add the key again."),
        ),
    }


def _packs() -> dict[str, Said]:
    fetch_again = translate("Messages", "Fetch it again on the Models page. Only what is missing is fetched.")
    return {
        "recognizer_missing": (
            translate("Messages", "Text in pictures can't be read: the model pack {pack} is not on this computer."),
            translate("Messages", "Get it on the Models page."),
        ),
        "picture_unusable": (
            translate("Messages", "The text of this picture can't be recognized."),
            translate("Messages", "Choose a smaller part of it, or another picture."),
        ),
        "pack_missing": (
            translate("Messages", "The model pack {pack} is not on this computer."),
            translate("Messages", "Fetch it on the Models page."),
        ),
        "pack_unknown": (
            translate("Messages", "There is no model pack called {pack}."),
            translate("Messages", "Choose one on the Models page."),
        ),
        "pack_damaged": (translate("Messages", "The model pack {pack} is damaged."), fetch_again),
        "pack_invalid": (
            translate("Messages", "{pack} is not a usable model pack."),
            translate("Messages", "Ask whoever made it for a new copy."),
        ),
        "pack_in_use": (
            translate("Messages", "The model pack {pack} is in use."),
            translate("Messages", "Wait until the work in hand is done, then try again."),
        ),
        "fetch_failed": (
            translate("Messages", "The model pack {pack} could not be fetched."),
            translate("Messages", "Check the connection and try again. It goes on where it stopped."),
        ),
        "disk_short": (
            translate("Messages", "The model pack {pack} needs {needed} on the disk, and {free} are free."),
            translate("Messages", "Free some space, then fetch it again."),
        ),
        "fetch_forbidden": (
            translate("Messages", "Your IT department does not let the model pack {pack} be fetched."),
            translate("Messages", "Ask them for the pack as a file and add it on the Models page."),
        ),
        "import_impossible": (
            translate("Messages", "{pack} can't be turned into a model pack."),
            translate("Messages", "Choose another model."),
        ),
    }


def _engine() -> dict[str, Said]:
    return {
        "device_unavailable": (
            translate("Messages", "No device of this computer can do this."),
            translate("Messages", "Set the device back to automatic in Settings, or fetch a pack made for yours."),
        ),
        "model_failed": (
            translate("Messages", "The model {model} failed on this device: {device}."),
            translate("Messages", "Choose another device in Settings, or fetch the pack again on the Models page."),
        ),
        "model_too_large": (
            translate("Messages", "The model {model} needs {needed} of memory, and {free} are free."),
            translate("Messages", "Close other programs, or choose a smaller model on the Models page."),
        ),
        "engine_unreachable": (
            translate("Messages", "The engine stopped in the middle of its work."),
            translate("Messages", "It is being started again. Nothing that was saved is lost."),
        ),
        "window_missing": (
            translate("Messages", "The window can't be shown."),
            translate("Messages", "Everything works from the command line as well."),
        ),
        "engine_mismatch": (
            translate("Messages", "An engine of another version of Nearside is running."),
            translate("Messages", "Quit Nearside from the tray and start it again."),
        ),
    }


def _boundary() -> dict[str, Said]:
    return {
        "kept_here": (
            translate("Messages", "All questions are kept on this computer. Nothing was sent."),
            translate("Messages", "To be offered a provider, change it in Settings. What IT set stays."),
        ),
        "approval_missing": (
            translate("Messages", "This request was not approved. Nothing was sent."),
            translate("Messages", "Ask again and decide about the new offer."),
        ),
        "consent_mismatch": (
            translate("Messages", "What would be sent has changed since you saw it. Nothing was sent."),
            translate("Messages", "Look at the new offer and decide again."),
        ),
        "budget_spent": (
            translate("Messages", "This month's budget of {budget} {currency} is spent. Nothing was sent."),
            translate("Messages", "Wait for the next month, or raise the budget in Settings."),
        ),
        "label_forbids": (
            translate("Messages", "Some of the text has become local only since. Nothing was sent."),
            translate("Messages", "Ask again: the new offer leaves it out."),
        ),
        "sending_forbidden": (
            translate("Messages", "Sending this is not allowed here. Nothing was sent."),
            translate("Messages", "The Privacy page shows what is allowed, and by whom."),
        ),
        "unattended_forbidden": (
            translate("Messages", "Sending without a person who decides is not allowed. Nothing was sent."),
            translate("Messages", "Look at the offer and decide yourself."),
        ),
        "redaction_unknown": (
            translate("Messages", "Nothing that was replaced reads like this."),
            translate("Messages", "Choose one of the marked words in the offer."),
        ),
        "redaction_forced": (
            translate("Messages", "Your IT department has this kind of data replaced always."),
            translate("Messages", "Leave it replaced, or don't send."),
        ),
        "provider_unknown": (
            translate("Messages", "There is no provider with this name."),
            translate("Messages", "Add one on the Privacy page."),
        ),
        "provider_invalid": (
            translate("Messages", "The provider {name} can't be used: {detail}."),
            translate("Messages", "Change it on the Privacy page."),
        ),
    }


def _provider() -> dict[str, Said]:
    later = translate("Messages", "Try again in a few minutes.")
    return {
        "bad_api_key": (
            translate("Messages", "{provider} does not accept the key."),
            translate("Messages", "Replace it on the Privacy page."),
        ),
        "no_credit": (
            translate("Messages", "The account at {provider} has no credit left."),
            translate("Messages", "Top it up there, then ask again."),
        ),
        "rate_limited": (
            translate("Messages", "{provider} takes no more requests for the moment."),
            translate("Messages", "Wait a minute, then ask again."),
        ),
        "content_filtered": (
            translate("Messages", "{provider} refused to answer because of its content rules."),
            translate("Messages", "Word the question differently, or use another provider."),
        ),
        "overloaded": (translate("Messages", "{provider} is overloaded or down."), later),
        "request_refused": (
            translate("Messages", "{provider} does not understand the request."),
            translate("Messages", "Check its address and model on the Privacy page."),
        ),
        "reply_broken": (
            translate("Messages", "The reply of {provider} broke off or can't be read."),
            translate("Messages", "Ask again. What was sent is on the Privacy page."),
        ),
        "network_failed": (
            translate("Messages", "{provider} can't be reached."),
            translate("Messages", "Check the connection and the proxy, then ask again."),
        ),
        "tls_failed": (
            translate("Messages", "The connection to {provider} is not trustworthy. Nothing was sent."),
            translate("Messages", "If your company inspects traffic, its certificate must be known to this system."),
        ),
    }


GROUPS: tuple[Callable[[], dict[str, Said]], ...] = (
    _library,
    _store,
    _asking,
    _settings,
    _keys,
    _packs,
    _engine,
    _boundary,
    _provider,
)
