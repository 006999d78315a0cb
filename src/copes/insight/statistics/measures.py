"""Units and exact quantities: everything is added up in a base unit, as whole units and billionths. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

BILLION = 1_000_000_000
BASES: dict[str, tuple[str, Decimal]] = {
    "mg": ("g", Decimal("0.001")),
    "g": ("g", Decimal(1)),
    "kg": ("g", Decimal(1000)),
    "t": ("g", Decimal(1_000_000)),
    "ml": ("l", Decimal("0.001")),
    "l": ("l", Decimal(1)),
    "m3": ("l", Decimal(1000)),
}
SCALES: dict[str, tuple[tuple[str, Decimal], ...]] = {
    "g": (("t", Decimal(1_000_000)), ("kg", Decimal(1000)), ("g", Decimal(1)), ("mg", Decimal("0.001"))),
    "l": (("m³", Decimal(1000)), ("l", Decimal(1)), ("ml", Decimal("0.001"))),
}
MOST = Decimal(10) ** 15
"""What one exhibit may add, in base units. A billion tonnes is a slip of the pen: counted, never added up."""


def based(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    """An amount in its base unit: grams, litres, or the unit itself. Exact."""
    base, factor = BASES.get(unit, (unit, Decimal(1)))
    return base, amount * factor


def measured(body: Mapping[str, Any]) -> list[tuple[str, Decimal]]:
    """What an exhibit's description adds, by base unit; net weight where it is stated. Cash adds by currency."""
    found: dict[str, Decimal] = {}
    quantity, unit = _decimal(body.get("quantity")), body.get("unit")
    if quantity is not None and unit:
        base, amount = based(quantity, str(unit))
        found[base] = amount
    net = _decimal(body.get("net_g"))
    if net is not None:
        found["g"] = net
    cash = body.get("cash") or {}
    total = _decimal(cash.get("total"))
    if total is not None and cash.get("currency"):
        found[str(cash["currency"])] = total
    return [(base, amount) for base, amount in sorted(found.items()) if abs(amount) <= MOST]


def _decimal(text: Any) -> Decimal | None:
    return None if text in (None, "") else Decimal(str(text))


def split(amount: Decimal) -> tuple[int, int]:
    """Whole units and billionths."""
    billionths = int(amount.scaleb(9))
    whole, rest = divmod(billionths, BILLION)
    return whole, rest


def joined(whole: int | None, nano: int | None) -> Decimal:
    """The exact amount again, without needless zeros."""
    amount = Decimal(int(whole or 0)) + Decimal(int(nano or 0)).scaleb(-9)
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()


def is_currency(unit: str) -> bool:
    """Whether a unit of the sums is a currency (ISO 4217)."""
    return len(unit) == 3 and unit.isupper()


def scaled(amount: Decimal, unit: str) -> tuple[Decimal, str, bool]:
    """An amount as people say it: four digits that count, in the fitting unit; and whether that is the exact amount."""
    steps = SCALES.get(unit, ((unit, Decimal(1)),))
    name, factor = next((step for step in steps if abs(amount) >= step[1]), steps[-1])
    value = amount / factor
    if is_currency(unit):
        short = value.quantize(Decimal("0.01")) if value != value.to_integral_value() else value
    else:
        digits = max(0, 3 - value.adjusted()) if value else 0
        short = value.quantize(Decimal(1).scaleb(-digits)).normalize()  # 1.000 pieces would read as a thousand
    return short, name, short == value
