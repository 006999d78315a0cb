"""Tags for templates: `{% load copes %}`."""
