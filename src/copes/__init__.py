"""OpenCOPES: from a control at the border to a dossier a court can check."""

__version__ = "0.1.0"
