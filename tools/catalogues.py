r"""The language catalogues: extract, update, fill, compile, check.

    python tools/catalogues.py update            find every string, bring all catalogues up to date
    python tools/catalogues.py missing LANG      what is not translated yet, as JSON {msgid: ""}
    python tools/catalogues.py fill LANG FILE    put translations of such a JSON file into the catalogue
    python tools/catalogues.py compile           write the .mo files that the program reads
    python tools/catalogues.py check             fail on anything missing, fuzzy or malformed

Strings stand in Python (gettext and its relatives), in Django templates, in the labels of YAML code lists and in the
help texts.
Serbian in Latin script is made from Serbian in Cyrillic. In JSON a plural message has the key
"singular|plural" and a list of forms as its value; a message with context has the key "context\u0004message".
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import django
import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "copes"
LOCALE = SOURCE / "locale"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "sr", "sr_Latn")
SLAVIC = "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
PLURALS = {
    "ar": (6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"),
    "en": (2, "(n != 1)"),
    "es": (2, "(n != 1)"),
    "fr": (2, "(n > 1)"),
    "ru": (3, SLAVIC),
    "sr": (3, SLAVIC),
    "sr_Latn": (3, SLAVIC),
}
# Plural forms that stand for one single number may say it in words ("one exhibit", "two exhibits").
SINGLE = {"ar": {0, 1, 2}, "en": {0}, "es": {0}}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%[sd]|</?(\w+)[^>]*>|&(\w+);")
LABEL = re.compile(r"^\s*(?:- )?(?:label|plural|description|title|hint):\s*(?P<text>\S.*)$")

CYRILLIC = dict(
    zip(
        "АБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШабвгдђежзијклмнопрстћуфхцчш",
        "ABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠabvgdđežzijklmnoprstćufhcčš",
        strict=True,
    )
)
DIGRAPHS = {"Љ": "Lj", "Њ": "Nj", "Џ": "Dž", "љ": "lj", "њ": "nj", "џ": "dž"}


def say(text: str) -> None:
    """One line on standard output."""
    sys.stdout.write(f"{text}\n")


def latin(text: str) -> str:
    """Serbian Cyrillic in Latin script; everything that is not Cyrillic stays. Capitals: ЉУБАВ is LJUBAV."""
    out = []
    for place, letter in enumerate(text):
        if letter in DIGRAPHS:
            following = text[place + 1 : place + 2]
            near = following if following.isalpha() else text[place - 1 : place] if place else ""
            shouting = letter.isupper() and near.isupper()
            out.append(DIGRAPHS[letter].upper() if shouting else DIGRAPHS[letter])
        else:
            out.append(CYRILLIC.get(letter, letter))
    return "".join(out)


def _python(path: Path) -> Iterator[tuple[Any, str | None, list[str]]]:
    with path.open("rb") as handle:
        for _line, message, comments, context in extract("python", handle, KEYWORDS, ["Translators:"]):
            yield message, context, comments


def _template(path: Path) -> Iterator[tuple[Any, str | None, list[str]]]:
    python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # What stood around the tags is blanked out; indentation would be read as Python's.
    lines = io.BytesIO("\n".join(line.strip() for line in python.splitlines()).encode())
    for _line, message, comments, context in extract("python", lines, KEYWORDS, ["Translators:"]):
        yield message, context, comments


def _labels(path: Path) -> Iterator[tuple[Any, str | None, list[str]]]:
    if path.parent.name == "help":
        for entry in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).values():
            yield from ((text.strip(), None, []) for text in (entry["title"], *entry["text"]))
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        if (found := LABEL.match(line)) and (text := found["text"].strip()) and not text.startswith("["):
            yield (json.loads(text) if text.startswith('"') else text.strip("'")), None, []


def strings() -> Iterator[tuple[Path, Any, str | None, list[str]]]:
    """Every translatable string of the package with the file it stands in."""
    for path in sorted(SOURCE.rglob("*")):
        reader = None
        if path.suffix == ".py" and "migrations" not in path.parts:
            reader = _python
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            reader = _template
        elif path.suffix in {".yaml", ".yml"} and "data" in path.parts:
            reader = _labels
        if reader is not None:
            for message, context, comments in reader(path):
                if message and message != ("", ""):
                    yield path, message, context, comments


def template_catalogue() -> Catalog:
    """A catalogue of every string, untranslated."""
    catalogue = Catalog(project="OpenCOPES", charset="utf-8")
    for path, message, context, comments in strings():
        place = str(path.relative_to(ROOT))
        catalogue.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return catalogue


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue of a language; empty when there is none yet."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, project="OpenCOPES", charset="utf-8")
    with path.open("rb") as handle:
        return read_po(handle, locale=language, charset="utf-8")


def write(language: str, catalogue: Catalog) -> None:
    """Writes a catalogue, sorted and without dates or line numbers: the same content gives the same file."""
    count, formula = PLURALS[language]
    head = (
        f'msgid ""\nmsgstr ""\n"Project-Id-Version: OpenCOPES\\n"\n"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals={count}; plural={formula};\\n"\n\n'
    )
    body = io.BytesIO()
    write_po(body, catalogue, width=110, omit_header=True, sort_output=True, no_location=True)
    path = _path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + body.getvalue().decode("utf-8").lstrip("\n"), encoding="utf-8")


def _forms(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (list, tuple)) else [message.string or ""]


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _key(message: Message) -> str:
    text = "|".join(message.id) if isinstance(message.id, (list, tuple)) else str(message.id)
    return f"{message.context}\u0004{text}" if message.context else text


def update() -> None:
    """Brings every catalogue up to date; keeps translations, fills English and Serbian in Latin script."""
    template = template_catalogue()
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(deepcopy(template), no_fuzzy_matching=True)
        for message in _messages(catalogue):
            message.flags.discard("fuzzy")
            _size(language, message)
            if language == "en":
                message.string = message.id
        if language == "sr_Latn":
            _transliterate(catalogue, read("sr"))
        write(language, catalogue)
        open_ones = sum(1 for message in _messages(catalogue) if not all(_forms(message)))
        say(f"{language}: {len(_messages(catalogue))} messages, {open_ones} to translate")


def _size(language: str, message: Message) -> None:
    """A plural message has as many forms as its language."""
    if message.pluralizable:
        forms = [form for form in _forms(message) if form is not None]
        count = PLURALS[language][0]
        message.string = tuple((forms + [""] * count)[:count])


def _transliterate(latin_one: Catalog, cyrillic_one: Catalog) -> None:
    for message in _messages(latin_one):
        source = cyrillic_one.get(_identity(message), message.context)
        if source is not None:
            forms = [latin(form) for form in _forms(source)]
            message.string = tuple(forms) if message.pluralizable else forms[0]


def _identity(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (list, tuple)) else message.id


def missing(language: str) -> None:
    """Prints what a language still lacks."""
    lacking: dict[str, Any] = {}
    for message in _messages(read(language)):
        if not all(_forms(message)):
            lacking[_key(message)] = [""] * PLURALS[language][0] if message.pluralizable else ""
    say(json.dumps(lacking, ensure_ascii=False, indent=1))


def fill(language: str, file: str) -> None:
    """Takes translations from a JSON file. Raises SystemExit naming keys that no message has."""
    given: dict[str, Any] = json.loads(Path(file).read_text(encoding="utf-8"))
    catalogue = read(language)
    for message in _messages(catalogue):
        value = given.pop(_key(message), None)
        if value:
            message.string = tuple(value) if isinstance(value, list) else value
    write(language, catalogue)
    if language == "sr":
        update()
    if given:
        raise SystemExit("no such message: " + "; ".join(list(given)[:20]))


def compile_all() -> None:
    """Writes the binary catalogues beside the text ones."""
    for language in LANGUAGES:
        if _path(language).exists():
            with _path(language).with_suffix(".mo").open("wb") as handle:
                write_mo(handle, read(language))


def _placeholders(texts: Iterable[str]) -> set[str]:
    return {found.group(0) for text in texts for found in PLACEHOLDER.finditer(text)}


def problems(language: str, template: Catalog) -> Iterator[str]:
    """Everything wrong with one catalogue, one line each."""
    catalogue = read(language)
    if catalogue.num_plurals != PLURALS[language][0]:
        yield f"{language}: {catalogue.num_plurals} plural forms in the header"
    for wanted in _messages(template):
        message = catalogue.get(_identity(wanted), wanted.context)
        if message is None:
            yield f"{language}: not in the catalogue (run update): {_key(wanted)!r}"
            continue
        yield from (f"{language}: {problem}: {_key(wanted)!r}" for problem in _faults(language, message))
        if message.pluralizable != wanted.pluralizable:
            yield f"{language}: plural in one place, not in the other: {_key(wanted)!r}"
    if language == "sr_Latn":
        yield from _not_the_same(catalogue)


def _faults(language: str, message: Message) -> Iterator[str]:
    forms = _forms(message)
    if message.fuzzy:
        yield "fuzzy"
    if message.pluralizable and len(forms) != PLURALS[language][0]:
        yield f"{len(forms)} plural forms"
    if not all(form.strip() for form in forms):
        yield "not translated"
        return
    originals = list(message.id) if isinstance(message.id, (list, tuple)) else [message.id]
    wanted = _placeholders(originals)
    for place, form in enumerate(forms):
        found = _placeholders([form])
        may_lack = message.pluralizable and place in SINGLE.get(language, ())
        if found - wanted or (wanted - found and not may_lack):
            yield f"placeholders differ: {sorted(wanted ^ found)}"
        if form.endswith("\n") != originals[0].endswith("\n"):
            yield "line end differs"


def _not_the_same(latin_one: Catalog) -> Iterator[str]:
    cyrillic_one = read("sr")
    for message in _messages(latin_one):
        source = cyrillic_one.get(_identity(message), message.context)
        if source is not None and [latin(form) for form in _forms(source)] != _forms(message):
            yield f"sr_Latn: differs from sr (run update): {_key(message)!r}"


def check() -> int:
    """Prints every problem of every catalogue; the number of them."""
    template = template_catalogue()
    count = 0
    for language in LANGUAGES:
        found = list(problems(language, template))
        count += len(found)
        for line in found[:40]:
            say(line)
        if len(found) > 40:
            say(f"{language}: and {len(found) - 40} more")
    say(f"{len(_messages(template))} messages, {count} problems")
    return count


def main(arguments: list[str]) -> int:
    """Runs one command; the exit status."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
        django.setup()
    match arguments:
        case ["update"]:
            update()
        case ["missing", language] if language in LANGUAGES:
            missing(language)
        case ["fill", language, file] if language in LANGUAGES:
            fill(language, file)
        case ["compile"]:
            compile_all()
        case ["check"]:
            return 1 if check() else 0
        case _:
            say(__doc__ or "")
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
