"""What the published description (OpenAPI 3.1) says beyond the operations themselves."""

from __future__ import annotations

from typing import Any

from copes.foundation.api.schemas import Problem

TEXT = (
    "Everything the screens of OpenCOPES do, over HTTP. Every act is a signed record in the node's ledger; "
    "its answer states the record's id, place and leaf hash. Refusals are problem answers (RFC 9457) with a stable "
    "code, a reason and a mend. See docs/api/README.md."
)
_WRITES = ("post", "put", "patch", "delete")
_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "schema": {"type": "string", "minLength": 16, "maxLength": 255},
    "description": (
        "A random UUID made for this act. The same key and request get the same answer for 30 days; the act is "
        "recorded once. Optional for requests by browser session."
    ),
}
_PURPOSE = {
    "in": "header",
    "name": "X-Purpose",
    "required": False,
    "schema": {"type": "string", "maxLength": 300},
    "description": "Why the data is read; kept in the read-audit.",
}


def complete(schema: dict[str, Any]) -> None:
    """Adds the problem answer and the common headers to every operation of ``schema``, in place."""
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components = schema["components"].setdefault("schemas", {})
    components.update(problem.pop("$defs", {}))
    components["Problem"] = problem
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            operation["parameters"] = [
                *operation.get("parameters", []),
                _KEY if method in _WRITES else _PURPOSE,
            ]
            operation["responses"]["default"] = {
                "description": "Refused: why, and what to do about it",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }
