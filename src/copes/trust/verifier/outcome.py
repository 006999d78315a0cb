"""What one verification came to: the findings, and the numbers that were proven."""

from __future__ import annotations

from dataclasses import dataclass, field

from copes.trust.verifier.anchors import Opened
from copes.trust.verifier.findings import FAILED, Findings

ALL_HOLDS = 0
SOMETHING_FAILED = 1
UNREADABLE = 2
NOT_ANCHORED = 3


@dataclass
class Outcome:
    """The result. `kind` is dossier or ledger; the numbers count what was proven, not what was claimed."""

    kind: str
    findings: Findings = field(default_factory=Findings)
    origin: str = ""
    vkey: str = ""
    practice: bool = False
    anchored: bool = False
    growth_unproven: bool = False
    language: str = ""
    case_number: str = ""
    size: int = 0
    records: int = 0
    signatures: int = 0
    inclusion: int = 0
    disclosures: int = 0
    exhibits: int = 0
    cosignatures: int = 0
    withheld: int = 0
    redacted: int = 0
    erased: int = 0

    def code(self) -> int:
        """0: everything holds. 1: something failed. 3: consistent in itself, but nothing outside vouches, or
        a checkpoint was given whose growth into this one is not proven.
        """
        if self.findings.number(FAILED):
            return SOMETHING_FAILED
        return ALL_HOLDS if self.anchored and not self.growth_unproven else NOT_ANCHORED

    def take_anchors(self, opened: Opened) -> None:
        """Note what the anchors came to, after the last of them was compared."""
        self.anchored, self.growth_unproven = opened.anchored, opened.growth_unproven

    def take_opened(self, opened: Opened, vkey: str, *, practice: bool) -> None:
        """Note whose ledger this is and what its checkpoint proved."""
        self.origin, self.vkey, self.practice = opened.checkpoint.origin, vkey, practice
        self.size = opened.checkpoint.size
        self.cosignatures = len({one.key_id for one in opened.cosigned})
