"""The first-run tour of the practice ledger: what each role finds where, in a minute.

My day offers it until it was taken or put aside. With scripts it points at the real things on the screen; without,
it is a checklist on a page of its own. Each step names the elements it may point at, best first: on a telephone
the navigation hides behind a button.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from copes.foundation.journal.acting import Acting
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.web.models import TourTaken

SEEN = "tour_seen"


@dataclass(frozen=True)
class Step:
    """One step: what it points at (CSS selectors, best first), its words, and the address to try it at."""

    at: str
    title: str | Promise
    text: str | Promise
    way: str = "home"
    roles: frozenset[str] = frozenset()


RECORDING = frozenset({"front_line", "investigator", "supervisor"})
HOLDING = frozenset({"front_line", "custodian", "examiner"})
READING = frozenset({"investigator", "legal", "supervisor"})
STEPS = (
    Step(
        "[data-tour='start'], main a[href$='/control/new/'], .quick a[href$='/control/new/'], main .title-row .button",
        _("Begin with a control"),
        _("At the roadside everything starts here: one button, a few questions. What was found follows from there."),
        "cases:list",
        RECORDING,
    ),
    Step(
        "[data-way='custody:desk'], .quick button",
        _("What you answer for"),
        _("Custody lists what you hold and what waits for your receipt. Scan a label to open its exhibit."),
        "custody:desk",
        HOLDING,
    ),
    Step(
        "[data-way='dossier:list'], .quick button",
        _("What goes to court"),
        _("A dossier is a package that a court can check without trusting this server. Make one from any case."),
        "dossier:list",
        READING,
    ),
    Step(
        "[data-way='people:reads'], .quick button",
        _("Who read what"),
        _("Every look at personal data is listed here, with its purpose. You can search it and ask questions."),
        "people:reads",
        frozenset({"auditor"}),
    ),
    Step(
        "[data-way='people:officers'], .quick button",
        _("Who works here"),
        _("Invite officers, give roles, close accounts. Each of these is a signed record like any other act."),
        "people:officers",
        frozenset({"administrator"}),
    ),
    Step(
        ".finder, .quick [data-palette-open], .quick button",
        _("Find anything"),
        _("Type a number, a seal, a plate or a name. On a keyboard, press / or Ctrl and K on any page."),
    ),
    Step(
        ".menu--officer, .chip--locked",
        _("You sign what you do"),
        _("Every act is signed with your own key. Your password opens it; lock it when you leave the desk."),
        "people:me",
    ),
    Step(
        ".help-button",
        _("Help is on every page"),
        _("It says what the page is for and what happens next. This is a practice ledger: try everything."),
    ),
)


def steps_for(acting: Acting) -> list[Step]:
    """The steps for the officer's roles, four to six."""
    own = [step for step in STEPS if step.roles and acting.has(*step.roles)][:3]
    return own + [step for step in STEPS if not step.roles]


def offered(request: HttpRequest) -> bool:
    """Whether My day should offer the tour: on a practice node, until taken. Asks the database once a session."""
    acting = getattr(request, "acting", None)
    node = settings.COPES_NODE
    if acting is None or node is None or not node.practice or request.session.get(SEEN):
        return False
    if TourTaken.objects.filter(pk=acting.officer).exists():
        request.session[SEEN] = True
        return False
    return True


@require_safe
@signed_in
def tour(request: OfficerRequest) -> HttpResponse:
    """The tour as a checklist."""
    return render(
        request, "web/tour.html", {"steps": [(step, reverse(step.way)) for step in steps_for(request.acting)]}
    )


@require_POST
@signed_in
def tour_done(request: OfficerRequest) -> HttpResponse:
    """Remembers that the tour was taken or put aside; back to My day."""
    TourTaken.objects.update_or_create(pk=request.acting.officer, defaults={"at": timezone.now()})
    request.session[SEEN] = True
    return redirect("home")
