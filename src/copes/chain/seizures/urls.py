"""Addresses of the seizures room."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "seizures"
urlpatterns: list[URLPattern] = []
