"""Linking officers to who they are at an identity provider: by themselves, or by an administrator."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from copes.foundation.config.current import current_node
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import writing
from copes.foundation.people import roles
from copes.foundation.people.models import LinkedIdentity
from copes.foundation.people.records import IdentityLinked, IdentityUnlinked
from copes.foundation.people.scope import account_in_scope
from copes.foundation.refusals import BadInput, Unseen
from copes.trust.records.ids import uuid7


def identities_of(officer: str) -> list[LinkedIdentity]:
    """Where an officer is linked, by issuer."""
    return list(LinkedIdentity.objects.filter(account__officer_id=officer).order_by("issuer", "id"))


def link_identity(acting: Acting, *, officer: str, issuer: str, subject: str) -> None:
    """Lets an officer sign in as ``subject`` of ``issuer``. Officers link themselves, administrators anyone in scope.

    Raises Forbidden, Unseen, BadInput for an issuer that is not set up or a subject that is linked already.
    """
    if issuer not in {one.issuer for one in current_node().oidc}:
        raise BadInput(
            "identity.issuer",
            _("This node is not set up for that identity provider."),
            _("Choose one from the list."),
            field="issuer",
        )
    account = account_in_scope(acting, officer)
    with transaction.atomic(), writing(acting.with_role(roles.ADMINISTRATOR)) as journal:
        if LinkedIdentity.objects.filter(issuer=issuer, subject=subject).exists():
            raise BadInput(
                "identity.taken",
                _("This subject is linked to an officer already."),
                _("Check the subject. If it belongs to somebody else now, unlink it there first."),
                field="subject",
            )
        journal.append(IdentityLinked(officer=officer, issuer=issuer, subject=subject), about=[officer])
        LinkedIdentity.objects.create(
            id=uuid7(),
            account=account,
            issuer=issuer,
            subject=subject,
            linked_at=timezone.now(),
            linked_by=acting.officer,
        )


def unlink_identity(acting: Acting, *, officer: str, identity: str) -> None:
    """Ends signing in with an identity provider. Raises Forbidden, Unseen."""
    account = account_in_scope(acting, officer)
    with transaction.atomic(), writing(acting.with_role(roles.ADMINISTRATOR)) as journal:
        found = LinkedIdentity.objects.filter(id=identity, account=account).first()
        if found is None:
            raise Unseen("identity.unknown", _("There is no such link."), _("Open the page again."))
        journal.append(IdentityUnlinked(officer=officer, issuer=found.issuer), about=[officer])
        found.delete()
