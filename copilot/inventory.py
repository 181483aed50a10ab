"""The call that tells which devices and model packs are here, what could be fetched, and what does which job and why.

Looks and tells; loads nothing. The choice itself is placement.py's and the lineup's.
"""

from __future__ import annotations

from copilot.calls import GetModels
from copilot.devices import probes
from copilot.errors import DeviceUnavailable, PackProblem
from copilot.failures import failure_of
from copilot.lineup import ROLES, Lineup
from copilot.models.catalogue import Recipe, recipes
from copilot.models.pack import Pack, verify
from copilot.placement import place
from copilot.reports import DeviceRow, ModelsReport, PackRow, Refusal, RoleRow
from indexer.errors import NearsideError
from indexer.reporter import Reporter

HERE, FETCHABLE, DAMAGED = "here", "fetchable", "damaged"


class Inventory:
    """Of one computer, with the settings that the lineup follows."""

    def __init__(self, lineup: Lineup) -> None:
        self._lineup = lineup

    def models(self, call: GetModels, reporter: Reporter) -> ModelsReport:
        devices = tuple(DeviceRow(p.device, p.name, p.available, p.reason, p.memory_bytes) for p in probes())
        return ModelsReport(devices, tuple(map(self._role, ROLES)), self._packs())

    def _role(self, role: str) -> RoleRow:
        """Where the model runs if it is loaded, else where it would."""
        model = self._lineup.in_memory(role)
        _, forced = self._lineup.chosen(role)
        pack: Pack | None = None
        try:
            pack = self._lineup.pack(role)
            if pack is None:
                return RoleRow(role, "", "", "", "", (), False, "No pack for it is on this computer.")
            placement = place(role, pack, forced)
        except DeviceUnavailable as error:
            refusals = tuple(Refusal(*refusal) for refusal in error.refusals)
            return RoleRow(role, pack.id if pack else "", pack.name if pack else "", "", "", refusals, False, "")
        except NearsideError as error:
            name, device = (pack.name, model.device) if pack and model is not None else ("", "")
            pack_id, loaded = pack.id if pack else "", model is not None
            return RoleRow(role, pack_id, name, device, "", (), loaded, error.sentence, failure_of(error))
        refusals = tuple(Refusal(*refusal) for refusal in placement.refusals)
        device = placement.device if model is None else model.device
        return RoleRow(role, pack.id, pack.name, device, placement.name, refusals, model is not None)

    def _packs(self) -> tuple[PackRow, ...]:
        """What is on the shelf first, then what the catalogue has besides."""
        shelf = self._lineup.shelf
        here = {pack.id: _on_shelf(pack) for pack in shelf.packs()}
        for problem in shelf.broken():
            here.setdefault(problem.pack, _broken(problem))
        more = (_fetchable(known) for known in recipes() if known.id not in here)
        return (*here.values(), *more)


def _on_shelf(pack: Pack) -> PackRow:
    state, reason, failure = HERE, "", None
    try:
        verify(pack, deep=False)
    except PackProblem as problem:
        state, reason, failure = DAMAGED, problem.sentence, failure_of(problem)
    return PackRow(
        id=pack.id,
        name=pack.name,
        role=pack.role,
        version=pack.version,
        licence=pack.licence,
        size=pack.size,
        quantization=pack.quantization,
        devices=pack.devices,
        state=state,
        default=any(known.default and known.id == pack.id for known in recipes()),
        reason=reason,
        failure=failure,
    )


def _broken(problem: PackProblem) -> PackRow:
    says = problem.sentence
    return PackRow(problem.pack, problem.pack, "", "", "", 0, "", (), DAMAGED, reason=says, failure=failure_of(problem))


def _fetchable(known: Recipe) -> PackRow:
    return PackRow(
        id=known.id,
        name=known.name,
        role=known.role,
        version=known.version,
        licence=known.licence,
        size=known.fetched_bytes,
        quantization="",
        devices=known.devices,
        state=FETCHABLE,
        default=known.default,
    )
