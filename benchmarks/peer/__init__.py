"""The peer that the custody act is measured against: the same facts kept by django-simple-history."""
