"""Charts as files: SVG that stands by itself, PNG drawn by the server, CSV after RFC 4180. No network, no browser."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import typst
from django.utils import timezone
from django.utils.translation import get_language_bidi, gettext

from copes.chain.dossier.prints.coverage import FONTS
from copes.foundation.config.current import current_node
from copes.foundation.refusals import Unseen
from copes.insight.statistics import numbers
from copes.insight.statistics.board import WIDE, Chart, charts_of, period_name
from copes.insight.statistics.charts import Frame
from copes.insight.statistics.drawing import FONT, MAIN, PAPER, element, shortened, words
from copes.insight.statistics.filters import Filters
from copes.insight.statistics.queries import Sums

EDGE = 24
PAGE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("chart.svg")\n'
# The bundled fonts have no glyph for these.
DRAWN_AS = str.maketrans({"\N{MINUS SIGN}": "–", "≈": "~", "\N{NARROW NO-BREAK SPACE}": "\u00a0"})

_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Caption:
    """What stands above and beneath an exported chart."""

    title: str
    period: str
    lines: tuple[str, ...]
    practice: str


def caption(chart: Chart, sums: Sums) -> Caption:
    """Title, period, filters, source and moment; and the PRACTICE mark on a practice node."""
    node, filters = current_node(), sums.filters
    if filters.start is None or filters.end is None:
        raise ValueError("the period is open")
    period = period_name(filters.start, filters.end)
    lines = [gettext("Period: %(period)s") % {"period": period}]
    lines += [f"{label}: {value}" for label, value in filter_words(filters)]
    now = timezone.localtime(timezone.now())
    source = {"agency": node.agency_name, "origin": node.origin, "at": f"{now:%Y-%m-%d %H:%M %Z}"}
    lines.append(gettext("Source: ledger of %(agency)s (%(origin)s), %(at)s") % source)
    lines += [gettext("Imported from: %(source)s") % {"source": name} for name in sums.sources]
    if chart.left_out:
        left = {"number": numbers.number(chart.left_out)}
        lines.append(gettext("Not in the picture: %(number)s more; the CSV file has them all") % left)
    if sums.behind:
        lines.append(gettext("Not yet counted: %(number)s records") % {"number": numbers.number(sums.behind)})
    practice = gettext("PRACTICE – nothing here is evidence") if node.practice else ""
    return Caption(chart.title, period, tuple(lines), practice)


def filter_words(filters: Filters) -> list[tuple[str, str]]:
    """The filters in words, period apart."""
    from copes.insight.statistics.board import COLUMNS

    return [(str(COLUMNS[name]), numbers.value_name(name, value)) for name, value in filters.values.items()]


def svg_file(chart: Chart, sums: Sums) -> bytes:
    """The chart as an SVG file with everything in it."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + _svg(chart, caption(chart, sums)).encode("utf-8")


def _svg(chart: Chart, said: Caption) -> str:
    isolated = Frame("", "", "", mirrored=get_language_bidi()).said
    width, mirrored = WIDE + 2 * EDGE, get_language_bidi()
    x, anchor = (width - EDGE, "end") if mirrored else (EDGE, "start")
    inner = chart.svg(WIDE, "-x")
    height = float(inner.split(' height="', 1)[1].split('"', 1)[0])
    top = 44 + (28 if said.practice else 0)
    parts = [element("rect", width=width, height=0, fill=PAPER)]
    if said.practice:
        parts.append(element("rect", x=0, y=0, width=width, height=28, fill="#ffb703"))
        parts.append(words(width / 2, 20, said.practice, anchor="middle", bold=True))
    parts.append(words(x, top - 12, isolated(shortened(said.title, WIDE, 16)), anchor=anchor, size=18, bold=True))
    parts.append(inner.replace("<svg ", f'<svg x="{EDGE}" y="{top + 8}" ', 1))
    y = top + height + 34
    for line in said.lines:
        parts.append(words(x, y, isolated(shortened(line, WIDE, 12)), anchor=anchor, size=12))
        y += 18
    ground = element("rect", width=width, height=y, fill=PAPER)
    body = "".join([ground, *parts[1:]])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y:.0f}" width="{width}" height="{y:.0f}" '
        f'font-family="{FONT}" color="{MAIN}" direction="ltr">{body}</svg>\n'
    )


def png_file(chart: Chart, sums: Sums) -> bytes:
    """The same picture as a PNG at twice its size, set with the bundled fonts."""
    drawn = _svg(chart, caption(chart, sums)).translate(DRAWN_AS).encode("utf-8")
    with _one_at_a_time:
        png = _compiler().compile(
            input=cast("Any", {"main.typ": PAGE, "chart.svg": drawn}),  # the stubs do not know mappings of bytes
            format="png",
            ppi=192.0,
        )
    if not isinstance(png, bytes):
        raise TypeError("typst gave no single picture")
    return png


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)


def csv_file(chart: Chart, sums: Sums) -> bytes:
    """The table as CSV (RFC 4180: commas, CRLF, quotes doubled), UTF-8 with a byte order mark for spreadsheets.

    Numbers are plain and exact, with a point; each unit has a column of its own, named in the header. What is hidden
    says why in place of the number.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    for line in _lines(chart, caption(chart, sums)):
        table.writerow([_safe(cell) for cell in line])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _lines(chart: Chart, said: Caption) -> Sequence[Sequence[str]]:
    """Head and rows; period and source stand in every row, so that no row is ever without them."""
    tail = [said.period, " | ".join(line for line in (*said.lines[1:], said.practice) if line)]
    last = [gettext("Period"), gettext("Source")]
    if chart.layers:
        rows = [[row.code, *map(str, row.layers), *tail] for row in chart.rows]
        return [[chart.column, *chart.layers, *last], *rows]
    units = sorted({unit for row in (*chart.rows, *chart.more) for unit in row.figure.amounts})
    measured = [f"{numbers.unit_name(unit)} ({numbers.SIGNS.get(unit, unit)})" for unit in units]
    lines = [[chart.column, chart.counted, gettext("Exhibits"), *measured, *last]]
    for row in (*chart.rows, *chart.more):
        if row.hidden:
            lines.append([row.code or row.label, *[row.hidden] * (2 + len(units)), *tail])
            continue
        amounts = [format(row.figure.amounts[unit], "f") if unit in row.figure.amounts else "" for unit in units]
        lines.append([row.code or row.label, str(row.figure.seizures), str(row.figure.exhibits), *amounts, *tail])
    return lines


def _safe(cell: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe (CWE-1236)."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(".", "", 1).isdecimal()


FORMATS = {
    "svg": (svg_file, "image/svg+xml"),
    "png": (png_file, "image/png"),
    "csv": (csv_file, "text/csv; charset=utf-8"),
}


def exported(found: Sums, chart: str, form: str) -> tuple[str, bytes, str]:
    """Name, content and media type of one chart as a file. Raises Unseen for a chart or form there is not."""
    chosen = next((one for one in charts_of(found) if one.name == chart), None)
    if chosen is None or form not in FORMATS:
        raise Unseen(
            "statistics.chart", gettext("There is no such chart."), gettext("Choose one of the dashboard's charts.")
        )
    make, media_type = FORMATS[form]
    start, end = found.filters.start, found.filters.end
    return f"{chart}-{start:%Y-%m}-{end:%Y-%m}.{form}", make(chosen, found), media_type
