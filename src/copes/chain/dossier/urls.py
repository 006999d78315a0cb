"""Addresses of the dossier room."""

from __future__ import annotations

from django.urls import URLPattern, path

from copes.chain.dossier import centre_views, house_views, print_views, views

app_name = "dossier"
urlpatterns: list[URLPattern] = [
    path("", views.dossier_list, name="list"),
    path("new/<str:case_id>/", views.new, name="new"),
    path("prints/", house_views.prints, name="prints"),
    path("print/mine/", centre_views.mine, name="centre_mine"),
    path("print/case/<str:case_id>/all/", centre_views.of_case, name="centre_case"),
    path("print/seizure/<str:seizure_id>/all/", centre_views.of_seizure, name="centre_seizure"),
    path("print/exhibit/<str:exhibit_id>/all/", centre_views.of_exhibit, name="centre_exhibit"),
    path("print/case/<str:case_id>/", print_views.case, name="print_case"),
    path("print/seizure/<str:seizure_id>/", print_views.seizure, name="print_seizure"),
    path("print/receipt/<str:seizure_id>/", print_views.receipt, name="print_receipt"),
    path("print/notice/<str:seizure_id>/", print_views.notice, name="print_notice"),
    path("print/custody/<str:exhibit_id>/", print_views.custody, name="print_custody"),
    path("print/tasks/", print_views.tasks, name="print_tasks"),
    path("print/held/", print_views.held, name="print_held"),
    path("print/to-receive/", print_views.to_receive, name="print_to_receive"),
    path("print/made/<str:token>/", print_views.made, name="made"),
    path("labels/<str:case_id>/", print_views.labels, name="labels"),
    path("<str:dossier_id>/", views.detail, name="detail"),
    path("<str:dossier_id>/verify/", views.verify, name="verify"),
    path("<str:dossier_id>/download/", views.download, name="download"),
]
