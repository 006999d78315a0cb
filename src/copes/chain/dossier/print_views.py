"""The page of each print: choose, look, make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from copes.chain.cases.queries import case_of
from copes.chain.custody.queries import exhibit_rows, exhibits_of_case
from copes.chain.dossier import jobs, list_jobs, making, printing
from copes.chain.dossier.choices import last_choice, remember_choice
from copes.chain.dossier.forms import LabelsForm, NoticeForm, PrintForm, ReceiptForm, ReportForm
from copes.chain.dossier.jobs import Job
from copes.chain.dossier.prints.frame import Printed
from copes.chain.seizures.queries import case_of_seizure, seizure_view
from copes.foundation.config.current import current_node
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.refusals import BadInput, Unseen
from copes.foundation.web.forms import add_refusal

MANY = 100  # exhibits from which on making a print may take longer than a second
CENTRES = {f"{one}_id": f"dossier:centre_{one}" for one in ("case", "seizure", "exhibit")}
Data = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """One print's page: its name for the memory of choices, its title, the form's class, and the job it makes."""

    name: str
    title: str
    about: str
    form: Callable[..., Form]
    job: Callable[[Data], Job]
    long: bool = False


@require_http_methods(["GET", "POST"])
@signed_in
def seizure(request: OfficerRequest, seizure_id: str) -> HttpResponse:
    """The report of a seizure or detention, in one language or two."""
    case_id = case_of_seizure(request.acting, seizure_id)

    def job(data: Data) -> Job:
        languages = [data["language"], *([data["second"]] if data.get("second") else [])]
        return jobs.seizure_job(request.acting, seizure=seizure_id, languages=languages, page=data["page"])

    about = _("What was done, to whom and why: the report for the file, the prosecutor and the person.")
    title = pgettext("seizure", "Print the report")
    return _page(request, Page("seizure", title, about, ReportForm, job, _many(case_id)))


@require_http_methods(["GET", "POST"])
@signed_in
def receipt(request: OfficerRequest, seizure_id: str) -> HttpResponse:
    """The receipt for the person, in the person's language and the agency's."""
    case_id = case_of_seizure(request.acting, seizure_id)

    def job(data: Data) -> Job:
        languages = [data["person"], data["agency"]]
        return jobs.receipt_job(request.acting, seizure=seizure_id, languages=languages, page=data["page"])

    about = _("What the person is given: everything that was taken, and a code by which anyone can check it.")
    return _page(request, Page("receipt", _("Print the receipt"), about, ReceiptForm, job, _many(case_id)))


@require_http_methods(["GET", "POST"])
@signed_in
def notice(request: OfficerRequest, seizure_id: str) -> HttpResponse:
    """The notice of seizure to one of the persons named."""
    view = seizure_view(request.acting, seizure_id)
    listed = view.read["persons"].value or []
    persons = [str(one.get("name") or _("A person without a name")) for one in listed]

    def form(*args: Any, **kwargs: Any) -> Form:
        return NoticeForm(*args, persons=persons, **kwargs)

    def job(data: Data) -> Job:
        return jobs.notice_job(
            request.acting,
            seizure=seizure_id,
            languages=[data["person"], data["agency"]],
            person=int(data["to"]),
            page=data["page"],
        )

    about = _("Tells a person what was taken, why, on what legal basis, and how to claim; also one who was absent.")
    return _page(request, Page("notice", _("Print the notice"), about, form, job, _many(view.case.id)))


@require_http_methods(["GET", "POST"])
@signed_in
def custody(request: OfficerRequest, exhibit_id: str) -> HttpResponse:
    """The custody report of an exhibit."""
    if not exhibit_rows(request.acting, [exhibit_id]):
        raise Unseen("exhibit.unknown", _("There is no such exhibit."), _("Open the case and choose one."))

    def job(data: Data) -> Job:
        return jobs.custody_job(request.acting, exhibit=exhibit_id, language=data["language"], page=data["page"])

    about = _("Who had the exhibit and when, from its creation to now, as a picture and act by act.")
    return _page(request, Page("custody", _("Print the custody report"), about, PrintForm, job))


@require_http_methods(["GET", "POST"])
@signed_in
def case(request: OfficerRequest, case_id: str) -> HttpResponse:
    """The report of a whole case."""
    case_of(request.acting, case_id)

    def job(data: Data) -> Job:
        return jobs.case_job(request.acting, case=case_id, language=data["language"], page=data["page"])

    about = _("The whole case on paper for a supervisor or prosecutor: facts, exhibits, custody, tasks, corrections.")
    return _page(request, Page("case", _("Print the case report"), about, PrintForm, job, _many(case_id)))


@require_http_methods(["GET", "POST"])
@signed_in
def labels(request: OfficerRequest, case_id: str) -> HttpResponse:
    """Labels for the exhibits of a case (``?exhibit=`` for some of them)."""
    wanted = request.GET.getlist("exhibit")
    seen = exhibit_rows(request.acting, wanted)
    if not wanted or len(seen) != len(set(wanted)) or any(row.case != case_id for row in seen):
        case_of(request.acting, case_id)

    def job(data: Data) -> Job:
        return jobs.labels_job(
            request.acting,
            case=case_id,
            language=data["language"],
            paper=data["paper"],
            exhibits=wanted,
            start=data["start"],
            copies=data["copies"],
        )

    about = _("One label for each exhibit: its number, a QR code and a bar code that scanners read.")
    return _page(request, Page("labels", _("Print labels"), about, LabelsForm, job, not wanted and _many(case_id)))


@require_http_methods(["GET", "POST"])
@signed_in
def tasks(request: OfficerRequest) -> HttpResponse:
    """The officer's own open tasks."""

    def job(data: Data) -> Job:
        return list_jobs.tasks_job(request.acting, language=data["language"], page=data["page"])

    about = _("Your open tasks, those due first at the top, with boxes to tick.")
    return _page(request, Page("tasks", _("Print my tasks"), about, PrintForm, job))


