"""Addresses of the journal."""

from __future__ import annotations

from django.urls import path

from copes.foundation.journal import serving, views

app_name = "journal"
urlpatterns = [
    path("ledger/checkpoint", serving.checkpoint, name="checkpoint"),
    path("ledger/vkey", serving.vkey, name="vkey"),
    path("ledger/tile/<path:path>", serving.tile, name="tile"),
    path("cosigner/add-checkpoint", serving.add_checkpoint, name="add_checkpoint"),
    path("cosigner/vkey", serving.cosigner_vkey, name="cosigner_vkey"),
    path("integrity/", views.state, name="state"),
    path("integrity/erasures/", views.erasures, name="erasures"),
    path("integrity/erase/<str:jti>/", views.erase, name="erase"),
]
