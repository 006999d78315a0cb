"""A thumb that records, and counts what it does (the times are explained in test_recording.py)."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

K, P, M = 0.28, 1.10, 1.35
TAP, FIELD = 1.5, 3.0
PHONE = {"has_touch": True, "is_mobile": True}
NEW = "/cases/control/new/"
OFFLINE = ("ERR_INTERNET_DISCONNECTED",)


@dataclass
class Thumb:
    """One thumb at work on a page, counting what it does."""

    page: Any
    taps: int = 0
    fields: list[str] = field(default_factory=list)
    looks: int = 0

    def tap(self, selector: str) -> None:
        self.taps += 1
        self.page.locator(selector).locator("visible=true").first.tap()

    def choose(self, selector: str, value: str) -> None:
        """A choice opens on a tap and closes on another."""
        self.taps += 2
        self.page.locator(selector).locator("visible=true").last.select_option(value)

    def write(self, selector: str, text: str) -> None:
        self.fields.append(text)
        self.page.locator(selector).locator("visible=true").last.tap()
        self.page.keyboard.type(text)

    def write_on(self, text: str) -> None:
        """Into the field that has the focus already."""
        self.fields.append(text)
        self.page.keyboard.type(text)

    def shoot(self, selector: str, picture: bytes, name: str) -> None:
        """Opening the camera, its shutter, and taking the picture over."""
        self.taps += 3
        sent = {"name": name, "mimeType": "image/jpeg", "buffer": picture}
        self.page.locator(selector).locator("visible=true").last.set_input_files([sent])

    def next(self) -> None:
        self.looks += 1
        self.tap("[data-next]")

    @property
    def simple(self) -> float:
        return self.taps * TAP + len(self.fields) * FIELD

    @property
    def modelled(self) -> float:
        signs = sum(len(text) for text in self.fields)
        return (self.taps + len(self.fields)) * (P + K) + signs * K + (len(self.fields) + self.looks + 1) * M


def picture(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (shade, 90, 200 - shade)).save(out, "JPEG")
    return out.getvalue()


def ready(page: Any) -> None:
    page.wait_for_selector("form[data-record][data-ready]")


def first_control(page: Any) -> None:
    """An officer's very first control: nothing is known of their places and powers yet."""
    page.goto(NEW)
    if page.locator("button[value=discard]").count():
        page.click("button[value=discard]")
    ready(page)
    thumb = Thumb(page)
    thumb.write("[name=place__name]", "Batrovci")
    thumb.choose("[name=place__country]", "RS")
    thumb.next()
    thumb.next()
    thumb.tap("[data-add-to=grounds]")
    thumb.write("[name=legal_power__text]", "Right to search vehicles")
    thumb.next()
    thumb.tap("button[value=record]")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/$"))
