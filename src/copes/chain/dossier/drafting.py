"""A dossier while it is made: its documents, its proofs, its manifest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from copes.chain.dossier import case_uco, readme
from copes.chain.dossier.assembling import (
    Collected,
    consistency_file,
    proofs_file,
    records_file,
    withheld_rows,
)
from copes.chain.dossier.bag import BagWriter
from copes.chain.dossier.contents import ERASED, Choice, Contents, Hidden
from copes.chain.dossier.prints.describe import Describer
from copes.chain.dossier.prints.formats import day
from copes.chain.dossier.prints.report import Issue, report_document
from copes.chain.dossier.prints.sheet import Sheet, Withheld
from copes.chain.dossier.prints.typesetter import typeset
from copes.foundation.config.current import current_node
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.hashes import HashReader
from copes.foundation.journal.models import Checkpoint
from copes.foundation.journal.queries import (
    CheckpointView,
    StoredRecord,
    inclusion_proofs,
    ledger_fingerprint,
    ledger_vkey,
)
from copes.foundation.people.queries import officers_by_id
from copes.trust.ledger.checkpoints import parse_checkpoint
from copes.trust.ledger.merkle import consistency_proof
from copes.trust.ledger.notes import split_note
from copes.trust.verifier.bundle import build_single_file

# Consistency proofs from the newest heads (about 1 kB each), so that every receipt and earlier dossier of the case
# compares, unless the ledger was sealed more often than this since.
EARLIER_HEADS = 2000


@dataclass(frozen=True)
class Plan:
    """What the officer asked for."""

    acting: Acting
    case: str
    language: str
    recipient: str
    purpose: str
    withhold: tuple[Choice, ...]


@dataclass(frozen=True)
class Draft:
    """A dossier before its record is appended. ``checkpoint`` is the head its report speaks of."""

    plan: Plan
    dossier: str
    moment: datetime
    contents: Contents
    collected: Collected
    checkpoint: CheckpointView

    @property
    def case_number(self) -> str:
        """The number of the case."""
        opened = self.contents.of_kind("case.opened/1")
        return str(opened[0].body["number"]) if opened else self.plan.case


def add_documents(bag: BagWriter, draft: Draft) -> None:
    """Adds the files whose hashes the dossier's record signs. Called while its language is active."""
    node = current_node()
    about = readme.About(
        language=draft.plan.language,
        case_number=draft.case_number,
        origin=node.origin,
        agency=node.agency_name,
        fingerprint=ledger_fingerprint(),
        practice=node.practice,
    )
    files = {
        "report.pdf": _report(draft),
        "case.jsonld": case_uco.export(draft.contents, node.origin, draft.collected.of_exhibit),
        "ledger.vkey": ledger_vkey().encode("ascii") + b"\n",
        "copes_verify.py": build_single_file().encode("utf-8"),
        "README.txt": readme.as_text(about),
        "README.html": readme.as_html(about),
    }
    for name, data in files.items():
        draft.collected.files[name] = bag.add(name, data)


def _report(draft: Draft) -> bytes:
    plan, sheet = draft.plan, sheet_for(draft.contents, draft.plan.language)
    issue = Issue(
        dossier=draft.dossier,
        recipient=plan.recipient,
        purpose=plan.purpose,
        issued_by=Describer(sheet, draft.contents).officer(plan.acting.officer),
        issued_on=day(draft.moment.date(), plan.language),
        size=draft.checkpoint.size,
        fingerprint=ledger_fingerprint(),
        holders={exhibit.id: exhibit.holder for exhibit in draft.collected.exhibits},
    )
    return typeset("report", report_document(draft.contents, sheet, issue), moment=draft.moment)


def sheet_for(contents: Contents, language: str) -> Sheet:
    """A sheet that shows these contents, with what is withheld and why."""
    erasers = officers_by_id(one.erasure.by for one in contents.hidden if one.erasure)
    names = {officer: view.label for officer, view in erasers.items()}
    withheld = {(one.jti, one.path): _withheld(one, names) for one in contents.hidden}
    return Sheet(language, {kept.jti: kept.claims for kept in contents.kept}, withheld)


def _withheld(hidden: Hidden, names: Mapping[str, str]) -> Withheld:
    if hidden.why == ERASED and hidden.erasure:
        return Withheld(ERASED, hidden.erasure.at, names.get(hidden.erasure.by, hidden.erasure.by[-12:]))
    return Withheld(hidden.why)


def add_proofs(bag: BagWriter, draft: Draft, record: StoredRecord, sealed: CheckpointView) -> None:
    """Adds records, their inclusion proofs, and the signed head they are proven against."""
    kept = draft.contents.kept
    records = [*(one.record for one in kept), record]
    lines = [*(one.line() for one in kept), record.compact()]
    proofs = inclusion_proofs([one.index for one in records], sealed.size)
    earlier = _growth(sealed.size)
    bag.add("records.sdjwt", records_file(lines))
    bag.add("proofs.jsonl", proofs_file(records, proofs))
    bag.add("checkpoint", sealed.note.encode("utf-8"))
    if earlier:
        bag.add("consistency.json", consistency_file(earlier))


def _growth(size: int) -> dict[int, list[bytes]]:
    """Consistency proofs into the tree of ``size``, by the size of the earlier head."""
    reader = HashReader()
    sizes = Checkpoint.objects.filter(size__gt=0, size__lt=size).order_by("-size").values_list("size", flat=True)
    return {old: consistency_proof(old, size, reader) for old in sizes[:EARLIER_HEADS]}


def manifest(draft: Draft, record: StoredRecord, sealed: CheckpointView) -> dict[str, Any]:
    """What ``dossier.json`` states (docs/trust/format.md §4.1)."""
    collected, number = draft.collected, len(draft.contents.kept) + 1
    return {
        "dossier": draft.dossier,
        "case": draft.plan.case,
        "case_number": draft.case_number,
        "origin": current_node().origin,
        "practice": current_node().practice,
        "language": draft.plan.language,
        "records": number,
        "first_index": draft.contents.kept[0].record.index,
        "last_index": record.index,
        "tree_size": sealed.size,
        "exhibits": [
            {
                "id": one.id,
                "number": one.number,
                "files": [file.path for file in collected.of_exhibit.get(one.id, ())],
                "holder": one.holder,
            }
            for one in collected.exhibits
        ],
        "files": dict(sorted(collected.files.items())),
        "withheld": withheld_rows(draft.contents.hidden),
        "claims": {
            "signatures": number,
            "inclusion": number,
            "cosigners": _cosigners(sealed),
            "custody": collected.connected,
        },
    }


def _cosigners(sealed: CheckpointView) -> list[str]:
    """The names on the checkpoint besides the ledger's own."""
    text, lines = split_note(sealed.note)
    origin = parse_checkpoint(text).origin
    return list(dict.fromkeys(line.name for line in lines if line.name != origin))


def bag_info(draft: Draft) -> dict[str, str]:
    """The bag's own metadata (RFC 8493 §2.2.2)."""
    return {
        "Bag-Software-Agent": "OpenCOPES",
        "Bagging-Date": draft.moment.date().isoformat(),
        "External-Identifier": f"urn:uuid:{draft.dossier}",
        "Source-Organization": current_node().agency_name,
    }
