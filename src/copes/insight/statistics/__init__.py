"""Dashboards: many seizures read at once."""
