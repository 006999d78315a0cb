"""Issuing dossiers: gather, typeset, append the record, seal, prove, write the bag, verify it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from copes.chain.dossier.assembling import (
    Collected,
    LostFileError,
    add_exhibit_files,
    collect,
    manifest_file,
    withheld_rows,
)
from copes.chain.dossier.bag import BagWriter
from copes.chain.dossier.contents import Choice, Contents, gather
from copes.chain.dossier.drafting import Draft, Plan, add_documents, add_proofs, bag_info, manifest
from copes.chain.dossier.policies import require_issue
from copes.chain.dossier.prints.formats import LANGUAGES
from copes.chain.dossier.queries import dossier_folder, verified_path
from copes.chain.dossier.records import DossierIssued, Language, stated_files, stated_records, stated_withheld
from copes.foundation.config.current import current_node
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.models import Entry
from copes.foundation.journal.queries import (
    CheckpointView,
    StoredRecord,
    latest_checkpoint,
    ledger_vkey,
    records_by_jti,
)
from copes.foundation.journal.services import seal_now, writing
from copes.foundation.people.reading import log_read
from copes.foundation.refusals import BadInput, Refusal
from copes.trust.records.ids import uuid7
from copes.trust.verifier.anchors import Anchors
from copes.trust.verifier.cli import check
from copes.trust.verifier.outcome import Outcome
from copes.trust.verifier.report import as_json

ATTEMPTS = 3


@dataclass(frozen=True)
class IssuedDossier:
    """A dossier that lies in its folder, and what the verifier proved of it."""

    id: str
    record: str
    path: Path
    outcome: Outcome


class _MovedError(Exception):
    """Another record of the case came in between: the dossier would not be complete."""


def issue_dossier(
    acting: Acting,
    *,
    case: str,
    language: str,
    recipient: str,
    purpose: str,
    withhold: Sequence[Choice] = (),
) -> IssuedDossier:
    """Issues a dossier of a case, leaving out the salted fields at ``withhold`` (record id, path).

    Appends ``dossier.issued/1``, seals, writes the bag under the node's ``dossiers`` folder and verifies it
    with the verifier that goes into it. Must be called outside a transaction. Raises Unseen, Forbidden,
    BadInput, and Refusal when files are lost or the case does not hold still.
    """
    acting = require_issue(acting, case)
    _check(language, recipient, purpose)
    plan = Plan(acting, case, language, recipient.strip(), purpose.strip(), tuple(withhold))
    for _attempt in range(ATTEMPTS):
        try:
            issued = _issue(plan)
        except _MovedError:
            continue
        log_read(acting, case=case, kind="dossier", thing=issued.id, purpose=plan.purpose)
        return issued
    raise Refusal(
        "dossier.case_busy",
        _("Other officers are recording in this case right now."),
        _("Wait a moment, then issue the dossier again."),
    )


def _check(language: str, recipient: str, purpose: str) -> None:
    if language not in LANGUAGES:
        raise BadInput(
            "dossier.language",
            _("There is no such language here."),
            _("Choose one of the list."),
            field="language",
        )
    for name, value, least, most in (("recipient", recipient, 2, 200), ("purpose", purpose, 3, 500)):
        if not least <= len(value.strip()) <= most:
            raise BadInput(
                f"dossier.{name}",
                _("Say for whom the dossier is, and why."),
                _("Between %(least)d and %(most)d characters.") % {"least": least, "most": most},
                field=name,
            )


def _issue(plan: Plan) -> IssuedDossier:
    seal_now()
    contents = gather(plan.case, plan.withhold, issuer=plan.acting)
    _check_chosen(contents, plan.withhold)
    checkpoint = latest_checkpoint()
    if checkpoint is None:
        raise LookupError("the ledger has no signed head")
    draft = Draft(plan, uuid7(), timezone.localtime(), contents, collect(contents), checkpoint)
    with BagWriter(dossier_folder(draft.dossier)) as bag:
        _add_exhibits(bag, draft.collected)
        with translation.override(plan.language):
            add_documents(bag, draft)
        record = _append(draft)
        sealed = _seal_over(record)
        add_proofs(bag, draft, record, sealed)
        bag.add("dossier.json", manifest_file(manifest(draft, record, sealed)))
        path = bag.finish(bag_info(draft))
    return IssuedDossier(draft.dossier, record.jti, path, verify(draft.dossier))


def _check_chosen(contents: Contents, withhold: Sequence[Choice]) -> None:
    hidden = {(one.jti, one.path) for one in contents.hidden}
    salted = {(kept.jti, path) for kept in contents.kept for _digest, _encoded, path in kept.record.disclosures}
    for choice in withhold:
        if choice not in hidden and choice not in salted:
            raise BadInput(
                "dossier.no_field",
                _("One of the fields to leave out is not there (any more)."),
                _("Open the form again and choose among the fields listed."),
                field="withhold",
            )


def _add_exhibits(bag: BagWriter, collected: Collected) -> None:
    try:
        add_exhibit_files(bag, collected)
    except LostFileError as error:
        raise Refusal(
            "dossier.file_lost",
            _("A photograph of this case is missing from the store, or damaged: %(detail)s") % {"detail": error},
            _("Restore it from a backup (`copes doctor` says which), then issue the dossier again."),
        ) from error


def _append(draft: Draft) -> StoredRecord:
    """Appends ``dossier.issued/1``. Raises _MovedError when the case got another record meanwhile."""
    plan, contents = draft.plan, draft.contents
    body = DossierIssued(
        dossier=draft.dossier,
        records=stated_records([kept.jti for kept in contents.kept]),
        files=stated_files(draft.collected.files),
        withheld=len(contents.hidden),
        withheld_digest=stated_withheld(withheld_rows(contents.hidden)),
        language=cast("Language", plan.language),
        recipient=plan.recipient,
        purpose=plan.purpose,
    )
    last = contents.of_case()[-1].record.index
    with writing(plan.acting) as journal:
        if _last_of_case(plan.case) != last:
            raise _MovedError
        jti = journal.append(body, case=plan.case, occurred_at=draft.moment, about=[draft.dossier])
    record = records_by_jti([jti])[0]
    # Where the database lets two writers in at once, a record may still have come between.
    if Entry.objects.filter(case_id=plan.case, index__gt=last, index__lt=record.index).exists():
        raise _MovedError
    return record


def _last_of_case(case: str) -> int:
    newest = Entry.objects.filter(case_id=case).order_by("-index").values_list("index", flat=True).first()
    return -1 if newest is None else newest


def _seal_over(record: StoredRecord) -> CheckpointView:
    """The signed head over the record, with the cosignatures that came at once."""
    seal_now()
    sealed = latest_checkpoint()
    if sealed is None or sealed.size <= record.index:
        raise Refusal(
            "dossier.unsealed",
            _("The ledger could not be sealed over the dossier."),
            _("Call the administrator: `copes doctor` says why."),
        )
    return sealed


def verify(dossier: str) -> Outcome:
    """What the verifier proves of a dossier against this node's own key and cosigners; the result is kept.

    Raises Unreadable when the dossier's folder cannot be read.
    """
    cosigners = [cosigner.vkey for cosigner in current_node().cosigners]
    now = timezone.now()
    outcome = check(
        dossier_folder(dossier), Anchors(keys=[ledger_vkey()], cosigners=cosigners, now=int(now.timestamp()))
    )
    stated = {**json.loads(as_json(outcome, dossier, "en")), "at": now.isoformat()}
    target = verified_path(dossier)
    temporary = target.with_suffix(".new")
    temporary.write_text(json.dumps(stated, ensure_ascii=False), encoding="utf-8")
    temporary.replace(target)
    return outcome
