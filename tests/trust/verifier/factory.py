"""Builds ledgers and dossiers to docs/trust/format.md, so that tests can forge them as an insider would.

A `Plan` is a list of acts. A test changes acts, and everything after (signatures, tree, checkpoint, manifest,
report) is made anew and fits; or it changes the finished folder, with or without re-bagging it.
"""

from __future__ import annotations

import base64
import json
import shutil
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copes.trust.ledger.checkpoints import Checkpoint, sign_checkpoint
from copes.trust.ledger.merkle import consistency_proof, inclusion_proof, leaf_hash, node_hash, root_of
from copes.trust.ledger.notes import add_signatures
from copes.trust.ledger.tiles import encode_bundle, entries_path, tile_path, tiles_of
from copes.trust.records.sdjwt import Salted, Signed, issue, leaf_data
from tests.trust.verifier.plans import STEP, T0, Act, Plan, cosigner_key, digest, ident, key

REPORTED = {
    "exhibit.created/1": ("body.number",),
    "seizure.recorded/1": ("occurred_at",),
    "custody.released/1": ("occurred_at",),
    "custody.received/1": ("occurred_at",),
}


@dataclass
class Ledger:
    """Every record of the plan, signed, with its tree."""

    plan: Plan
    signed: list[Signed]
    leaves: list[bytes]

    def lines(self, withhold: bool = False) -> list[str]:
        return [
            _compact(signed, {p for n, p in self.plan.withhold if n == act.name} if withhold else set())
            for act, signed in zip(self.plan.acts, self.signed, strict=True)
        ]

    def hashes(self, size: int | None = None) -> list[bytes]:
        return [leaf_hash(leaf) for leaf in self.leaves[:size]]

    def note(self, size: int | None = None, cosigned_at: int | None = None) -> str:
        hashes = self.hashes(size)
        checkpoint = Checkpoint(self.plan.origin, len(hashes), root_of(hashes))
        note = sign_checkpoint(checkpoint, self.plan.signer())
        at = cosigned_at or self.plan.cosigned_at or T0 + STEP * len(self.leaves) + 5
        lines = [cosigner_key(name).cosign(checkpoint.text(), at) for name in self.plan.cosigners]
        return add_signatures(note, lines)


def _compact(signed: Signed, withheld: set[str]) -> str:
    kept = [
        d.encoded for d in signed.disclosures if not any(d.path == w or d.path.startswith(w + ".") for w in withheld)
    ]
    return "~".join((signed.jwt, *kept, ""))


def sign_act(plan: Plan, act: Act, place: int) -> Signed:
    if act.kind == "node.created/1" and act.body.get("ledger_key") is None:
        act.body["ledger_key"] = plan.signer().vkey
    return issue(act.claims(place, plan.origin), key(act.signer))


def build_ledger(plan: Plan) -> Ledger:
    signed: list[Signed] = []
    for place, act in enumerate(plan.acts):
        if act.kind == "dossier.issued/1" and "withheld" in act.body and plan.signs_withheld:
            act.body["withheld_digest"] = _withheld_digest(withheld_rows(plan, signed))
        signed.append(sign_act(plan, act, place))
    return Ledger(plan, signed, [leaf_data(one.jwt) for one in signed])


def withheld_rows(plan: Plan, signed: list[Signed]) -> list[dict[str, Any]]:
    """The manifest's list of withheld fields."""
    rows = [
        {"jti": act.jti, "digest": d.digest, "path": d.path, "why": "redacted"}
        for act, one in zip(plan.acts, signed, strict=False)
        for d in one.disclosures
        if (act.name, d.path) in plan.withhold
    ]
    plan.withheld(rows)
    return rows


def _withheld_digest(rows: list[dict[str, Any]]) -> str:
    lines = sorted(f"{row['jti']} {row['digest']} {row['path']} {row['why']}" for row in rows)
    return digest("\n".join(lines).encode())


def subtree_reader(hashes: list[bytes]) -> Callable[[int, int], bytes]:
    levels = [hashes]
    while len(levels[-1]) > 1:
        row = levels[-1]
        levels.append([node_hash(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)])
    return lambda level, index: levels[level][index]