@require_http_methods(["GET", "POST"])
@signed_in
def held(request: OfficerRequest) -> HttpResponse:
    """What the officer holds, for a change of shift."""

    def job(data: Data) -> Job:
        return list_jobs.held_job(request.acting, language=data["language"], page=data["page"])

    about = _("Every exhibit you answer for, with boxes to tick: to count before a change of shift.")
    return _page(request, Page("held", _("Print what I hold"), about, PrintForm, job))


@require_http_methods(["GET", "POST"])
@signed_in
def to_receive(request: OfficerRequest) -> HttpResponse:
    """What waits for the officer's receipt."""

    def job(data: Data) -> Job:
        return list_jobs.to_receive_job(request.acting, language=data["language"], page=data["page"])

    about = _("The exhibits released to you that wait for your receipt, by release, with boxes to tick.")
    return _page(request, Page("to_receive", _("Print what waits for my receipt"), about, PrintForm, job))


@require_safe
@signed_in
def made(request: OfficerRequest, token: str) -> HttpResponse:
    """A print that was just made, for the officer who made it."""
    return _file(making.fetch(request.acting, token))


def _many(case_id: str) -> bool:
    return exhibits_of_case(case_id, page=MANY).after is not None


def _initial(request: OfficerRequest, page: Page) -> Data:
    own, agency = get_language() or current_node().language, current_node().language
    return {
        "language": own,
        "agency": agency,
        "person": "",
        "page": "a4",
        "paper": "a4",
        "start": 1,
        "copies": 1,
        **last_choice(request.acting, page.name),
    }


def _page(request: OfficerRequest, page: Page) -> HttpResponse:
    """The form on GET, with the last choice; its first page as a picture; on POST the document, as a file."""
    if request.method == "GET" and "picture" in request.GET:
        return _picture(request, page)
    form = page.form(request.POST or None, initial=_initial(request, page))
    shown = ""
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == "look":
            shown = _address_of_picture(request)
        else:
            try:
                return _made(request, page, form.cleaned_data)
            except BadInput as refusal:
                add_refusal(form, refusal)
    query = request.GET.urlencode()
    context = {"form": form, "page": page, "query": query, "picture": shown, "back": _back(request)}
    return render(request, "dossier/print.html", context, status=400 if form.errors else 200)


def _back(request: OfficerRequest) -> str:
    """The print centre from which this print is one choice; empty for labels of several exhibits."""
    match, exhibits = request.resolver_match, request.GET.getlist("exhibit")
    for name, value in match.kwargs.items() if match else ():
        if not exhibits:
            return reverse(CENTRES[name], args=[value])
        return reverse(CENTRES["exhibit_id"], args=exhibits) if len(exhibits) == 1 else ""
    return reverse("dossier:centre_mine")


def _made(request: OfficerRequest, page: Page, data: Data) -> HttpResponse:
    acting = request.acting

    def make() -> Printed:
        return printing.issue(acting, page.job(data))

    remember_choice(acting, page.name, data)
    if page.long:
        return cast("HttpResponse", making.while_it_is_made(request, acting, page.title, make))  # it streams
    return _file(make())


def _address_of_picture(request: OfficerRequest) -> str:
    asked = request.GET.copy()
    for name, value in request.POST.items():
        if name not in {"csrfmiddlewaretoken", "step"}:
            asked[name] = str(value)
    asked["picture"] = "1"
    return f"{request.path}?{asked.urlencode()}"


def _picture(request: OfficerRequest, page: Page) -> HttpResponse:
    form = page.form(request.GET)
    if not form.is_valid():
        raise BadInput("print.picture", _("This print cannot be shown."), _("Go back and choose again."))
    return HttpResponse(printing.preview(request.acting, page.job(form.cleaned_data)), content_type="image/png")


def _file(printed: Printed) -> HttpResponse:
    response = HttpResponse(printed.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{printed.name}"'
    return response
