"""The style page; everything else of the web floor is templates."""

from __future__ import annotations

from django.urls import path

from copes.foundation.web import views

app_name = "web"
urlpatterns = [path("style/", views.style, name="style")]
