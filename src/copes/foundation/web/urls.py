"""The style page, the tour, the keyboard and the choice of appearance; the rest of the web floor is templates."""

from __future__ import annotations

from django.urls import path

from copes.foundation.web import appearance, tour, views

app_name = "web"
urlpatterns = [
    path("style/", views.style, name="style"),
    path("appearance/", appearance.appearance, name="appearance"),
    path("keys/", views.keys, name="keys"),
    path("tour/", tour.tour, name="tour"),
    path("tour/done/", tour.tour_done, name="tour_done"),
]
