"""Every refusal of ``copes.trust``: one tree, each with a code for programs and a sentence for people."""


class TrustError(Exception):
    """Something that was to be proven was not.

    ``code`` names the refusal for programs and catalogues (``record.digest-twice``), ``params`` holds what
    the sentence speaks about. ``str(error)`` is a plain English diagnostic; other languages look the code up.
    """

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(code, message, params)
        self.code = code
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message.format(**self.params) if self.params else self.message


class RecordError(TrustError):
    """A record is not well formed, or its disclosures do not belong to it (RFC 9901 §7.1)."""


class SignatureError(RecordError):
    """A record's signature does not hold under the key named."""


class KeyRefused(TrustError):  # noqa: N818 - a refusal; the interface names it so
    """A key may not be used: malformed, unsafe, or not to be opened with what was given."""


class LedgerError(TrustError):
    """Something about the ledger (tree, tiles, checkpoint, witness) is wrong."""


class ProofError(LedgerError):
    """An inclusion or consistency proof does not hold (RFC 9162 §2.1.3.2, §2.1.4.2)."""


class NoteError(LedgerError):
    """A signed note is malformed, or none of the signatures asked for holds (C2SP signed-note)."""
