"""The product's settings, and the peer's."""

from copes.foundation.config.settings import *  # noqa: F403 - settings are one namespace
from copes.foundation.config.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "simple_history", "benchmarks.peer"]

MIGRATION_MODULES = {"peer": None, "simple_history": None}
