"""Addresses of the statistics room."""

from __future__ import annotations

from django.urls import path

from copes.insight.statistics import views

app_name = "statistics"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("map/", views.places, name="map"),
    path("seizures/", views.behind, name="behind"),
    path("export/<slug:chart>.<slug:form>", views.export, name="export"),
]
