"""Every page of the chain in the browser: nothing for axe to find, nothing wider than a telephone."""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from PIL import Image

from copes.chain.custody import services as custody
from tests.browser.conftest import Site, fits
from tests.chain.making import cash, item, seized_case

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("COPES_TEST_PICTURES", "")


@pytest.fixture
def pages(site: Site) -> dict[str, str]:
    """A case in which much has happened, and the address of every page of the chain."""
    cache.clear()
    front, keeper = site.officers.front_line, site.officers.custodian
    seal = f"S-{secrets.token_hex(3)}"
    case, seizure, (one, two, three) = seized_case(
        front, item(seal=seal), cash(front, site.officers.second), item(description="Lorry", category="vehicle")
    )
    (jti,) = custody.release(
        front, exhibits=[one], to=keeper.officer, reason="storage", condition="Bag closed", seals="intact"
    )
    custody.receive(keeper, release=jti, exhibits=[one], condition="A corner is dented", seals="intact")
    custody.check_seal(keeper, exhibit=one, seal=seal, intact=True)
    custody.release(keeper, exhibits=[one], to=front.officer, reason="court", condition="As received")
    out = io.BytesIO()
    Image.effect_noise((400, 300), 60).save(out, "JPEG")
    custody.photograph(front, exhibit=two, data=out.getvalue())
    (mine,) = custody.release(
        front, exhibits=[two], to=site.officers.examiner.officer, reason="laboratory", condition="Sealed bag"
    )
    from copes.chain.cases.models import Control
    from copes.chain.custody.models import Exhibit

    control = Control.objects.get(case_id=case).id
    incoming = Exhibit.objects.get(id=one).release_id
    return {
        "desk": "/",
        "cases": "/cases/",
        "case_new": "/cases/new/",
        "case": f"/cases/{case}/",
        "timeline": f"/cases/{case}/timeline/",
        "grant": f"/cases/{case}/access/",
        "note": f"/cases/{case}/note/",
        "control": f"/cases/{case}/controls/{control}/",
        "control_new": f"/cases/{case}/control/",
        "control_correct": f"/cases/{case}/controls/{control}/correct/",
        "control_end": f"/cases/{case}/controls/{control}/end/",
        "seizure": f"/seizures/{seizure}/",
        "seizure_new": f"/seizures/case/{case}/new/",
        "seizure_correct": f"/seizures/{seizure}/correct/",
        "import": f"/seizures/case/{case}/import/",
        "exhibits": "/custody/exhibits/",
        "exhibit": f"/custody/exhibits/{one}/",
        "exhibit_cash": f"/custody/exhibits/{two}/",
        "exhibit_correct": f"/custody/exhibits/{three}/correct/",
        "photograph": f"/custody/exhibits/{three}/photograph/",
        "seal": f"/custody/exhibits/{three}/seal/",
        "custody_desk": "/custody/desk/",
        "release": f"/custody/release/?exhibit={three}",
        "open_release": f"/custody/releases/{mine}/",
        "receive": f"/custody/releases/{incoming}/receive/",
    }


@pytest.mark.parametrize(("language", "size"), [("en", "desk"), ("ar", "phone"), ("fr", "phone"), ("ar", "desk")])
def test_every_page_is_accessible_and_fits(
    open_page: Callable[..., Any], axe: Any, pages: dict[str, str], language: str, size: str
) -> None:
    page = open_page(language=language, size=size, officer="front_line")
    for name, address in pages.items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, name
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"{name}-{language}-{size}.png"), full_page=True)
        axe(page)
        fits(page)
