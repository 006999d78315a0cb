"""Forms filled as a browser sends them: what the page shows, plus what the officer types."""

from __future__ import annotations

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """The successful controls (HTML standard, form submission) of the page's last posting form but the menus."""

    def __init__(self):
        super().__init__()
        self.forms, self.form, self.select, self.area = [], None, None, None

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self.form = {"method": a.get("method", "get"), "fields": [], "action": a.get("action", "")}
            self.forms.append(self.form)
        if self.form is None:
            return
        name = a.get("name")
        kind = a.get("type")
        counts = kind not in {"submit", "file"} and (kind not in {"checkbox", "radio"} or "checked" in a)
        if tag == "input" and name and counts:
            self.form["fields"].append((name, a.get("value", "on" if kind == "checkbox" else "")))
        if tag == "select" and name:
            self.select = [name, None]
        if tag == "option" and self.select and (self.select[1] is None or "selected" in a):
            self.select[1] = a.get("value", "")
        if tag == "textarea" and name:
            self.area = [name, ""]

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "select" and self.select and self.form:
            self.form["fields"].append((self.select[0], self.select[1] or ""))
            self.select = None
        if tag == "textarea" and self.area and self.form:
            self.form["fields"].append((self.area[0], self.area[1].removeprefix("\n")))
            self.area = None
        if tag == "form":
            self.form = None


def shown(answer):
    """The fields of the form of the page, by name; several of one name as a list."""
    parser = _Fields()
    parser.feed(answer.content.decode())
    forms = [f for f in parser.forms if f["method"] == "post" and not f["action"]]
    fields = {}
    for name, value in forms[-1]["fields"]:
        if name in fields:
            fields[name] = [*(fields[name] if isinstance(fields[name], list) else [fields[name]]), value]
        else:
            fields[name] = value
    return fields


def send(client, url, typed, *, page=None, follow=True):
    """Opens the page (or takes one at hand), types, sends."""
    page = page or client.get(url)
    assert page.status_code in (200, 400), page.status_code
    return client.post(url, shown(page) | typed, follow=follow)
