"""Every page of the node that an address without a form reaches, found in the address table itself.

A room that gets a new address is visited without anyone adding it here, as long as its parameters are among those
that `things` knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from copes.chain.cases.models import Control
from copes.chain.custody import services as custody
from copes.foundation.journal.queries import records_of_case
from tests import support
from tests.chain.making import cash, item, seized_case

# Machines read these: the API, the ledger's tiles; and doors through which one leaves.
NOT_PAGES = ("api-", "journal:tile", "journal:checkpoint", "journal:vkey", "journal:cosigner_vkey")


@dataclass(frozen=True)
class Visited:
    """A page that answered 200 with HTML: the name of its address, the address, who opened it."""

    name: str
    address: str
    officer: str


def things(officers: support.Officers) -> dict[str, str]:
    """A case in which something happened; a value for each parameter of an address."""
    front, keeper = officers.front_line, officers.custodian
    case, seizure, (one, two) = seized_case(front, item(), cash(front, officers.second))
    (release,) = custody.release(
        front, exhibits=[one], to=keeper.officer, reason="storage", condition="Bag closed", seals="intact"
    )
    return {
        "case": case,
        "case_id": case,
        "control": Control.objects.get(case_id=case).id,
        "seizure": seizure,
        "seizure_id": seizure,
        "exhibit": two,
        "exhibit_id": two,
        "release": release,
        "officer": officers.second.officer,
        "officer_id": officers.second.officer,
        "jti": list(records_of_case(case))[-1].jti,
    }


def addresses(known: dict[str, str]) -> list[tuple[str, str]]:
    """Names and addresses of the whole table whose parameters are known."""
    found = []
    for name, parameters in _patterns(get_resolver()):
        if not name or name.startswith(NOT_PAGES) or not set(parameters) <= set(known):
            continue
        found.append((name, reverse(name, kwargs={one: known[one] for one in parameters})))
    return sorted(set(found))


def _patterns(
    resolver: URLResolver, inside: str = "", around: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in resolver.url_patterns:
        parameters = (*around, *pattern.pattern.converters, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, f"{pattern.namespace}:" if pattern.namespace else inside, parameters)
        elif pattern.name:
            yield f"{inside}{pattern.name}", parameters


def pages_of(acting_name: str, client: Client, known: dict[str, str]) -> list[Visited]:
    """The pages that this browser can open, asked for one by one."""
    pages = []
    for name, address in addresses(known):
        answer = client.get(address, secure=True)
        html = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
        if html and b"<html" in answer.content:  # a piece of a page is looked at where it stands
            pages.append(Visited(name, address, acting_name))
    return pages
