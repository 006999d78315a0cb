"""Identity providers from node.toml (`[[oidc]]`), as django-allauth's openid_connect provider wants them."""

from __future__ import annotations

from typing import Any

from copes.foundation.config.node import Node
from copes.foundation.config.secrets import read_secret


def providers(node: Node | None) -> list[dict[str, Any]]:
    """The identity providers of a node, with their secrets.

    Raises ValueError for an issuer without TLS on a node that is not for practice (OpenID Connect Core 1.0
    section 16.17), and for two providers of one id.
    """
    if node is None:
        return []
    if len({one.id for one in node.oidc}) != len(node.oidc):
        raise ValueError("node.toml: every [[oidc]] needs an id of its own")
    for one in node.oidc:
        if not one.issuer.startswith("https://") and not node.practice:
            raise ValueError(f"node.toml: [[oidc]] {one.id}: the issuer must begin with https://")
    return [
        {
            "provider_id": one.id,
            "name": one.name,
            "client_id": one.client_id,
            "secret": read_secret(node.secrets / f"oidc-{one.id}.key"),
            "settings": {
                "server_url": one.issuer,
                "oauth_pkce_enabled": True,
                "fetch_userinfo": False,
                "scope": ["openid"],
            },
        }
        for one in node.oidc
    ]
