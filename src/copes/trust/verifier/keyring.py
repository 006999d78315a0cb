"""Which key counts at which place of the ledger (docs/trust/format.md, section 3). Pure.

The ring is given the records of keys in ledger order, each only after its own signature held. So "enrolled
at a smaller index" needs no look-up: a key that is not in the ring has not been enrolled yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copes.trust.errors import TrustError
from copes.trust.records.jose import unb64u
from copes.trust.records.keys import PublicKey
from copes.trust.verifier.claims import take_object, take_text, take_texts, take_uuid, take_whole
from copes.trust.verifier.findings import Unproven, clean

ASSURANCES = ("node", "device", "passkey")
PRACTICE_PART = "PRACTICE"
NODE_CREATED = "node.created/1"
ADMINISTRATOR = "administrator"
KEY_KINDS = ("key.enrolled/1", "key.rotated/1", "key.revoked/1")
ROLE_KINDS = ("officer.enrolled/1", "officer.roles_changed/1", "officer.deactivated/1")


class HeldKey:
    """A key of the ring: whose it is, and from when until when it counts."""

    __slots__ = ("agency", "assurance", "ended", "ended_at", "key", "not_after", "not_before", "officer")

    def __init__(self, key: PublicKey, officer: str | None, agency: str, assurance: str) -> None:
        self.key = key
        self.officer = officer
        self.agency = agency
        self.assurance = assurance
        self.not_before = 0
        self.not_after = 1 << 53
        self.ended = ""
        self.ended_at = 0


class Keyring:
    """Every key enrolled so far."""

    def __init__(self, origin: str, ledger_vkey: str) -> None:
        self.origin = origin
        self.ledger_vkey = ledger_vkey
        self.practice: bool | None = None
        self.keys: dict[str, HeldKey] = {}
        self.roles: dict[str, list[str]] = {}
        self.agencies: dict[str, str] = {}
        self.roleless: set[str] = set()

    def begin(self, claims: Mapping[str, Any], kid: str, index: int) -> None:
        """Take in record 0: the node's own key, under which that very record must be signed.

        Raises Unproven when it stands elsewhere, speaks of another ledger or another ledger key, or says
        practice where the origin does not (or the other way round).
        """
        body = claims["body"]
        if index != 0 or self.keys:
            raise Unproven("first_record_place")
        if take_text(body, "origin") != self.origin:
            raise Unproven("record_iss", stated=body["origin"], origin=self.origin)
        key = read_key(take_object(body, "node_key"))
        if key.kid != kid:
            raise Unproven("first_record_key")
        if take_text(body, "ledger_key") != self.ledger_vkey:
            raise Unproven("ledger_key_differs")
        practice = body.get("practice")
        if not isinstance(practice, bool) or practice != is_practice(self.origin):
            raise Unproven("practice_origin", origin=self.origin)
        self.practice = practice
        self.keys[kid] = HeldKey(key, None, take_uuid(body, "agency"), "node")

    def at_this_place(self, kid: str) -> HeldKey:
        """The key, if it was enrolled before and has not ended; raises Unproven."""
        held = self.keys.get(kid)
        if held is None:
            raise Unproven("key_unknown", kid=kid)
        if held.ended:
            raise Unproven(held.ended, kid=kid, at=held.ended_at)
        return held

    def check_use(self, held: HeldKey, claims: Mapping[str, Any]) -> None:
        """The record may be signed with this key: time window, person, agency and assurance fit.

        Raises Unproven.
        """
        iat = claims["iat"]
        kid = held.key.kid
        if iat < held.not_before:
            raise Unproven("key_early", kid=kid)
        if iat > held.not_after:
            raise Unproven("key_expired", kid=kid)
        actor = claims["actor"]
        if held.officer is None:
            if actor != {"node": True}:
                raise Unproven("actor_node")
        elif actor.get("officer") != held.officer:
            raise Unproven("actor_officer", officer=held.officer, stated=actor.get("officer", "-"))
        elif actor.get("agency") != held.agency:
            raise Unproven("actor_agency", agency=held.agency, stated=actor.get("agency", "-"))
        if claims["assurance"] != held.assurance:
            raise Unproven("key_assurance", stated=claims["assurance"], enrolled=held.assurance)
        if held.officer is not None:
            self._check_role(held.officer, actor.get("role"))

    def _check_role(self, officer: str, role: object) -> None:
        """The officer holds the role in which they act, where the ledger says which roles they hold."""
        if officer not in self.roles:
            self.roleless.add(officer)
        elif role not in self.roles[officer]:
            raise Unproven("actor_role", officer=officer, stated=role)

    def change(self, claims: Mapping[str, Any], signer: HeldKey, index: int) -> None:
        """Take in a record of keys or roles whose signature and use were checked.

        Raises Unproven, and then changes nothing.
        """
        body = claims["body"]
        officer = take_uuid(body, "officer")
        administers = signer.officer is None or self._administers(claims, signer.officer, officer)
        if claims["kind"] in ROLE_KINDS:
            if not administers:
                raise Unproven("officer_role", officer=officer)
            self._take_roles(body, officer)
            return
        if not administers and signer.officer != officer:
            raise Unproven("key_role", officer=officer)
        if claims["kind"] == "key.revoked/1":
            self._owned(take_text(body, "kid"), officer)
            self._end(body["kid"], "key_revoked", index)
            return
        if claims["kind"] == "key.rotated/1":
            replaced = take_text(body, "replaces")
            self._owned(replaced, officer)
            self._add(body, officer, signer)
            self._end(replaced, "key_replaced", index)
            return
        if signer.officer == officer:
            raise Unproven("key_self_enrolled", officer=officer)
        self._add(body, officer, signer)

    def _administers(self, claims: Mapping[str, Any], signer: str, officer: str) -> bool:
        """Whether the signer acts as an administrator, and a record says that they are one.

        Raises Unproven when they act as one on somebody else and no record here speaks of their roles.
        """
        if claims["actor"].get("role") != ADMINISTRATOR:
            return False
        if signer not in self.roles and (signer != officer or claims["kind"] in ROLE_KINDS):
            raise Unproven("administrator_unproven", officer=signer)
        return True

    def _take_roles(self, body: Mapping[str, Any], officer: str) -> None:
        roles = take_texts(body, "roles") if "roles" in body else []
        if "agency" in body:
            agency = take_uuid(body, "agency")
            if self.agencies.setdefault(officer, agency) != agency:
                raise Unproven("key_other_agency", officer=officer, stated=agency, agency=self.agencies[officer])
        self.roles[officer] = roles

    def _add(self, body: Mapping[str, Any], officer: str, signer: HeldKey) -> None:
        key = read_key(take_object(body, "key"))
        if key.kid != take_text(body, "kid"):
            raise Unproven("key_kid", kid=body["kid"])
        if key.kid in self.keys:
            raise Unproven("key_again", kid=key.kid)
        if body.get("assurance") not in ASSURANCES:
            raise Unproven("record_field", field="body.assurance")
        self._check_origin(body, officer, signer)
        self._check_possession(key, officer, take_text(body, "proof"))
        held = HeldKey(key, officer, take_uuid(body, "agency"), body["assurance"])
        held.not_before, held.not_after = take_whole(body, "not_before"), take_whole(body, "not_after")
        self.keys[key.kid] = held

    def _check_origin(self, body: Mapping[str, Any], officer: str, signer: HeldKey) -> None:
        """The key is of the officer's own agency, and no officer raises the assurance of their own key."""
        agency, assurance = take_uuid(body, "agency"), body["assurance"]
        enrolled = self.agencies.get(officer, signer.agency if signer.officer == officer else agency)
        if agency != enrolled:
            raise Unproven("key_other_agency", officer=officer, stated=agency, agency=enrolled)
        if signer.officer == officer and ASSURANCES.index(assurance) > ASSURANCES.index(signer.assurance):
            raise Unproven("key_self_assurance", officer=officer, stated=assurance, enrolled=signer.assurance)

    def _check_possession(self, key: PublicKey, officer: str, proof: str) -> None:
        said = f"copes-key-possession/1\n{self.origin}\n{officer}\n{key.kid}\n"
        try:
            key.verify(unb64u(proof), said.encode())
        except TrustError as error:
            raise Unproven("key_possession", kid=key.kid) from error

    def _owned(self, kid: str, officer: str) -> None:
        held = self.at_this_place(kid)
        if held.officer != officer:
            raise Unproven("key_owner", kid=kid, officer=officer)

    def _end(self, kid: str, how: str, index: int) -> None:
        self.keys[kid].ended = how
        self.keys[kid].ended_at = index


def read_key(jwk: Mapping[str, Any]) -> PublicKey:
    """The public key this JWK describes; raises Unproven for a malformed, private or unsafe one."""
    try:
        return PublicKey.from_jwk(jwk)
    except (TrustError, TypeError) as error:
        raise Unproven("key_form", detail=clean(error)) from error


def is_practice(origin: str) -> bool:
    """Whether this origin names a practice ledger: `PRACTICE` is one of its path parts."""
    return PRACTICE_PART in origin.split("/")[1:]
