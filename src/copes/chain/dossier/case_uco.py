"""The dossier as CASE 1.5 / UCO JSON-LD, for tools that exchange cyber-investigation data.

One ``Investigation``; an ``InvestigativeAction`` for each control, seizure, detention, release, receipt,
refusal and cancellation, with performer, time, place and what it was done to; a ``ProvenanceRecord`` for
each exhibit with its files and their SHA-256. Names that the dossier withholds are not in it. Checked with
``case_validate``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from copes.chain.dossier.contents import Contents, Kept

CONTEXT = {
    "kb": "",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-location": "https://ontology.unifiedcyberontology.org/uco/location/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# Names of actions are English here: the file is read by programs, and the records' kinds are the reference.
ACTIONS = {
    "control.recorded/1": "control",
    "seizure.recorded/1": "seized",
    "detention.recorded/1": "detained",
    "custody.released/1": "released from custody",
    "custody.received/1": "received into custody",
    "custody.declined/1": "receipt declined",
    "custody.cancelled/1": "release cancelled",
}


@dataclass(frozen=True)
class ExhibitFile:
    """A file of an exhibit as it lies in the bag."""

    path: str
    sha256: str
    size: int


@dataclass
class _Graph:
    contents: Contents
    nodes: list[dict[str, Any]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, name: str, members: Mapping[str, Any] | None = None) -> str:
        """Adds a node and returns its id; members whose value is None or empty are left out."""
        identifier = _id(name)
        stated = {label: value for label, value in (members or {}).items() if value not in (None, "", [])}
        self.nodes.append({"@id": identifier, "@type": kind, **stated})
        if not kind.endswith(("Facet", ":Hash")):
            self.ids.append(identifier)
        return identifier


def _id(name: str) -> str:
    """The id of a node: UCO asks for a UUID of RFC 4122 at its end, and records' ids are of version 7."""
    return f"kb:{name.partition(' ')[0]}-{uuid5(NAMESPACE_URL, name)}"


def _ref(identifiers: Iterable[str]) -> list[dict[str, str]]:
    return [{"@id": identifier} for identifier in identifiers]


def _time(text: str | None) -> dict[str, str] | None:
    return {"@type": "xsd:dateTime", "@value": text} if text else None


def export(contents: Contents, origin: str, files: Mapping[str, Sequence[ExhibitFile]]) -> bytes:
    """The JSON-LD of a dossier. ``files`` by exhibit id. The same contents give the same bytes."""
    graph = _Graph(contents)
    _people(graph)
    _exhibits(graph, files)
    _actions(graph)
    _investigation(graph)
    context = {**CONTEXT, "kb": f"https://{origin}/id/"}
    document = {"@context": context, "@graph": graph.nodes}
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def _people(graph: _Graph) -> None:
    for kept in graph.contents.kept:
        body = kept.body
        if kept.record.kind == "agency.registered/1":
            graph.add("uco-identity:Organization", f"agency {body['agency']}", {"uco-core:name": body.get("name")})
        elif kept.record.kind == "officer.enrolled/1":
            graph.add(
                "uco-identity:Person",
                f"officer {body['officer']}",
                {
                    "uco-core:name": body.get("name"),
                    "uco-core:description": None if body.get("name") else "name withheld",
                },
            )
    known = set(graph.ids)
    for officer in sorted(graph.contents.people):
        if _id(f"officer {officer}") not in known:
            graph.add("uco-identity:Person", f"officer {officer}")


def _exhibits(graph: _Graph, files: Mapping[str, Sequence[ExhibitFile]]) -> None:
    for kept in graph.contents.of_kind("exhibit.created/1"):
        body = kept.body
        exhibit = body["exhibit"]
        item = graph.add(
            "uco-core:Item",
            f"item {exhibit}",
            {
                "uco-core:name": body["number"],
                "uco-core:description": body.get("description"),
            },
        )
        held = [_file(graph, one) for one in files.get(exhibit, ())]
        graph.add(
            "case-investigation:ProvenanceRecord",
            f"provenance {exhibit}",
            {
                "uco-core:description": f"record {kept.jti}",
                "case-investigation:exhibitNumber": body["number"],
                "uco-core:object": _ref([item, *held]),
            },
        )