def write_ledger(plan: Plan, folder: Path, *, records: bool = True, entries: bool = True) -> Ledger:
    """The ledger as tlog-tiles, with its key and records beside it."""
    ledger = build_ledger(plan)
    folder.mkdir(parents=True)
    (folder / "checkpoint").write_text(ledger.note())
    (folder / "ledger.vkey").write_text(plan.signer().vkey + "\n")
    if records:
        (folder / "records.sdjwt").write_text("".join(line + "\n" for line in ledger.lines()))
    read = subtree_reader(ledger.hashes())
    for level, index, width in tiles_of(len(ledger.leaves)):
        tile = b"".join(read(8 * level, 256 * index + i) for i in range(width))
        _write(folder / tile_path(level, index, width), tile)
        if level == 0 and entries:
            bundle = encode_bundle(ledger.leaves[256 * index : 256 * index + width])
            _write(folder / entries_path(index, width), bundle)
    return ledger


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@dataclass
class Dossier:
    """A dossier in a folder, the ledger it is of, and the places in the ledger of its records."""

    folder: Path
    ledger: Ledger
    places: list[int]

    @property
    def vkey(self) -> str:
        return self.ledger.plan.signer().vkey

    def lines(self) -> list[bytes]:
        return (self.folder / "data/records.sdjwt").read_bytes().split(b"\n")[:-1]

    def edit(self, name: str, change: Callable[[bytes], bytes], *, rebag: bool = True) -> None:
        path = self.folder / name
        path.write_bytes(change(path.read_bytes()))
        if rebag:
            bag(self.folder)

    def edit_json(self, change: Callable[[dict[str, Any]], None]) -> None:
        path = self.folder / "data/dossier.json"
        manifest = json.loads(path.read_bytes())
        change(manifest)
        path.write_text(json.dumps(manifest))
        bag(self.folder)


def write_dossier(plan: Plan, folder: Path) -> Dossier:
    """The dossier of the plan's case, with everything that format.md section 4 lists."""
    files = {
        "ledger.vkey": (plan.signer().vkey + "\n").encode(),
        "report.pdf": pdf(plan.facts(_facts(plan)), compress=plan.compress_xmp),
        "case.jsonld": b"{}\n",
        "copes_verify.py": b"# the verifier\n",
        "README.html": b"<p>Read me</p>\n",
        "README.txt": b"Read me\n",
        **plan.files,
    }
    chosen = [i for i, act in enumerate(plan.acts) if act.case in (None, "case")]
    if not any(act.kind == "dossier.issued/1" for act in plan.acts):
        _issue(plan, chosen, files)
        chosen.append(plan.place("issued"))
    for number in range(plan.after):
        plan.add(f"after{number}", "case.opened/1", {"number": f"EX-2025-0001{number:02}"}, case="other")
    ledger = build_ledger(plan)
    dossier = Dossier(folder, ledger, chosen)
    for name, data in files.items():
        _write(folder / "data" / name, data)
    lines = ledger.lines(withhold=True)
    (folder / "data/records.sdjwt").write_text("".join(lines[i] + "\n" for i in chosen))
    (folder / "data/proofs.jsonl").write_text(_proofs(ledger, chosen))
    (folder / "data/checkpoint").write_text(ledger.note())
    manifest = _manifest(dossier, files)
    plan.manifest(manifest)
    (folder / "data/dossier.json").write_text(json.dumps(manifest))
    bag(folder)
    return dossier


def _issue(plan: Plan, chosen: list[int], files: Mapping[str, bytes]) -> None:
    body = {
        "dossier": ident("dossier"),
        "records": _stated_records([plan.acts[i].jti for i in chosen]),
        "files": _stated_files(files),
        "withheld": len(plan.withhold),
        "language": "fr",
        "recipient": Salted("Tribunal judiciaire"),
        "purpose": "trial",
    }
    plan.add("issued", "dossier.issued/1", body)


def _stated_records(jtis: list[str]) -> Any:
    if len(jtis) < 300:
        return jtis
    return {"count": len(jtis), "digest": digest("\n".join(jtis).encode())}


def _stated_files(files: Mapping[str, bytes]) -> dict[str, Any]:
    lines = [f"{name} {digest(files[name])}" for name in sorted(files)]
    return {"count": len(lines), "digest": digest("\n".join(lines).encode())}


def _facts(plan: Plan) -> list[list[Any]]:
    names = {act.name for act in plan.acts}
    every = [(act.name, path) for act in plan.acts if act.case == "case" for path in REPORTED.get(act.kind, ())] + [
        (act.name, "body.name") for act in plan.acts if act.kind == "officer.enrolled/1"
    ]
    wanted = [
        ("opened", "body.number"),
        ("seizure", "body.place.name"),
        ("seizure", "body.quantity.net_g"),
        ("seizure", "body.persons.0.born"),
        ("seizure", "body.persons.0.name"),
        ("seizure", "body.notes.2"),
        ("release1", "body.reason"),
        ("release1", "body.condition"),
    ]
    return [_fact(plan, name, path) for name, path in dict.fromkeys([*wanted, *every]) if name in names]


