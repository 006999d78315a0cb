"""Addresses of the custody room."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "custody"
urlpatterns: list[URLPattern] = []
