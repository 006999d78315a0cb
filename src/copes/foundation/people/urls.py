"""Addresses of the people room."""

from __future__ import annotations

from django.urls import path

from copes.foundation.people import administration, audit_views, office_views, own_views, views

app_name = "people"
urlpatterns = [
    path("activate/", views.activate, name="activate"),
    path("me/", views.me, name="me"),
    path("me/unlock/", views.unlock, name="unlock"),
    path("me/lock/", views.lock, name="lock"),
    path("me/sessions/end/", views.end_sessions, name="end_sessions"),
    path("me/sessions/<str:session>/end/", own_views.end_session, name="session_end"),
    path("me/second-factor/", own_views.second_factor_first, name="second_factor"),
    path("me/identity/", own_views.identity_link, name="identity_link"),
    path("me/identity/<str:identity>/unlink/", own_views.identity_unlink, name="identity_unlink"),
    path("me/tokens/new/", views.new_token, name="token_new"),
    path("me/tokens/<str:token>/revoke/", views.revoke_token, name="token_revoke"),
    path("delegations/", own_views.delegations, name="delegations"),
    path("delegations/new/", own_views.delegate, name="delegate"),
    path("delegations/<str:delegation>/end/", own_views.delegation_end, name="delegation_end"),
    path("agencies/", office_views.agencies, name="agencies"),
    path("agencies/new/", office_views.agency_new, name="agency_new"),
    path("offices/new/", office_views.office_new, name="office_new"),
    path("proposals/", office_views.proposals, name="proposals"),
    path("proposals/<str:proposal_id>/", office_views.proposal, name="proposal"),
    path("officers/", administration.officers, name="officers"),
    path("officers/invite/", administration.invite, name="invite"),
    path("officers/<str:officer_id>/", administration.officer, name="officer"),
    path("officers/<str:officer_id>/code/", administration.renew, name="renew"),
    path("officers/<str:officer_id>/roles/", administration.roles, name="roles"),
    path("officers/<str:officer_id>/roles/propose/", office_views.propose_roles, name="propose_roles"),
    path("officers/<str:officer_id>/office/", office_views.place, name="place"),
    path("officers/<str:officer_id>/sessions/end/", office_views.end_sessions, name="officer_sessions_end"),
    path("officers/<str:officer_id>/identity/", office_views.identity, name="officer_identity"),
    path(
        "officers/<str:officer_id>/identity/<str:identity_id>/unlink/",
        office_views.identity_unlink,
        name="officer_identity_unlink",
    ),
    path("officers/<str:officer_id>/key/", administration.revoke_key, name="revoke_key"),
    path("officers/<str:officer_id>/close/", administration.deactivate, name="deactivate"),
    path("officers/<str:officer_id>/open/", office_views.reactivate, name="reactivate"),
    path("reads/", audit_views.reads, name="reads"),
    path("reads/cases/<str:case>/", audit_views.readers, name="readers"),
]
