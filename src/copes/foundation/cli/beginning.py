"""What a new node does first: tables, record 0, its agency, its first administrator."""

from __future__ import annotations

from django.core.management import call_command

from copes.foundation.journal.services import begin_ledger, node_acting, seal_now
from copes.foundation.people import roles
from copes.foundation.people.services import activate, invite_officer, register_first_agency


def begin_node(*, admin_name: str, admin_username: str, password: str) -> str:
    """Begins the ledger of a node just founded; returns the first administrator's officer id."""
    call_command("migrate", verbosity=0, interactive=False)
    begin_ledger()
    register_first_agency()
    invitation = invite_officer(
        node_acting(),
        name=admin_name,
        service_number="1",
        username=admin_username,
        officer_roles=[roles.ADMINISTRATOR],
    )
    activate(invitation.code, password=password)
    seal_now()
    return invitation.officer
