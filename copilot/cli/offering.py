"""`nearside consent …` and what `ask --offer` shows: the exact bytes, and the decision. Nothing is pre-ticked."""

from __future__ import annotations

import click

from copilot.calls import Decide, Offer, Performer, Revise
from copilot.cli.answers import answer_fields, show_answer
from copilot.cli.screen import err, json_option, out, performer, plain, print_json, reporting, show_error
from copilot.conversation import Answer
from copilot.far_errors import RedactionForced, RedactionUnknown, UnattendedForbidden
from copilot.paths import find_paths
from copilot.privacy.consent import ConsentRequest, Decision
from copilot.settings.policy import resolve
from indexer.errors import NearsideError

OFFERED_EXIT = 10

CHOICES = {"s": Decision.ONCE, "c": Decision.CONVERSATION, "n": Decision.NO, "never": Decision.NEVER_FOLDER}
REPLACE, KEEP = "r", "k"


def offer(wanted: Offer, *, unattended: bool, as_json: bool) -> None:
    """Show what would leave; ask, if a person is there; print the offer and end with 10, if a script is."""
    if unattended and not resolve(find_paths().settings).settings.unattended:
        raise UnattendedForbidden
    with performer(sends=True) as copilot:
        with reporting(as_json=as_json) as reporter:
            request = copilot.perform(wanted, reporter)
        if unattended or request.standing:
            decision = Decision.CONVERSATION if request.standing else Decision.ONCE
        elif as_json:
            print_json({"offer": offer_fields(request)})
            raise SystemExit(OFFERED_EXIT)
        else:
            request, decision = _decided(copilot, request)
        _decide(copilot, request.id, request.digest, decision, as_json=as_json)


def _decided(copilot: Performer, request: ConsentRequest) -> tuple[ConsentRequest, Decision]:
    """Show the offer and ask; once more for every word that is replaced besides or kept."""
    while True:
        show_offer(request)
        said = click.prompt(
            "Send once (s), for this conversation (c), don't send (n), never from these folders (never), "
            "replace more (r), keep something (k)",
            type=click.Choice([*CHOICES, REPLACE, KEEP]),
            show_choices=False,
        )
        if said in CHOICES:
            return request, CHOICES[said]
        word = (click.prompt("Replace" if said == REPLACE else "Keep"),)
        call = Revise(request.id, add=word) if said == REPLACE else Revise(request.id, lift=word)
        try:
            with reporting(as_json=False) as reporter:
                request = copilot.perform(call, reporter)
        except NearsideError as error:
            if error.code not in (RedactionUnknown.code, RedactionForced.code):
                raise
            show_error(error, as_json=False)


@click.command()
@click.argument("offer_id")
@click.option("--once", "decision", flag_value=Decision.ONCE.value, help="Send this, once.")
@click.option("--conversation", "decision", flag_value=Decision.CONVERSATION.value, help="Send, and go on so.")
@click.option("--no", "decision", flag_value=Decision.NO.value, help="Don't send.")
@click.option("--never", "decision", flag_value=Decision.NEVER_FOLDER.value, help="Don't, and keep these folders here.")
@click.option("--digest", default="", help="The digest that was shown; another body is then refused.")
@json_option
def consent(offer_id: str, decision: str | None, digest: str, as_json: bool) -> None:
    """Decide about an offer that `ask --offer --json` printed."""
    if decision is None:
        raise click.UsageError("Say --once, --conversation, --no or --never.")
    with performer(sends=True) as copilot:
        _decide(copilot, offer_id, digest or _shown_digest(offer_id), Decision(decision), as_json=as_json)


def _decide(copilot: Performer, offer_id: str, digest: str, decision: Decision, *, as_json: bool) -> None:
    with reporting(as_json=as_json) as reporter:
        answer = copilot.perform(Decide(offer_id, digest, decision.value), reporter)
    if as_json:
        print_json(sent_fields(answer))
    elif answer.found:
        show_answer(answer)
    else:
        out.print(answer.reason, markup=False)


def _shown_digest(offer_id: str) -> str:
    from copilot.cli.book import open_ledger

    with open_ledger() as book:
        return book.request(offer_id).digest


def show_offer(request: ConsentRequest) -> None:
    """Everything that a decision needs, the exact body last."""
    err.print(plain(request.reason, style="bold"))
    out.print(plain(f"To {request.provider}: {request.host}, model {request.model}. {request.byte_count:,} bytes."))
    if request.cost is not None:
        left = "" if request.cost.budget_left is None else f", {request.cost.budget_left:.2f} left this month"
        out.print(plain(f"At most about {request.cost.amount:.4f} {request.cost.currency}{left}."))
        if request.cost.warns:
            err.print(plain("Most of this month's budget is spent.", style="bold"))
    for path in request.files:
        out.print(plain(f"  text from {path}"))
    for swap in request.swaps:
        always = "" if swap.liftable else " (always)"
        out.print(plain(f"  replaced: {swap.original} by {swap.placeholder}{always}"))
    for withheld in request.withheld:
        out.print(plain(f"  held back: {withheld.count} passages of {withheld.folder}"))
    out.print(plain("Exactly this would leave:", style="bold"))
    out.print(plain(request.body.decode("utf-8")))


def offer_fields(request: ConsentRequest) -> dict[str, object]:
    """The JSON of an offer: documented in docs/cli.md, and only grows."""
    cost = request.cost
    return {
        "id": request.id,
        "provider": request.provider,
        "host": request.host,
        "model": request.model,
        "send": request.send.value,
        "body": request.body.decode("utf-8"),
        "digest": request.digest,
        "byte_count": request.byte_count,
        "cost": None
        if cost is None
        else {
            "amount": cost.amount,
            "currency": cost.currency,
            "budget_left": cost.budget_left,
            "budget_warning": cost.warns,
        },
        "files": request.files,
        "findings": [{"kind": finding.kind, "count": finding.count} for finding in request.findings],
        "replaced": [
            {"kind": swap.kind, "text": swap.original, "by": swap.placeholder, "can_be_kept": swap.liftable}
            for swap in request.swaps
        ],
        "withheld": [{"folder": withheld.folder, "count": withheld.count} for withheld in request.withheld],
        "reason": request.reason,
    }


def sent_fields(answer: Answer) -> dict[str, object]:
    """As `ask --json`, with who answered and the ledger entry's number."""
    origin = {"provider": answer.origin.provider, "model": answer.origin.model, "host": answer.origin.host}
    return answer_fields(answer) | {"origin": origin, "ledger_entry": answer.ledger_entry}
