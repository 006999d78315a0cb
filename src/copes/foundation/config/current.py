"""The node this process serves."""

from __future__ import annotations

from django.conf import settings

from copes.foundation.config.node import Node, NodeMissingError


def current_node() -> Node:
    """The node of this process. Raises NodeMissingError when the process has none."""
    found = getattr(settings, "COPES_NODE", None)
    if not isinstance(found, Node):
        raise NodeMissingError("this process has no node: run `copes init`, or set COPES_HOME to the node's folder")
    return found
