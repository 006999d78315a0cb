"""Addresses of the seizures room."""

from __future__ import annotations

from django.urls import URLPattern, path

from copes.chain.seizures import favourite_views, views

app_name = "seizures"
urlpatterns: list[URLPattern] = [
    path("case/<str:case>/new/", views.seizure_new, name="new"),
    path("case/<str:case>/import/", views.list_import, name="import"),
    path("templates/mine/", favourite_views.favourite_new, name="favourite_new"),
    path("templates/mine/<str:favourite>/", favourite_views.favourite_drop, name="favourite_drop"),
    path("<str:seizure>/", views.seizure_page, name="seizure"),
    path("<str:seizure>/correct/", views.seizure_correct, name="correct"),
]
