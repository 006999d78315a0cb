"""Every list page asks the database as often with 200 cases as with 20."""

from __future__ import annotations

from benchmarks.lists import Site, _pages
from benchmarks.masses import add_mass, real_case

from tests import support

FEW, MANY = 20, 200


def test_pages_take_the_same_queries_with_many_cases(officers, node):
    case = real_case(officers)
    add_mass(officers, case, 0, FEW)
    clients = {one: support.signed_in(officers[one]) for one in ("supervisor", "front_line", "investigator")}
    site = Site(node, _pages(case, 5), clients)
    for page in site.pages:
        site.seconds(page)
    few = site.queries()
    add_mass(officers, case, FEW, MANY)
    many = site.queries()
    assert many == few
    assert all(1 < number <= 25 for number in few.values()), few
