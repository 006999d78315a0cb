"""Addresses of the dossier room."""

from __future__ import annotations

from django.urls import URLPattern, path

from copes.chain.dossier import views

app_name = "dossier"
urlpatterns: list[URLPattern] = [
    path("", views.dossier_list, name="list"),
    path("new/<str:case_id>/", views.new, name="new"),
    path("print/seizure/<str:seizure_id>/", views.print_seizure, name="print_seizure"),
    path("print/receipt/<str:seizure_id>/", views.print_receipt, name="print_receipt"),
    path("print/custody/<str:exhibit_id>/", views.print_custody, name="print_custody"),
    path("labels/<str:case_id>/", views.labels, name="labels"),
    path("<str:dossier_id>/", views.detail, name="detail"),
    path("<str:dossier_id>/verify/", views.verify, name="verify"),
    path("<str:dossier_id>/download/", views.download, name="download"),
]
