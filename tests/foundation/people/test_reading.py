"""The digests of readings: what the owner of the database changes, removes or adds afterwards is named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from copes.foundation.journal import triggers
from copes.foundation.journal.checking import check_node
from copes.foundation.journal.models import Entry
from copes.foundation.people import reading
from copes.foundation.people.checking import check_reads
from copes.foundation.people.models import Reading, ReadsDigest
from copes.foundation.people.reading import digest_reads, log_read
from copes.trust.records.sdjwt import payload


@pytest.fixture
def ten(officers):
    for number in range(10):
        log_read(officers.front_line, case=None, kind="case", thing=f"thing {number}")
    assert digest_reads() == 1
    return list(Reading.objects.order_by("id").values_list("id", flat=True))


def as_owner(sql, values=()):
    """As whoever owns the database does: trigger away, change, trigger back as it was."""
    with connection.cursor() as cursor:
        for name in [one for one in triggers.statements(connection.vendor) if one.startswith("people_reading_no_")]:
            cursor.execute(
                f"DROP TRIGGER {name}" if connection.vendor == "sqlite" else f"DROP TRIGGER {name} ON people_reading"
            )
        cursor.execute(sql, values)
    triggers.create(connection, tables=("people_reading",))
    assert triggers.missing(connection) == []


def test_a_digest_is_a_record_of_the_node(ten):
    body = payload(Entry.objects.get(kind="reads.digested/1").jwt)
    assert body["actor"] == {"node": True}
    assert (body["body"]["number"], body["body"]["first"], body["body"]["last"]) == (10, 1, ten[-1])
    assert digest_reads() == 0
    assert check_reads() == []
    assert check_node() == []


def test_digests_follow_each_other_without_a_gap(officers, ten, monkeypatch):
    monkeypatch.setattr(reading, "MOST", 4)
    for number in range(9):
        log_read(officers.second, case=None, kind="case", thing=str(number))
    assert digest_reads() == 3
    rows = list(ReadsDigest.objects.order_by("index"))
    assert [one.number for one in rows] == [10, 4, 4, 1]
    assert all(later.first == earlier.last + 1 for earlier, later in zip(rows, rows[1:], strict=False))
    assert check_reads() == []


def test_a_changed_reading_is_named(ten):
    as_owner("UPDATE people_reading SET officer = 'somebody else' WHERE id = %s", [ten[3]])
    [found] = check_reads()
    assert found.subject == f"reading {ten[3]}"
    assert "changed" in found.text


def test_a_removed_reading_is_named(ten):
    as_owner("DELETE FROM people_reading WHERE id = %s", [ten[5]])
    [found] = check_reads()
    assert found.subject == f"1 readings after reading {ten[4]}"
    assert "removed" in found.text


def test_a_reading_added_later_with_an_old_id_and_time_is_named(ten):
    as_owner("DELETE FROM people_reading WHERE id IN (%s, %s)", ten[:2])
    Reading.objects.create(
        id=ten[0], at=timezone.now() - timedelta(days=3), officer="framed", kind="case", thing="never read"
    )
    texts = {str(one) for one in check_reads()}
    assert any(f"reading {ten[0]}: was changed" in text for text in texts)
    assert any("removed" in text for text in texts)


def test_a_reading_before_every_digest_is_named(ten):
    Reading.objects.create(id=-5, at=timezone.now(), officer="framed", kind="case", thing="never read")
    assert [one for one in check_reads() if "below 1" in one.text]


def test_a_backdated_clock_changes_nothing(officers, ten):
    Reading.objects.create(
        at=timezone.now() - timedelta(days=2), officer=officers.second.officer, kind="case", thing="late clock"
    )
    assert digest_reads() == 1
    assert check_reads() == []


def test_many_readings_fit_into_a_record(officers):
    Reading.objects.bulk_create(
        Reading(at=timezone.now(), officer=officers.second.officer, kind="case", thing=str(number))
        for number in range(reading.MOST + 5)
    )
    assert digest_reads() == 2
    assert check_reads() == []


def test_check_names_it_on_the_command_line(node, ten):
    from tests.support import run_copes

    as_owner("UPDATE people_reading SET thing = 'other' WHERE id = %s", [ten[0]])
    done = run_copes(node.home, "check")
    assert done.returncode != 0
    assert f"reading {ten[0]}: was changed" in done.stdout
