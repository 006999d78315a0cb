"""The components as templates use them, with the values people really enter."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from copes.foundation.refusals import BadInput, Refusal
from copes.foundation.web.forms import add_refusal


def render(text: str, **context: object) -> str:
    return Template("{% load copes %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("language", "amount", "unit", "shown"),
    [
        ("en", "215080.00", "EUR", "215\u202f080\u00a0EUR"),
        ("ar", "215080", "EUR", "215\u202f080\u00a0EUR"),
        ("sr", "3969.5", "kg", "3969,5\u00a0kg"),
        ("fr", "3969.500", "kg", "3969,5\u00a0kg"),
        ("en", Decimal("0.000001"), "g", "0.000001\u00a0g"),
        ("en", "0", "g", "0\u00a0g"),
        ("en", "1E+3", "kg", "1000\u00a0kg"),
        ("en", "12345678901234.123456", "kg", "12\u202f345\u202f678\u202f901\u202f234.123456\u00a0kg"),
        ("en", 1, "pieces", "1\u00a0piece"),
        ("en", 3, "pieces", "3\u00a0pieces"),
        ("en", 7, "", "7"),
        ("ar", "1.5", "kg", "1.5\u00a0kg"),
    ],
)
def test_quantities_are_exact_and_grouped_as_the_reader_expects(language, amount, unit, shown):
    with translation.override(language):
        html = render("{% quantity amount unit %}", amount=amount, unit=unit)
    assert html.replace("\u00a0", "_").replace("\u202f", "_") == (
        f'<bdi class="nowrap">{shown}</bdi>'.replace("\u00a0", "_").replace("\u202f", "_")
    )


def test_a_missing_value_is_said_to_be_missing():
    for tag in (
        "{% quantity None 'kg' %}",
        "{% bdi '' %}",
        "{% when None %}",
        "{% officer None %}",
        "{% sensitive None %}",
    ):
        assert "not recorded" in render(tag)


def test_personal_data_is_shown_redacted_or_erased():
    erasure = SimpleNamespace(at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC), by="officer <4471>")
    assert render("{% sensitive v %}", v="O'Hara & <b>") == "<bdi>O&#x27;Hara &amp; &lt;b&gt;</bdi>"
    assert "redacted" in render("{% sensitive None 'redacted' %}")
    erased = render("{% sensitive None e %}", e=erasure)
    assert "erased on 1 March 2026" in erased
    assert "officer &lt;4471&gt;" in erased


def test_an_officer_is_shown_by_number_once_the_name_is_erased():
    known = SimpleNamespace(name="Ana <i>", service_number="4471")
    assert render("{% officer o %}", o=known) == ('<bdi>Ana &lt;i&gt;</bdi> <bdi class="soft nowrap">4471</bdi>')
    assert "Officer 4471" in render("{% officer o %}", o=SimpleNamespace(name=None, service_number="4471"))


def test_the_three_states_are_told_apart_and_explained():
    shown = {state: render("{% ledger_state s %}", s=state) for state in ("durable", "sealed", "witnessed")}
    assert len(set(shown.values())) == 3
    assert "Recorded" in shown["durable"]
    assert "Sealed" in render("{% ledger_state p %}", p=SimpleNamespace(state="sealed"))
    with pytest.raises(KeyError):
        render("{% ledger_state s %}", s="certainly")


def test_a_moment_is_shown_in_the_nodes_time_zone(settings):
    settings.TIME_ZONE = "Europe/Paris"
    moment = datetime(2018, 2, 9, 0, 35, tzinfo=UTC)
    assert render("{% when m %}", m=moment) == (
        '<time datetime="2018-02-09T00:35:00+00:00">9 February 2018 01:35 CET</time>'
    )


def test_a_drawing_loses_whatever_could_act():
    svg = '<svg viewBox="0 0 9 9" onload="x()"><script>x()</script><path class="a" d="M0,0H9z"/></svg>'
    html = render("{% drawing s %}", s=svg)
    assert '<path d="M0,0H9z"/>' in html
    assert "script" not in html
    assert "onload" not in html


class Entry(forms.Form):
    place = forms.CharField(label="Place", help_text="Where it was.")
    means = forms.ChoiceField(label="Means", choices=[("a", "A")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False)


def test_errors_are_tied_to_their_fields_and_listed_with_links():
    entry = Entry({})
    summary = render("{% error_summary f %}", f=entry)
    assert '<a href="#id_place">Place: This field is required.</a>' in summary
    assert '<a href="#id_means_0">Means: This field is required.</a>' in summary
    field = render("{% field f.place %}", f=entry)
    assert 'aria-describedby="id_place_helptext id_place_error"' in field
    assert 'id="id_place_helptext"' in field
    assert 'id="id_place_error"' in field
    assert 'aria-invalid="true"' in field
    group = render("{% field f.means %}", f=entry)
    assert "<legend>Means" in group
    assert 'aria-describedby="id_means_error"' in group
    assert "(optional)" in render("{% field f.note %}", f=entry)


def test_no_errors_no_summary():
    assert render("{% error_summary f g %}", f=Entry(), g=None).strip() == ""


def test_a_formsets_errors_are_listed_too():
    many = forms.formset_factory(Entry, min_num=1, validate_min=True, extra=0)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-place": "", "form-0-means": "a"}
    assert '<a href="#id_form-0-place">Place: This field is required.</a>' in render(
        "{% error_summary f %}", f=many(data)
    )


def test_a_refusal_stands_at_its_field_or_above_all():
    entry = Entry({"place": "x", "means": "a"})
    assert entry.is_valid()
    add_refusal(entry, BadInput("x.y", "Not there.", "Look again.", field="place"))
    add_refusal(entry, Refusal("x.z", "Too late.", "Come earlier.", field="unknown"))
    assert entry.errors["place"] == ["Not there. Look again."]
    assert entry.non_field_errors() == ["Too late. Come earlier."]


def test_pages_by_key_keep_the_filter():
    request = RequestFactory().get("/list", {"q": "a b", "after": "10"})
    html = render("{% pager 20 %}", request=request)
    assert 'href="?q=a+b"' in html
    assert 'href="?q=a+b&amp;after=20"' in html
    assert render("{% pager None %}", request=RequestFactory().get("/list")).strip() == ""
