"""Addresses of the search room."""

from __future__ import annotations

from django.urls import URLPattern, path

from copes.insight.search import export_views, views

app_name = "search"
urlpatterns: list[URLPattern] = [
    path("", views.results, name="results"),
    path("suggest/", views.suggest, name="suggest"),
    path("save/", views.save, name="save"),
    path("saved/", views.saved, name="saved"),
    path("saved/<str:search>/delete/", views.delete, name="delete"),
    path("export/<str:name>/", export_views.export, name="export"),
    path("recent/forget/", views.forget_recent, name="forget_recent"),
]
