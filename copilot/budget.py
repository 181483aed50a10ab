"""What a month's answers may still cost: the person's budget against the ledger. Looked at when an offer is made and,
once more, by the gateway: whoever took the engine over could leave the first look out.
"""

from __future__ import annotations

from datetime import datetime

from copilot.far_errors import BudgetSpent
from copilot.prices import price_of
from copilot.privacy.ledger import Ledger
from copilot.settings.schema import Settings


def left(settings: Settings, ledger: Ledger, host: str, model: str) -> tuple[float | None, bool]:
    """What is left of this month's budget, None without one or where no price is known, and whether to warn.

    Raises BudgetSpent.
    """
    budget, price = settings.monthly_budget, price_of(host, model)
    if not budget or price is None:
        return None, False
    remains = budget - ledger.spent(_month_start(), price.currency)
    if remains <= 0:
        raise BudgetSpent(budget, price.currency)
    return remains, remains <= budget * (1 - settings.budget_warning)


def _month_start() -> float:
    now = datetime.now().astimezone()
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()
