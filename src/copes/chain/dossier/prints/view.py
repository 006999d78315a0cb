"""A record's body as a tree whose leaves know where they come from, with corrections laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from copes.chain.dossier.contents import Contents, Kept

Tree = Any


@dataclass(frozen=True)
class Leaf:
    """One value, with the record and the path it comes from; ``corrected`` when a later record states it."""

    value: Any
    jti: str
    path: str
    corrected: bool = False


def view(kept: Kept, corrections: Sequence[Kept] = ()) -> dict[str, Tree]:
    """The body of a record: objects and lists of leaves; withheld fields stand as leaves without a value."""
    tree: dict[str, Tree] = _leaves(kept.body, kept.jti, "body")
    for hidden in kept.hidden:
        _put(tree, hidden.path, Leaf(None, kept.jti, hidden.path))
    for correction in corrections:
        for place, leaf in _corrected(correction):
            _put(tree, place, leaf)
    return tree


def views(contents: Contents, *kinds: str) -> list[tuple[Kept, dict[str, Tree]]]:
    """The case's records of some kinds with their corrections laid over."""
    corrections: dict[str, list[Kept]] = {}
    for correction in contents.of_kind("correction.recorded/1"):
        corrections.setdefault(correction.claims.get("corrects", ""), []).append(correction)
    return [(kept, view(kept, corrections.get(kept.jti, ()))) for kept in contents.of_kind(*kinds)]


def _leaves(value: Any, jti: str, path: str) -> Tree:
    if isinstance(value, dict):
        return {name: _leaves(item, jti, f"{path}.{name}") for name, item in value.items()}
    if isinstance(value, list):
        return [_leaves(item, jti, f"{path}.{place}") for place, item in enumerate(value)]
    return Leaf(value, jti, path)


def _corrected(correction: Kept) -> Iterable[tuple[str, Leaf]]:
    hidden = {one.path for one in correction.hidden}
    for number, field in enumerate(correction.body.get("fields", ())):
        salted = f"body.fields.{number}.salted_value"
        if "salted_value" in field or salted in hidden:
            yield field["path"], Leaf(field.get("salted_value"), correction.jti, salted, corrected=True)
        else:
            path = f"body.fields.{number}.value"
            yield field["path"], Leaf(field.get("value"), correction.jti, path, corrected=True)


def _put(tree: Tree, path: str, leaf: Leaf) -> None:
    """Puts a leaf at a path such as ``body.persons.0.name``, making objects where there are none."""
    *steps, last = path.split(".")[1:] or [""]
    if not last:
        return
    for step in steps:
        if isinstance(tree, list):
            if not step.isdigit() or int(step) >= len(tree):
                return
            tree = tree[int(step)]
        elif isinstance(tree, dict):
            tree = tree.setdefault(step, {})
        else:
            return
    if isinstance(tree, dict):
        tree[last] = leaf
    elif isinstance(tree, list) and last.isdigit() and int(last) < len(tree):
        tree[int(last)] = leaf


def get(tree: Tree, path: str) -> Leaf | None:
    """The leaf at a path below the body (``place.name``), or None."""
    for step in path.split("."):
        if isinstance(tree, dict):
            tree = tree.get(step)
        elif isinstance(tree, list) and step.isdigit() and int(step) < len(tree):
            tree = tree[int(step)]
        else:
            return None if not isinstance(tree, Leaf) else tree
    return tree if isinstance(tree, Leaf) else None
