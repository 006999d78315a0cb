"""The agency's own look: templates, branding and logo in the node's folder ``prints/``, laid over the shipped ones.

What lies there is tried for every print. Nothing else is printed in its place when it fails: the print is refused and
the refusal names the file and the line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from copes.chain.dossier.prints.branding import PLAIN, Branding, parse_branding
from copes.foundation.config.current import current_node
from copes.foundation.refusals import Refusal

SHIPPED = Path(__file__).resolve().parents[3] / "data" / "prints"
BRANDING = "branding.toml"
MOST_TEMPLATE = 200_000  # bytes of one template
MOST_LOGO = 500_000  # bytes of the logo
_WORDS = re.compile(r"\b(?:import|include|eval|plugin)\b[^\n]*")
_IMPORT = re.compile(r'(?:import|include) "([a-z]+\.typ)"')
_REACHES_OUT = re.compile(
    rb"<!|<script|<foreignObject|<image|(?:href|src)\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)", re.IGNORECASE
)


@dataclass(frozen=True)
class House:
    """What is in force: every template by name, which of them the agency changed, its branding and its logo."""

    files: Mapping[str, bytes]
    changed: Mapping[str, str]
    branding: Branding
    logo: tuple[str, bytes] | None = None
    stated: str | None = None  # the SHA-256 that print.issued/1 carries; None when the agency changed nothing

    def without_changes(self) -> House:
        """The shipped templates under the same branding."""
        return House(shipped(), {}, self.branding, self.logo, self.stated)


def names() -> list[str]:
    """The names of the shipped templates."""
    return sorted(path.stem for path in SHIPPED.glob("*.typ"))


def shipped() -> dict[str, bytes]:
    """The shipped templates by name."""
    return {name: (SHIPPED / f"{name}.typ").read_bytes() for name in names()}


def own_folder() -> Path:
    """The node's folder for templates and branding; it need not be there."""
    return current_node().home / "prints"


def house() -> House:
    """What is in force on this node now. Raises Refusal when a file of the agency cannot be used."""
    folder = own_folder()
    if not folder.is_dir():
        return House(shipped(), {}, PLAIN)
    files, changed = shipped(), {}
    for path in sorted(folder.glob("*.typ")):
        source = _bounded(path, MOST_TEMPLATE)
        if path.stem not in files:
            raise spoilt(path.name, 0, str(_("no print has a template of this name; see `copes prints list`")))
        _check_source(path.name, source)
        if source != files[path.stem]:
            files[path.stem] = source
            changed[path.stem] = hashlib.sha256(source).hexdigest()
    branding, logo, more = _branded(folder)
    lines = [f"{name}.typ {digest}" for name, digest in changed.items()] + more
    stated = hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest() if lines else None
    return House(files, changed, branding, logo, stated)


def _branded(folder: Path) -> tuple[Branding, tuple[str, bytes] | None, list[str]]:
    path = folder / BRANDING
    if not path.is_file():
        return PLAIN, None, []
    data = _bounded(path, MOST_TEMPLATE)
    lines = [f"{BRANDING} {hashlib.sha256(data).hexdigest()}"]
    branding = parse_branding(data, spoilt)
    if branding.logo is None:
        return branding, None, lines
    picture = _bounded(folder / branding.logo, MOST_LOGO)
    _check_logo(branding.logo, picture)
    lines.append(f"{branding.logo} {hashlib.sha256(picture).hexdigest()}")
    return branding, (branding.logo, picture), lines


def _bounded(path: Path, most: int) -> bytes:
    """The bytes of a file of the agency: a plain file of at most ``most`` bytes, and no link to elsewhere."""
    if path.is_symlink() or not path.is_file():
        raise spoilt(path.name, 0, str(_("it is not there, or it is not a plain file")))
    if path.stat().st_size > most:
        raise spoilt(path.name, 0, str(_("it is larger than %(most)d bytes") % {"most": most}))
    return path.read_bytes()


def _check_source(name: str, source: bytes) -> None:
    """A template imports its neighbours and nothing else: no packages from a network, no programs, no made-up code."""
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise spoilt(name, 0, str(_("it is not UTF-8 text"))) from error
    for number, line in enumerate(text.splitlines(), start=1):
        for found in _WORDS.finditer(line.partition("//")[0] if line.lstrip().startswith("//") else line):
            wanted = _IMPORT.match(found[0])
            if wanted is None or wanted[1].removesuffix(".typ") not in names():
                raise spoilt(name, number, str(_("a template imports only the other templates by their names")))


def _check_logo(name: str, picture: bytes) -> None:
    if name.endswith(".png"):
        if not picture.startswith(b"\x89PNG\r\n\x1a\n"):
            raise spoilt(name, 0, str(_("it is not a PNG picture")))
    elif b"<svg" not in picture or _REACHES_OUT.search(picture):
        raise spoilt(name, 0, str(_("it is not an SVG picture that stands alone: no links, scripts or pictures in it")))


def spoilt(name: str, line: int, why: str) -> Refusal:
    """The refusal to print with a file of the agency; ``line`` 0 when no line is to blame."""
    reason = _("The agency's file prints/%(file)s cannot be used: %(why)s.")
    if line:
        reason = _("The agency's file prints/%(file)s cannot be used: line %(line)d: %(why)s.")
    return Refusal(
        "print.template",
        reason % {"file": name, "line": line, "why": why.rstrip(".")},
        _("Nothing was printed. Ask the administrator to mend the file; `copes prints check` tries every print."),
    )
