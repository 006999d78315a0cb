"""Addresses of the custody room."""

from __future__ import annotations

from django.urls import URLPattern, path

from copes.chain.custody import act_views, batch_views, list_views, views

app_name = "custody"
urlpatterns: list[URLPattern] = [
    path("exhibits/", list_views.exhibit_list, name="exhibits"),
    path("selected/labels/", list_views.selected_labels, name="selected_labels"),
    path("find/", views.find, name="find"),
    path("exhibits/<str:exhibit>/", views.exhibit, name="exhibit"),
    path("exhibits/<str:exhibit>/correct/", views.exhibit_correct, name="correct"),
    path("exhibits/<str:exhibit>/photograph/", views.photograph_new, name="photograph_new"),
    path("exhibits/<str:exhibit>/photographs/<str:sha256>/", views.photograph, name="photograph"),
    path("exhibits/<str:exhibit>/seal/", act_views.seal_apply, name="seal"),
    path("exhibits/<str:exhibit>/seal/check/", act_views.seal_check, name="seal_check"),
    path("exhibits/<str:exhibit>/seal/open/", act_views.seal_break, name="seal_break"),
    path("desk/", act_views.desk, name="desk"),
    path("release/", batch_views.release, name="release"),
    path("release/scan/", batch_views.scan_line, name="scan"),
    path("releases/<str:release>/", act_views.open_release, name="open_release"),
    path("releases/<str:release>/receive/", batch_views.receive, name="receive"),
]
