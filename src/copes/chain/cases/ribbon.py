"""Where a case stands on its way from alert to disposal, computed from what is recorded. Pure.

Steps of which nothing can be recorded yet are shown as not begun: the ribbon says only what records say.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import ngettext, pgettext_lazy

DONE, CURRENT, NOT_BEGUN, NOT_APPLICABLE = "done", "current", "not_begun", "not_applicable"
NAMES: dict[str, Promise] = {
    "alert": pgettext_lazy("step of a case", "Alert"),
    "control": pgettext_lazy("step of a case", "Control"),
    "seizure": pgettext_lazy("step of a case", "Seizure"),
    "custody": pgettext_lazy("step of a case", "Custody"),
    "laboratory": pgettext_lazy("step of a case", "Laboratory"),
    "procedure": pgettext_lazy("step of a case", "Procedure"),
    "dossier": pgettext_lazy("step of a case", "Dossier"),
    "handover": pgettext_lazy("step of a case", "Hand-over"),
    "court": pgettext_lazy("step of a case", "Court"),
    "disposal": pgettext_lazy("step of a case", "Disposal"),
}
STATES: dict[str, Promise] = {
    DONE: pgettext_lazy("step of a case", "done"),
    CURRENT: pgettext_lazy("step of a case", "under way"),
    NOT_BEGUN: pgettext_lazy("step of a case", "not begun"),
    NOT_APPLICABLE: pgettext_lazy("step of a case", "not applicable"),
}


@dataclass(frozen=True)
class CaseFacts:
    """The counts from which the ribbon is computed."""

    controls: int
    controls_lasting: int
    reports: int
    reports_open: int
    exhibits: int
    released: int
    dossiers: int
    closed: bool


@dataclass(frozen=True)
class Step:
    """One step: its code, its state, and in words how far it is."""

    code: str
    state: str
    detail: str = ""

    @property
    def name(self) -> Promise:
        """What the step is called."""
        return NAMES[self.code]

    @property
    def state_name(self) -> Promise:
        """What its state is called."""
        return STATES[self.state]


def ribbon(facts: CaseFacts) -> tuple[Step, ...]:
    """Every step in order."""
    begun = {
        "alert": _alert(facts),
        "control": _control(facts),
        "seizure": _seizure(facts),
        "custody": _custody(facts),
        "dossier": _dossier(facts),
    }
    steps = [begun.get(code, Step(code, NOT_BEGUN)) for code in NAMES]
    if not facts.closed:
        return tuple(steps)
    return tuple(Step(one.code, NOT_APPLICABLE) if one.state == NOT_BEGUN else one for one in steps)


def _alert(facts: CaseFacts) -> Step:
    """A case that has a control and no alert began with the control."""
    return Step("alert", NOT_APPLICABLE if facts.controls else NOT_BEGUN)


def _control(facts: CaseFacts) -> Step:
    if facts.controls_lasting:
        number = facts.controls_lasting
        return Step("control", CURRENT, ngettext("%(number)d lasts", "%(number)d last", number) % {"number": number})
    if facts.controls:
        return Step("control", DONE, str(facts.controls))
    return Step("control", NOT_APPLICABLE if facts.reports else NOT_BEGUN)


def _seizure(facts: CaseFacts) -> Step:
    if facts.reports_open:
        number = facts.reports_open
        text = ngettext("%(number)d report not closed", "%(number)d reports not closed", number)
        return Step("seizure", CURRENT, text % {"number": number})
    return Step("seizure", DONE, str(facts.reports)) if facts.reports else Step("seizure", NOT_BEGUN)


def _custody(facts: CaseFacts) -> Step:
    if not facts.exhibits:
        return Step("custody", NOT_BEGUN)
    text = ngettext("%(number)d exhibit", "%(number)d exhibits", facts.exhibits) % {"number": facts.exhibits}
    if facts.released:
        waiting = ngettext("%(number)d waits for receipt", "%(number)d wait for receipt", facts.released)
        text = f"{text} · {waiting % {'number': facts.released}}"
    return Step("custody", CURRENT, text)


def _dossier(facts: CaseFacts) -> Step:
    if facts.dossiers:
        text = ngettext("%(number)d issued", "%(number)d issued", facts.dossiers) % {"number": facts.dossiers}
        return Step("dossier", DONE, text)
    return Step("dossier", NOT_BEGUN)
