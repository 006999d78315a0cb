"""Addresses of the dossier room."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "dossier"
urlpatterns: list[URLPattern] = []
