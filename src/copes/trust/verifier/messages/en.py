"""The verifier's sentences: English."""

from __future__ import annotations

MESSAGES_EN: dict[str, str] = {
    "title_dossier": "Verification of the dossier {path}",
    "title_ledger": "Verification of the ledger {path}",
    "practice": (
        "PRACTICE. This comes from a practice ledger: it is an exercise and proves nothing about real events."
    ),
    "case": "Case: {number}",
    "origin": "Ledger: {origin}",
    "fingerprint": "Fingerprint of the ledger's key (SHA-256):",
    "fingerprint_advice": (
        "Compare it, digit by digit, with the fingerprint that the agency has published or printed."
    ),
    "numbers": (
        "Proven: records {records}, signatures {signatures}, inclusion proofs {inclusion}, disclosed "
        "fields {disclosures}, exhibits with unbroken custody {exhibits}, cosignatures {cosignatures}; "
        "ledger size {size}. Withheld fields: {withheld} (redacted {redacted}, erased {erased})."
    ),
    "title_held": "What was checked and holds",
    "title_failed": "What FAILED",
    "title_unchecked": "What could not be checked",
    "more": "… and {count} more of this kind.",
    "verdict_holds": "RESULT: everything that was checked holds.",
    "verdict_failed": ("RESULT: FAILED. Do not rely on it before each failure is explained. Failures: {count}."),
    "verdict_not_anchored": (
        "RESULT: consistent in itself, but NOT ANCHORED: nothing outside says whose ledger this is. "
        "Give the ledger's key (--key) or a list of known ledgers (--known)."
    ),
    "misused": "The command cannot be carried out as given: {detail}",
    "unreadable_absent": "{path}: there is no such file or folder.",
    "unreadable_neither": "{path}: this is neither a dossier (no bagit.txt) nor a ledger (no checkpoint).",
    "unreadable_too_much": "{path}: too many files or bytes to be a dossier.",
    "unreadable_damaged": "{path}: cannot be read ({detail}).",
    "subject_record": "Record {index} ({name})",
    "subject_exhibit": "Exhibit {name}",
    "subject_file": "File {name}",
    "subject_checkpoint": "Checkpoint",
    "held_bag": ("every file is listed in the bag's manifests and has the SHA-256 stated there. Files: {count}."),
    "held_checkpoint": "signed with the ledger's key; the ledger had {size} records.",
    "held_cosigned": "{name} cosigned it at {time}.",
    "held_quorum": "{number} cosigners have signed; {quorum} were asked for.",
    "held_age": "as new as asked for; newest time stated: {time}.",
    "held_key_known": "The ledger's key is the one you know for {origin}.",
    "held_same": "the same as the checkpoint that you hold, at {size} records.",
    "held_consistent": (
        "continues the checkpoint that you hold: its {held} records are the beginning of these {size}."
    ),
    "held_inclusion": "Every record stands in the ledger of {size} records at its place. Records: {count}.",
    "held_signatures": (
        "Every record is signed with a key that counted at its place in the ledger. Signatures: {count}."
    ),
    "held_issued": "the signed list fits what is here: {records} records and {files} files.",
    "held_manifest": "claims nothing but what was proven.",
    "held_custody": (
        "Every exhibit's chain of custody connects, from its creation to its present holder. Exhibits: {count}."
    ),
    "held_exhibit_files": ("Every exhibit file is one that a record about that very exhibit states. Files: {count}."),
    "held_pdf_facts": "says what the records say. Facts compared: {count}.",
    "held_pdf_text": "its visible text contains these facts. Values found: {count}.",
    "held_tree": "The ledger's {size} entries give the root that the checkpoint states.",
    "held_tiles": "Every tile and bundle fits the tree. Files: {count}.",
    "bag_unsafe_name": "this name is not safe: it could leave the folder or be read in two ways.",
    "bag_alike_names": "some systems cannot tell this name from {other}.",
    "bag_odd_file": "is no plain file of this dossier (a link, a device, a doubled or absolute path).",
    "bag_manifest_text": "is not UTF-8 text.",
    "bag_line": "line {line} is not a checksum and a name.",
    "bag_line_twice": "line {line} lists {name} a second time.",
    "bag_declaration": "does not declare BagIt 1.0 in UTF-8.",
    "bag_extra_file": "is in the dossier but not in its manifest.",
    "bag_missing_file": "is in the manifest but not in the dossier.",
    "bag_digest": "was changed: it does not have the SHA-256 that the manifest states.",
    "bag_oxum": "states another number of files or bytes than there are.",
    "file_missing": "is missing.",
    "file_unreadable": "cannot be read: {detail}",
    "file_unknown": "is no file that the format names; only its checksum was compared.",
    "lines_invalid": "has an empty line, or its last line is cut off.",
    "json_invalid": "is not JSON that every reader reads the same way: {detail}",
    "record_field": "the field {field} is missing, unknown or malformed.",
    "claim_differs": "claims more or other than was proven, in {field}: claimed {claimed}, proven {proven}.",
    "cosigners_differ": ("names other cosigners than the checkpoint carries: claimed {claimed}, present {proven}."),
    "vkey_invalid": "this is not a verifier key: {detail}",
    "ledger_key_absent": "the key of {origin} is neither beside the ledger nor given.",
    "ledger_key_differs": "names another ledger key than the one that signed the checkpoint.",
    "key_mismatch": (
        "The ledger's key is NOT the one you know for {origin}: this was written under another key. "
        "The known key's fingerprint: {known}."
    ),
    "checkpoint_invalid": "is not a checkpoint signed with the ledger's key: {detail}",
    "anchor_other": "is not of the same ledger and key as the checkpoint that you hold: {detail}",
    "anchor_differs": ("differs from the checkpoint that you hold at the same size {size}: history was rewritten."),
    "anchor_inconsistent": (
        "does not continue the checkpoint that you hold ({held} records; here {size}): history was rewritten."
    ),
    "consistency_absent": (
        "you hold a checkpoint of {held} records; no proof is here that this one of {size} continues it."
    ),
    "stale_size": "is stale: you hold a newer one of {held} records, this one has {size}.",
    "stale_age": "is stale: the newest time it states is {time}, older than you accept.",
    "from_future": "states the time {time}, which has not come yet.",
    "newest_unknown": "whether it is the newest one; the newest time it states is {time}.",
    "quorum_missed": "too few cosigners: {number} have signed, {quorum} were asked for.",
    "cosigned_early": "{name} cosigned at {time}, before records in it were made.",
    "cosigner_key_absent": "the cosignature of {name}, whose key was not given.",
    "cosigner_other_key": ("the cosignature in the name of {name} was not made with the key that you gave for it."),
    "record_invalid": "does not have the form of a record: {detail}",
    "record_iss": "is of another ledger: it names {stated}, not {origin}.",
    "record_case": "is of another case: {stated}.",
    "record_twice": "has an id that another record has already.",
    "record_order": "stands out of order (line {line}): records were reordered or doubled.",
    "record_not_included": "is not in the ledger at this place: it was changed, added or moved.",
    "proof_invalid": "line {line} is not a proof.",
    "proof_other": "the proof on its line is for record {stated}.",
    "proofs_number": "holds {proofs} proofs for {records} records.",
    "first_record_absent": "the ledger's first record is missing; without it no key can be checked.",
    "first_record_place": "a record of the node's beginning stands here; it can only be record 0.",
    "first_record_key": "is not signed with the node key that it states.",
    "practice_origin": "practice and the ledger's name {origin} contradict each other.",
    "signature_invalid": "the signature does not hold: the record was changed or forged.",
    "key_unknown": "signed with key {kid}, which was not enrolled before this place in the ledger.",
    "key_revoked": "the key {kid} was revoked before, by record {at}.",
    "key_replaced": "the key {kid} was replaced before, by record {at}.",
    "key_early": "the key {kid} did not count yet at that time.",
    "key_expired": "the key {kid} had expired at that time.",
    "key_form": "the key is malformed or unsafe: {detail}",
    "key_kid": "{kid} is not the fingerprint of the key it stands for.",
    "key_again": "the key {kid} was enrolled before and cannot be enrolled again.",
    "key_possession": "nothing proves that the holder of key {kid} has it.",
    "key_owner": "the key {kid} does not belong to officer {officer}.",
    "key_role": (
        "a key of officer {officer} was changed by somebody who is neither that officer nor an administrator."
    ),
    "key_assurance": "states that the key is kept as {stated}; it was enrolled as {enrolled}.",
    "officer_role": "the roles of officer {officer} were changed by somebody who is no administrator.",
    "actor_node": "signed by the node, but says that somebody else acted.",
    "actor_officer": "names officer {stated} as acting, but is signed with the key of officer {officer}.",
    "actor_agency": "names agency {stated}, but the key belongs to agency {agency}.",
    "actor_role": "officer {officer} acts as {stated}, a role this officer did not hold.",
    "time_backward": "was recorded {seconds} seconds before a record that stands earlier in the ledger.",
    "time_ahead": "says that the act happened after it was recorded.",
    "reference_self": "refers to itself.",
    "reference_absent": "refers to record {target}, which is not here before it.",
    "device_chain": "does not continue the records of its device (counter {counter}).",
    "issued_absent": (
        "The record that issues the dossier is missing at the end or does not hold: the dossier was cut off."
    ),
    "issued_record_missing": "Record {record} is missing: it was listed when the dossier was issued.",
    "issued_record_added": "Record {record} was added: it was not listed when the dossier was issued.",
    "issued_records": ("The records are not those, in that order, that were listed when the dossier was issued."),
    "issued_files": "The files are not those that were listed when the dossier was issued.",
    "issued_file_added": "was added after the dossier was issued.",
    "issued_file_differs": "was replaced after the dossier was issued.",
    "issued_withheld": "lists {claimed} withheld fields; {proven} are withheld.",
    "withheld_unlisted": "a field in {path} is withheld, but the manifest does not list it.",
    "withheld_unfounded": "lists {path} of record {record} as withheld, but it is not.",
    "withheld_path": "lists a withheld field under the wrong place {path}.",
    "withheld_unknown": (
        "What the withheld fields say; their names and the reasons for withholding them are the "
        "issuer's word. Fields: {count}."
    ),
    "erased_unrecorded": "{path} is said to be erased; no record of the erasure is here.",
    "case_number_unrecorded": "The case number: no record here states it.",
    "manifest_exhibit_twice": "lists an exhibit twice.",
    "manifest_exhibit_unknown": "is in the manifest, but no record creates it.",
    "manifest_exhibit_absent": "is created by a record, but the manifest does not list it.",
    "manifest_exhibit_number": "the manifest calls it {claimed}.",
    "manifest_exhibit_files": "the manifest lists other files than there are.",
    "manifest_holder": "the manifest says that {claimed} holds it; by the records it is {proven}.",
    "exhibit_folder_twice": "its files would lie in the same folder as those of exhibit {other}.",
    "exhibit_file_foreign": "lies in a folder that belongs to no exhibit.",
    "exhibit_file_swapped": "belongs to exhibit {other}: files were swapped between exhibits.",
    "exhibit_file_unstated": "is not a file that any record states for exhibit {number}.",
    "exhibit_file_name": "carries another name than the record states: {stated}.",
    "photographs_absent": "photographs that the records state and that are not in the dossier: {count}.",
    "custody_created_twice": "is created a second time by record {record}.",
    "custody_number_twice": "another exhibit has the same number (record {record}).",
    "custody_never_created": "record {record} moves an exhibit that no record creates.",
    "custody_not_actor": "record {record} names somebody else than the person who acted.",
    "custody_already_released": (
        "record {record} releases it while an earlier release is still open: two would hold it at once."
    ),
    "custody_not_holder": "record {record} releases it for somebody who does not hold it.",
    "custody_release_unknown": "record {record} answers a release that is not there or was answered already.",
    "custody_not_in_release": "record {record} takes it, but that release does not (or no longer) cover it.",
    "custody_not_receiver": ("record {record}: received or declined by somebody to whom it was never released."),
    "custody_not_releaser": "record {record} cancels a release that somebody else made.",
    "custody_before_release": "record {record} says that it was received before it was released.",
    "custody_before_seizure": "record {record} says that it was released before it was seized.",
    "custody_other_case": "record {record} moves it, but belongs to another case.",
    "seizure_twice": "The same seizure is recorded twice (record {record}).",
    "seizure_corrects": "Record {record} corrects no record of its seizure that stands before it in this case.",
    "seizure_absent": "whether it was seized before it was released: its seizure is not here.",
    "pdf_no_facts": "carries no facts as data that could be compared.",
    "pdf_facts_many": "carries two lists of facts that differ.",
    "pdf_facts_invalid": "its facts cannot be read: {detail}",
    "pdf_record_absent": "the report cites record {record} ({path}), which is not here.",
    "pdf_fact_nowhere": "the report shows {path}, which the record does not state.",
    "pdf_fact_differs": "the report says other than the record in {path}: report {pdf}, record {stated}.",
    "pdf_text_absent": "its visible text does not contain {path} of record {record}.",
    "pdf_text_unchecked": "whether its visible text equals its facts (the program pdftotext is not here).",
    "pdf_text_skipped": (
        "values shown in the reader's own way (dates, codes) or written from right to left, not looked "
        "for in its visible text: {count}."
    ),
    "pdf_pictures": "whether its pictures and its layout mislead.",
    "content_not_compared": "its checksum is signed; what it says was not compared with the records.",
    "truth_unknown": "Whether what the officers wrote is true.",
    "completeness_unknown": (
        "Whether the ledger holds further records of this case; only the ledger's keeper can show that."
    ),
    "roles_unknown": (
        "Whether officers held the roles in which they acted; the records of their roles are not here. "
        "Officers: {count}."
    ),
    "timestamp_absent": (
        "An outside clock: there is no RFC 3161 time stamp. Times are those of the node and of the cosigners."
    ),
    "records_absent": "Signatures, keys and custody: the records are not here, only their hashes.",
    "ledger_number": ("The ledger was cut off or added to: {found} entries are here, the checkpoint states {size}."),
    "ledger_root": (
        "The {size} entries do not give the root that the checkpoint states: an entry was changed, removed or moved."
    ),
    "tile_differs": "does not fit the tree: it was changed.",
    "tile_missing": "is missing in the ledger.",
    "tile_unknown": "is not the name of a tile.",
    "tiles_absent": "The tiles: there are none here.",
    "tiles_beyond": "Files of tiles beyond the checkpoint: {count}.",
    "verdict_growth_unproven": (
        "RESULT: consistent in itself, but it is NOT PROVEN that the ledger grew from the "
        "checkpoint you hold to this one. Ask the agency for a dossier with that proof, or check "
        "the whole ledger with --checkpoint."
    ),
    "records_after": ("what stands in the ledger after this dossier's last record. Records that follow: {count}."),
    "report_unread": "was not read: it is not the report that was issued.",
    "custody_to_oneself": "record {record} releases it to the very person who releases it.",
    "custody_foreign_holder": (
        "record {record} puts it into the hands of somebody who neither recorded it nor is one of the seizing officers."
    ),
    "custody_created_early": "record {record} creates it before it was seized.",
    "photograph_not_holder": "record {record} states a photograph by somebody who did not hold it.",
    "photograph_twice": "record {record} states a photograph that is stated for exhibit {other} already.",
    "key_self_enrolled": (
        "officer {officer} enrolled a further key of their own; an officer may only replace the one they have."
    ),
    "key_self_assurance": (
        "officer {officer} replaced their own key by one said to be kept more safely: {stated} instead of {enrolled}."
    ),
    "key_other_agency": (
        "gives officer {officer} a key of agency {stated}; this officer was enrolled in agency {agency}."
    ),
    "administrator_unproven": (
        "changes keys or roles as administrator, but no record here says that officer {officer} is one."
    ),
    "pdf_fact_missing": "the report does not state {path}, which every report must.",
    "issued_withheld_list": (
        "The manifest's list of withheld fields (places and reasons) is not the one that was signed."
    ),
}
