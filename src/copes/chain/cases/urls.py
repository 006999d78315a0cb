"""Addresses of the cases room."""

from __future__ import annotations

from django.urls import URLPattern, path

from copes.chain.cases import control_views, views

app_name = "cases"
urlpatterns: list[URLPattern] = [
    path("", views.case_list, name="list"),
    path("new/", views.case_new, name="new"),
    path("<str:case>/", views.case_page, name="case"),
    path("<str:case>/timeline/", views.case_timeline, name="timeline"),
    path("<str:case>/access/", views.access_grant, name="grant"),
    path("<str:case>/access/<str:officer>/revoke/", views.access_revoke, name="revoke"),
    path("<str:case>/note/", views.note_new, name="note"),
    path("<str:case>/control/", control_views.control_new, name="control_new"),
    path("<str:case>/controls/<str:control>/", control_views.control_page, name="control"),
    path("<str:case>/controls/<str:control>/correct/", control_views.control_correct, name="control_correct"),
    path("<str:case>/controls/<str:control>/end/", control_views.control_end, name="control_end"),
]
