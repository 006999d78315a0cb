"""The code lists of this room, with their labels."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CATEGORIES: dict[str, Promise] = {
    "drugs": _("Drugs"),
    "precursor": _("Drug precursors"),
    "medicine": _("Medicines"),
    "cash": _("Cash"),
    "tobacco": _("Tobacco"),
    "alcohol": _("Alcohol"),
    "firearm": _("Firearms"),
    "ammunition": _("Ammunition"),
    "explosive": _("Explosives"),
    "counterfeit": _("Counterfeit goods"),
    "wildlife": _("Wildlife"),
    "cultural": _("Cultural goods"),
    "jewellery": _("Jewellery and precious metals"),
    "vehicle": _("Vehicle"),
    "document": _("Documents"),
    "digital_device": _("Digital devices"),
    "fuel": _("Fuel"),
    "foodstuff": _("Foodstuffs"),
    "clothing": _("Clothing"),
    "packaging": _("Packaging"),
    "other": pgettext_lazy("category", "Other"),
}
UNITS: dict[str, Promise] = {
    "kg": _("kilograms (kg)"),
    "g": _("grams (g)"),
    "mg": _("milligrams (mg)"),
    "t": _("tonnes (t)"),
    "l": _("litres (l)"),
    "ml": _("millilitres (ml)"),
    "m3": _("cubic metres (m³)"),
    "m": _("metres (m)"),
    "m2": _("square metres (m²)"),
    "pieces": _("pieces"),
    "packs": _("packs"),
    "pairs": _("pairs"),
}
REASONS: dict[str, Promise] = {
    "storage": _("Storage"),
    "weighing": _("Weighing"),
    "examination": _("Examination"),
    "laboratory": _("Laboratory"),
    "photography": _("Photography"),
    "court": _("Court"),
    "transport": _("Transport"),
    "return": _("Return to the person"),
    "other": pgettext_lazy("reason", "Other"),
}
SEAL_STATES: dict[str, Promise] = {
    "intact": _("Seal intact"),
    "broken": _("Seal not intact"),
    "none": _("No seal"),
    "not_checked": _("Seal not looked at"),
}
STATES: dict[str, Promise] = {
    "held": _("In hand"),
    "released": _("Waiting for receipt"),
}
ANSWERS: dict[str, Promise] = {
    "open": _("Waiting for receipt"),
    "received": _("Received"),
    "declined": _("Declined"),
    "cancelled": _("Cancelled"),
}
STEPS: dict[str, Promise] = {
    "created": _("Exhibit created"),
    "released": _("Released"),
    "received": _("Received"),
    "declined": _("Receipt declined"),
    "cancelled": _("Release cancelled"),
    "applied": _("Seal applied"),
    "checked": _("Seal checked"),
    "opened": _("Seal opened"),
    "photographed": _("Photographed"),
}
# Notes and coins in circulation, largest first; notes that are no longer issued but still legal tender are there.
DENOMINATIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "EUR": (
        *((value, "note") for value in ("500", "200", "100", "50", "20", "10", "5")),
        *((value, "coin") for value in ("2", "1", "0.50", "0.20", "0.10", "0.05", "0.02", "0.01")),
    ),
    "USD": (
        *((value, "note") for value in ("100", "50", "20", "10", "5", "2", "1")),
        *((value, "coin") for value in ("1", "0.50", "0.25", "0.10", "0.05", "0.01")),
    ),
    "GBP": (
        *((value, "note") for value in ("50", "20", "10", "5")),
        *((value, "coin") for value in ("2", "1", "0.50", "0.20", "0.10", "0.05", "0.02", "0.01")),
    ),
    "CHF": (
        *((value, "note") for value in ("1000", "200", "100", "50", "20", "10")),
        *((value, "coin") for value in ("5", "2", "1", "0.50", "0.20", "0.10", "0.05")),
    ),
}
