"""Replaying a practice case: every step through the service that its screen uses."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

from PIL import Image, ImageDraw

from copes.chain.cases.services import add_note, grant_access, open_case, record_control
from copes.chain.custody.models import Exhibit
from copes.chain.custody.services import photograph, receive, release
from copes.chain.seizures.services import record_seizure
from copes.foundation.journal.acting import Acting

Staff = Mapping[str, Acting]


@dataclass(frozen=True)
class Replayed:
    """A case that was replayed."""

    id: str
    title: str
    exhibits: int


def practice_cases() -> list[dict[str, Any]]:
    """The practice cases that come with OpenCOPES, in order."""
    folder = resources.files("copes.data") / "demo"
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".json")), key=lambda item: item.name)
    return [json.loads(item.read_text(encoding="utf-8")) for item in files]


def replay_case(script: Mapping[str, Any], staff: Staff) -> Replayed:
    """Opens the case and replays control, seizure, photographs, custody and the note that names the sources."""
    first = staff["front_line"]
    case = open_case(
        first,
        title=script["title"],
        suspected_offence=script["suspected_offence"],
        occurred_at=_at(script["opened_at"]),
    ).id
    officers = [first.officer, staff["second"].officer]
    control = record_control(first, case=case, facts={**script["control"], "officers": officers}).id
    for name in ("second", "investigator", "legal"):
        grant_access(first, case=case, officer=staff[name].officer, reason="Works on this practice case")
    exhibits = _seize(script["seizure"], staff, case, control)
    for step in script["custody"]:
        _hand_over(step, staff, exhibits)
    add_note(first, case=case, text=_sources(script))
    return Replayed(case, script["title"], len(exhibits))


def _seize(script: Mapping[str, Any], staff: Staff, case: str, control: str) -> list[str]:
    first, officers = staff["front_line"], [staff["front_line"].officer, staff["second"].officer]
    items = [_counted(item, officers) for item in script["items"]]
    record_seizure(
        first,
        case=case,
        occurred_at=_at(script["occurred_at"]),
        facts={**script["facts"], "control": control, "officers": officers},
        items=items,
        act=script["act"],
    )
    exhibits = list(Exhibit.objects.filter(case_id=case).order_by("ordinal").values_list("id", flat=True))
    for place, caption in script["photographs"].items():
        photograph(first, exhibit=exhibits[int(place)], data=_picture(caption))
    return exhibits


def _counted(item: Mapping[str, Any], officers: list[str]) -> dict[str, Any]:
    if "cash" not in item:
        return dict(item)
    return {**item, "cash": {**item["cash"], "counters": officers}}


def _hand_over(step: Mapping[str, Any], staff: Staff, exhibits: list[str]) -> None:
    chosen = [exhibits[place] for place in step["exhibits"]]
    (made,) = release(
        staff[step["from"]],
        exhibits=chosen,
        to=staff[step["to"]].officer,
        reason=step["reason"],
        condition=step["condition"],
        seals="intact",
        occurred_at=_at(step["released_at"]),
    )
    if step["received_at"]:
        receive(
            staff[step["to"]],
            release=made,
            exhibits=chosen,
            condition=step["received_condition"],
            seals="intact",
            occurred_at=_at(step["received_at"]),
        )


def _sources(script: Mapping[str, Any]) -> str:
    lines = ["Practice case. Facts from published sources:", *(f"- {source}" for source in script["sources"])]
    lines += [
        "Invented, because no source gives it:",
        *(f"- {item}" for item in script["invented"]),
        script["note"],
    ]
    return "\n".join(lines)


def _picture(caption: str) -> bytes:
    """A picture that says what a photograph would show, and that it is none."""
    image = Image.new("RGB", (960, 640), "#dfe7ee")
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, 920, 600), outline="#12324d", width=6)
    draw.text((80, 80), "PRACTICE", fill="#a4262c", font_size=64)
    draw.text((80, 280), caption, fill="#12324d", font_size=40)
    draw.text((80, 520), "drawn for practice, not a photograph", fill="#44586a", font_size=28)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
