"""Addresses of the people room."""

from __future__ import annotations

from django.urls import path

from copes.foundation.people import administration, views

app_name = "people"
urlpatterns = [
    path("activate/", views.activate, name="activate"),
    path("me/", views.me, name="me"),
    path("me/unlock/", views.unlock, name="unlock"),
    path("me/lock/", views.lock, name="lock"),
    path("me/sessions/end/", views.end_sessions, name="end_sessions"),
    path("me/tokens/new/", views.new_token, name="token_new"),
    path("me/tokens/<str:token>/revoke/", views.revoke_token, name="token_revoke"),
    path("officers/", administration.officers, name="officers"),
    path("officers/invite/", administration.invite, name="invite"),
    path("officers/<str:officer_id>/", administration.officer, name="officer"),
    path("officers/<str:officer_id>/code/", administration.renew, name="renew"),
    path("officers/<str:officer_id>/roles/", administration.roles, name="roles"),
    path("officers/<str:officer_id>/key/", administration.revoke_key, name="revoke_key"),
    path("officers/<str:officer_id>/close/", administration.deactivate, name="deactivate"),
    path("reads/", administration.reads, name="reads"),
]
