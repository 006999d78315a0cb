"""Addresses of the scheduling room."""

from __future__ import annotations

from django.urls import path

from copes.foundation.scheduling import agenda_views, preference_views, views

app_name = "scheduling"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("state/", views.state, name="state"),
    path("read/", views.mark_all, name="mark_all"),
    path("unread/", views.undo, name="undo"),
    path("preferences/", preference_views.preferences, name="preferences"),
    path("preferences/address/", preference_views.address, name="address"),
    path("preferences/address/code/", preference_views.confirm, name="confirm"),
    path("preferences/address/remove/", preference_views.remove, name="address_remove"),
    path("mail/", preference_views.mail, name="mail"),
    path("calendar/", agenda_views.agenda, name="calendar"),
    path("calendar/feed/", agenda_views.feed_settings, name="feed"),
    path("calendar/feed/renew/", agenda_views.feed_renew, name="feed_renew"),
    path("calendar/feed/end/", agenda_views.feed_end, name="feed_end"),
    path("calendar/<str:token>.ics", agenda_views.feed_file, name="feed_file"),
    path("<str:notice>/", views.open_notice, name="open"),
    path("<str:notice>/mark/", views.mark, name="mark"),
]
