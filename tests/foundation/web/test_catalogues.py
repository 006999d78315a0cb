"""Seven complete catalogues, and a tool that would notice if they were not."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

TOOL = Path(__file__).parents[3] / "tools" / "catalogues.py"
spec = importlib.util.spec_from_file_location("catalogues", TOOL)
assert spec is not None
assert spec.loader is not None
catalogues = importlib.util.module_from_spec(spec)
spec.loader.exec_module(catalogues)


@pytest.fixture(scope="module")
def template() -> Catalog:
    return catalogues.template_catalogue()


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_string_is_translated(language: str, template: Catalog):
    assert list(catalogues.problems(language, template)) == []


def test_strings_of_templates_and_python_are_found(template: Catalog):
    assert "Skip to the content" in template
    assert "You have no signing key on this node." in template
    assert ("%(count)s code left" in template) or ("%(count)s code left", "%(count)s codes left") in template


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Љубица Његош и Џејн", "Ljubica Njegoš i Džejn"),
        ("ЉУБАВ, КОЊ, ЏАК", "LJUBAV, KONJ, DŽAK"),
        ("Ђорђе Ћићић жваће шаш", "Đorđe Ćićić žvaće šaš"),
        ("Има %(count)s <b>предмета</b> {x} & PDF/A", "Ima %(count)s <b>predmeta</b> {x} & PDF/A"),
    ],
)
def test_serbian_in_latin_script(cyrillic: str, latin: str):
    assert catalogues.latin(cyrillic) == latin


@pytest.mark.parametrize(
    ("message", "translation", "problem"),
    [
        ("Hello", "", "not translated"),
        ("Hello %(name)s", "Bonjour", "placeholders differ"),
        ("Hello %(name)s", "Bonjour %(nom)s", "placeholders differ"),
        ("A <b>b</b>", "A b", "placeholders differ"),
        ("Hello\n", "Bonjour", "line end differs"),
        (("%(n)s a", "%(n)s as"), ("%(n)s a",), "plural forms"),
        (("%(n)s a", "%(n)s as"), ("%(n)s a", "des a"), "placeholders differ"),
    ],
)
def test_faults_are_found(message, translation, problem: str):
    entry = catalogues.Message(message, translation)
    assert any(problem in fault for fault in catalogues._faults("fr", entry))


def test_a_fuzzy_translation_is_a_fault():
    assert "fuzzy" in list(catalogues._faults("fr", catalogues.Message("Yes", "Oui", flags=["fuzzy"])))


def test_arabic_may_say_one_and_two_in_words_and_no_other_number():
    forms = ["لا شيء", "رمز واحد", "رمزان", "%(n)s رموز", "%(n)s رمزًا", "%(n)s رمز"]
    message = ("%(n)s code", "%(n)s codes")
    assert list(catalogues._faults("ar", catalogues.Message(message, forms))) == []
    forms[4] = "رمزًا"
    assert list(catalogues._faults("ar", catalogues.Message(message, forms))) != []