def _file(graph: _Graph, one: ExhibitFile) -> str:
    name = f"file {one.path}"
    digest = graph.add(
        "uco-types:Hash",
        f"hash {name}",
        {
            "uco-types:hashMethod": "SHA256",
            "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": one.sha256.upper()},
        },
    )
    facet = graph.add(
        "uco-observable:FileFacet",
        f"facet {name}",
        {
            "uco-observable:fileName": one.path.rpartition("/")[2],
            "uco-observable:filePath": f"data/{one.path}",
            "uco-observable:sizeInBytes": one.size,
        },
    )
    content = graph.add(
        "uco-observable:ContentDataFacet",
        f"content {name}",
        {
            "uco-observable:hash": _ref([digest]),
            "uco-observable:sizeInBytes": one.size,
        },
    )
    return graph.add("uco-observable:File", name, {"uco-core:hasFacet": _ref([facet, content])})


def _actions(graph: _Graph) -> None:
    made: set[str] = set()
    known = set(graph.ids)
    seized: dict[str, list[str]] = {}
    for kept in graph.contents.of_kind("exhibit.created/1"):
        seized.setdefault(kept.body.get("seizure", ""), []).append(kept.body["exhibit"])
    for kept in graph.contents.of_kind(*ACTIONS):
        exhibits = kept.body.get("exhibits") or seized.get(kept.body.get("seizure", "-"), [])
        before = [jti for jti in (kept.body.get("release"), *kept.claims.get("rests_on", ())) if jti in made]
        members = _action(kept, exhibits)
        members["uco-action:location"] = _place(graph, kept)
        receiver = _id(f"officer {kept.body.get('released_to')}")
        members["uco-action:participant"] = _ref([receiver] if receiver in known else [])
        members["case-investigation:wasInformedBy"] = _ref(_id(f"action {jti}") for jti in dict.fromkeys(before))
        graph.add("case-investigation:InvestigativeAction", f"action {kept.jti}", members)
        made.add(kept.jti)


def _action(kept: Kept, exhibits: Sequence[str]) -> dict[str, Any]:
    body, officer = kept.body, kept.claims["actor"].get("officer")
    return {
        "uco-core:name": ACTIONS[kept.record.kind],
        "uco-core:description": f"record {kept.jti}, {kept.record.kind}",
        "uco-action:performer": {"@id": _id(f"officer {officer}")} if officer else None,
        "uco-action:startTime": _time(body.get("started_at") or kept.claims["occurred_at"]),
        "uco-action:endTime": _time(body.get("ended_at") or body.get("closed_at")),
        "uco-action:object": _ref(_id(f"provenance {exhibit}") for exhibit in exhibits),
    }


def _place(graph: _Graph, kept: Kept) -> list[dict[str, str]]:
    place = kept.body.get("place")
    if not isinstance(place, dict) or not place.get("name"):
        return []
    key = json.dumps(place, sort_keys=True)
    if key not in graph.places:
        facets = []
        if place.get("latitude") and place.get("longitude"):
            facets.append(
                graph.add(
                    "uco-location:LatLongCoordinatesFacet",
                    f"coordinates {kept.jti}",
                    {
                        "uco-location:latitude": {"@type": "xsd:decimal", "@value": str(place["latitude"])},
                        "uco-location:longitude": {"@type": "xsd:decimal", "@value": str(place["longitude"])},
                    },
                )
            )
        graph.places[key] = graph.add(
            "uco-location:Location",
            f"place {kept.jti}",
            {
                "uco-core:name": place["name"],
                "uco-core:hasFacet": _ref(facets),
            },
        )
    return _ref([graph.places[key]])


def _investigation(graph: _Graph) -> None:
    opened = graph.contents.of_kind("case.opened/1")
    body = opened[0].body if opened else {}
    graph.add(
        "case-investigation:Investigation",
        f"investigation {graph.contents.case}",
        {
            "uco-core:name": body.get("number"),
            "uco-core:description": body.get("title"),
            "case-investigation:focus": body.get("suspected_offence"),
            "uco-core:startTime": _time(opened[0].claims["occurred_at"] if opened else None),
            "uco-core:object": _ref(graph.ids),
        },
    )
