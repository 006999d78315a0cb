"""A case with one of everything in it, and the officers who have no need to know of it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from PIL import Image

from copes.chain.cases.access_models import AccessRequest, TemporaryAccess
from copes.chain.cases.access_services import break_glass, request_access
from copes.chain.cases.models import Control
from copes.chain.cases.queries import case_of
from copes.chain.cases.services import add_note, grant_access, open_case, record_control
from copes.chain.cases.task_services import assign_task
from copes.chain.custody import handling
from copes.chain.custody.queries import exhibits_of_seizure
from copes.chain.custody.services import release
from copes.chain.dossier.services import issue_dossier
from copes.chain.seizures.services import record_seizure
from copes.foundation.api import limits
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.models import Entry
from copes.foundation.journal.services import node_acting, request_erasure, writing
from copes.foundation.people.delegating import delegate
from copes.foundation.people.records import AgencyRegistered
from copes.foundation.scheduling.models import Notice
from copes.foundation.storage.services import put_blob
from copes.trust.records.ids import uuid7
from tests.chain.making import SEIZED_AT, control_facts, item, seizure_facts
from tests.support import new_officer

# Words that stand in the case and nowhere else on the node.
SECRETS = (
    "A box under the floor",
    "Jean Inconnu",
    "QX-771-ZV",
    "QX771ZV",
    "QQZU771930",
    "Hidden bay of Vienne",
    "Bundles under the floor",
    "Snuff of the seventh kind",
    "SEAL-7741",
    "Informant says so",
    "Court of Lyon",
    "Weigh the pouches",
    "Works on a like affair",
    "Life in danger at once",
)
# Front-line officers are asked as investigators are, examiners as custodians.
HERE = ("investigator", "custodian", "legal", "auditor", "administrator")


@dataclass(frozen=True)
class Hidden:
    """A case that the outsider may not see: its number, and ids by the names that addresses give them."""

    number: str
    ids: dict[str, str]


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    for limiter in (limits.requests, limits.failed_sign_ins, limits.failed_passwords):
        limiter.forget()


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(data, "PNG")
    return data.getvalue()


def found_at_the_bay(acting) -> tuple[str, str, list[str]]:
    """The ids of a case, its seizure and its two exhibits, full of words that stand nowhere else."""
    place, persons = {"name": "Hidden bay of Vienne"}, [{"role": "driver", "name": "Jean Inconnu"}]
    case = open_case(acting, title="A box under the floor").id
    control = control_facts(
        acting,
        place=place,
        persons=persons,
        means_of_transport=[{"transport": "car", "registration": "QX-771-ZV", "country": "FR"}],
        containers=["QQZU 771930 7"],
        found="Bundles under the floor",
    )
    facts = seizure_facts(
        acting, record_control(acting, case=case, facts=control).id, place=place, drafted_at=place, persons=persons
    )
    things = [item(description="Snuff of the seventh kind"), item(quantity="12")]
    seizure = record_seizure(acting, case=case, occurred_at=SEIZED_AT, facts=facts, items=things).id
    return case, seizure, [one.id for one in exhibits_of_seizure(seizure)]


@pytest.fixture
def hidden(officers) -> Hidden:
    """A case of the front-line officer that the investigator works on."""
    acting = officers.front_line
    case, seizure, (exhibit, other) = found_at_the_bay(acting)
    grant_access(acting, case=case, officer=officers.investigator.officer, reason="Works on it")
    note = add_note(acting, case=case, text="Informant says so")
    handling.apply_seal(acting, exhibit=exhibit, seal="SEAL-7741")
    handling.photograph(acting, exhibit=exhibit, data=picture())
    (released,) = release(acting, exhibits=[other], to=officers.custodian.officer, reason="storage", condition="intact")
    dossier = issue_dossier(
        officers.investigator, case=case, language="en", recipient="Court of Lyon", purpose="For the trial"
    )
    opened = Entry.objects.get(case_id=case, kind="case.opened/1")
    control = Entry.objects.get(case_id=case, kind="control.recorded/1")
    erasure = request_erasure(
        officers.supervisor, record=opened.jti, paths=["body.title"], ground="Jean Inconnu asked for it"
    )
    task = assign_task(acting, case=case, assignee=officers.investigator.officer, title="Weigh the pouches").id
    number = case_of(acting, case).number
    request_access(officers.second, number=number, reason="Works on a like affair")
    break_glass(officers.examiner, number=number, reason="Life in danger at once", hours=1)
    now = timezone.now()
    delegation = delegate(
        officers.front_line, delegate=officers.second.officer, begins=now, until=now + timedelta(days=3), reason="Leave"
    )
    ids = {
        "task": task,
        "access": TemporaryAccess.objects.get(case_id=case).id,
        "access_request": AccessRequest.objects.get(case_id=case).id,
        "delegation": delegation,
        "notice": Notice.objects.filter(officer=officers.custodian.officer).values_list("id", flat=True)[0],
        "case": case,
        "seizure": seizure,
        "exhibit": exhibit,
        "control": Control.objects.get(case_id=case).id,
        "note": getattr(note, "id", str(note)),
        "release": released,
        "dossier": dossier.id,
        "record": control.jti,
        "erasure": erasure,
        "photograph": put_blob(picture()).sha256,
        "officer": officers.investigator.officer,
    }
    return Hidden(number, ids)


def other_agency() -> str:
    """An agency that has nothing to do with the case."""
    agency = uuid7()
    with writing(node_acting()) as journal:
        journal.append(AgencyRegistered(agency=agency, name="Police of elsewhere", country="FR"), about=[agency])
    return agency


@pytest.fixture
def outsiders(officers) -> dict[str, Acting]:
    """An officer of each role who has no need to know; supervisors of the agency have, so one of another agency."""
    elsewhere = other_agency()
    found = {role: new_officer(f"Otto {role}", role, username=f"out.{role}") for role in HERE}
    found["supervisor elsewhere"] = new_officer("Olga Chief", "supervisor", username="olga", agency=elsewhere)
    return found
