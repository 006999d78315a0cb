"""Photographs: only whole pictures, kept unchanged, shown drawn anew."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from copes.chain.custody import services as custody
from copes.chain.custody.models import Photograph
from copes.foundation.refusals import BadInput, Refusal, Unseen
from copes.foundation.storage.services import read_blob
from tests.chain.making import seized_case


def picture(form="JPEG", size=(640, 480), color="red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_unchanged(officers, client_for, form):
    _, _, (one,) = seized_case(officers.front_line)
    data = picture(form)
    custody.photograph(officers.front_line, exhibit=one, data=data)
    kept = Photograph.objects.get()
    assert read_blob(kept.sha256) == data
    client = client_for(officers.front_line)
    url = f"/custody/exhibits/{one}/photographs/{kept.sha256}/"
    assert client.get(url)["Content-Type"] == "image/jpeg"
    original = client.get(url + "?original")
    assert (original.content, original["Content-Type"]) == (data, "application/octet-stream")
    assert original["Content-Disposition"].startswith("attachment")
    assert client_for(officers.second).get(url).status_code == 404
    assert kept.sha256[:16] in client.get(f"/custody/exhibits/{one}/").content.decode()


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + bytes(50), picture()[:400], b"%PDF-1.7"],
)
def test_what_is_no_picture_is_refused(officers, data):
    _, _, (one,) = seized_case(officers.front_line)
    with pytest.raises(BadInput) as found:
        custody.photograph(officers.front_line, exhibit=one, data=data)
    assert found.value.code == "photograph.unreadable"


def test_a_picture_with_too_many_pixels_is_refused(officers):
    _, _, (one,) = seized_case(officers.front_line)
    with pytest.raises(BadInput) as found:
        custody.photograph(officers.front_line, exhibit=one, data=picture("PNG", (12_000, 11_000)))
    assert found.value.code.startswith("photograph.")


def test_only_the_holder_adds_and_only_once(officers):
    _, _, (one,) = seized_case(officers.front_line)
    data = picture()
    with pytest.raises(Refusal) as found:
        custody.photograph(officers.supervisor, exhibit=one, data=data)
    assert found.value.code == "custody.not_holder"
    with pytest.raises(Unseen):
        custody.photograph(officers.second, exhibit=one, data=data)
    custody.photograph(officers.front_line, exhibit=one, data=data)
    with pytest.raises(BadInput):
        custody.photograph(officers.front_line, exhibit=one, data=data)
    assert hashlib.sha256(data).hexdigest() == Photograph.objects.get().sha256