def _fact(plan: Plan, name: str, path: str) -> list[Any]:
    value: Any = plan[name].claims(plan.place(name), plan.origin)
    for part in path.split("."):
        value = value.value if isinstance(value, Salted) else value
        value = value[int(part)] if isinstance(value, list) else value[part]
    value = value.value if isinstance(value, Salted) else value
    return [plan[name].jti, path, None if (name, path) in plan.withhold else value]


def _proofs(ledger: Ledger, chosen: list[int]) -> str:
    hashes = ledger.hashes()
    read = subtree_reader(hashes)
    lines = []
    for i in chosen:
        proof = [base64.b64encode(h).decode() for h in inclusion_proof(i, len(hashes), read)]
        lines.append(json.dumps({"index": i, "jti": ledger.plan.acts[i].jti, "hashes": proof}) + "\n")
    return "".join(lines)


def write_consistency(dossier: Dossier, size: int) -> None:
    """Add `data/consistency.json` with the proof from an older size."""
    hashes = dossier.ledger.hashes()
    proof = consistency_proof(size, len(hashes), subtree_reader(hashes))
    rows = [{"size": size, "hashes": [base64.b64encode(h).decode() for h in proof]}]
    (dossier.folder / "data/consistency.json").write_text(json.dumps({"proofs": rows}))
    bag(dossier.folder)


def _listed_exhibits(plan: Plan, files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    holders = {
        "one": "chen",
        "two": "boris",
        "three": "amara",
        **{f"many{n}": "boris" for n in range(len(plan.acts) // 5)},
    }
    return [
        {
            "id": act.body["exhibit"],
            "number": act.body["number"],
            "files": sorted(n for n in files if n.startswith(f"exhibits/{act.body['number'].replace('/', '-')}/")),
            "holder": ident(holders[act.name.removeprefix("exhibit-")]),
        }
        for act in plan.acts
        if act.kind == "exhibit.created/1" and act.case == "case" and act.name.removeprefix("exhibit-") in holders
    ]


def _manifest(dossier: Dossier, files: Mapping[str, bytes]) -> dict[str, Any]:
    plan, ledger = dossier.ledger.plan, dossier.ledger
    exhibits = _listed_exhibits(plan, files)
    count = len(dossier.places)
    return {
        "format": "copes-dossier/1",
        "dossier": ident("dossier"),
        "case": ident("case"),
        "case_number": "EX-2025-000017",
        "origin": plan.origin,
        "practice": plan.practice,
        "language": "fr",
        "records": count,
        "first_index": dossier.places[0],
        "last_index": dossier.places[-1],
        "tree_size": len(ledger.leaves),
        "exhibits": exhibits,
        "files": {name: digest(data) for name, data in files.items()},
        "withheld": withheld_rows(plan, ledger.signed),
        "claims": {
            "signatures": count,
            "inclusion": count,
            "cosigners": list(plan.cosigners),
            "custody": len(exhibits),
        },
    }


def bag(folder: Path) -> None:
    """Make the bag's tag files anew, as a forger who knows BagIt would."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    payload = {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in files if p.relative_to(folder).parts[0] == "data"
    }
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}\n".encode(),
        "manifest-sha256.txt": _sums(payload),
    }
    tags["tagmanifest-sha256.txt"] = _sums(tags)
    for name, data in tags.items():
        (folder / name).write_bytes(data)


def _sums(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{digest(data)}  {name}\n" for name, data in files.items()).encode()


def pdf(facts: list[list[Any]], *, compress: bool = False, text: list[str] | None = None) -> bytes:
    """A small PDF whose XMP carries the facts and whose page shows their values."""
    packed = base64.b64encode(zlib.compress(json.dumps(facts).encode())).decode()
    shown = [str(fact[-1]) for fact in facts if fact[-1] is not None] if text is None else text
    lines = "".join(f"({line.replace('(', '').replace(')', '')}) Tj 0 -14 Td " for line in shown)
    height = max(842, 60 + 14 * len(shown))  # one page, as long as it must be
    content = f"BT /F1 11 Tf 40 {height - 42} Td {lines}ET".encode("latin-1", "replace")
    xmp = (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">'
        f"copes-facts/1 {packed}</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    ).encode()
    extra = b""
    if compress:
        xmp, extra = zlib.compress(xmp), b"/Filter /FlateDecode "
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 %d] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>" % height,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Metadata /Subtype /XML %s/Length %d >>\nstream\n%s\nendstream" % (extra, len(xmp), xmp),
    ]
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    xref = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return out + b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % xref


def zipped(folder: Path, target: Path) -> Path:
    return Path(shutil.make_archive(str(target), "zip", folder.parent, folder.name))
