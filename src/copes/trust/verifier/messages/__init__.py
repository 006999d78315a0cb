"""The verifier's sentences in every language it speaks, and which language to take."""

from __future__ import annotations

from collections.abc import Mapping

from copes.trust.verifier.findings import clean
from copes.trust.verifier.messages.ar import MESSAGES_AR
from copes.trust.verifier.messages.en import MESSAGES_EN
from copes.trust.verifier.messages.es import MESSAGES_ES
from copes.trust.verifier.messages.fr import MESSAGES_FR
from copes.trust.verifier.messages.ru import MESSAGES_RU
from copes.trust.verifier.messages.sr import MESSAGES_SR
from copes.trust.verifier.messages.sr_latn import MESSAGES_SR_LATN

CATALOGUES: Mapping[str, Mapping[str, str]] = {
    "ar": MESSAGES_AR,
    "en": MESSAGES_EN,
    "es": MESSAGES_ES,
    "fr": MESSAGES_FR,
    "ru": MESSAGES_RU,
    "sr": MESSAGES_SR,
    "sr_Latn": MESSAGES_SR_LATN,
}
DEFAULT_LANGUAGE = "en"
# In right-to-left text a name or number keeps its own direction between these (Unicode isolates).
ISOLATED = ("\u2068", "\u2069")
RIGHT_TO_LEFT = frozenset({"ar"})


def say(language: str, code: str, params: Mapping[str, object]) -> str:
    """The sentence for this code, with its values made safe to show."""
    before, after = ISOLATED if language in RIGHT_TO_LEFT else ("", "")
    return CATALOGUES[language][code].format(
        **{name: f"{before}{clean(value)}{after}" for name, value in params.items()},
    )


def known_language(name: str) -> str | None:
    """The language of the catalogue that this locale or language name asks for, if there is one."""
    plain = name.split(".", maxsplit=1)[0].replace("-", "_")
    lowered = plain.lower()
    if lowered.startswith("sr") and ("latn" in lowered or name.lower().endswith("@latin")):
        return "sr_Latn"
    first = lowered.split("_")[0].split("@")[0]
    return first if first in CATALOGUES else None


def pick_language(asked: str | None, environ: Mapping[str, str], dossier: str) -> str:
    """The language asked for, else the environment's (LC_ALL, LANG), else the dossier's, else English."""
    for name in (asked or "", environ.get("LC_ALL", ""), environ.get("LANG", ""), dossier):
        found = known_language(name)
        if found is not None:
            return found
    return DEFAULT_LANGUAGE
