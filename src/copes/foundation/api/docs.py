"""A page that lists the API's addresses: plain HTML made on the server, without scripts from elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


class Listing(DocsBase):
    """Every operation by its tag, with method, address and what it promises."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """The page."""
        schema: dict[str, Any] = dict(api.get_openapi_schema(path_params=kwargs))
        rooms: dict[str, list[dict[str, str]]] = {}
        for address, operations in schema["paths"].items():
            for method, operation in operations.items():
                for tag in operation.get("tags", ["api"]):
                    rooms.setdefault(tag, []).append(
                        {
                            "method": method.upper(),
                            "address": address,
                            "summary": operation["summary"],
                            "description": operation.get("description", ""),
                        }
                    )
        context = {"rooms": rooms, "version": api.version, "openapi": self.get_openapi_url(api, kwargs)}
        return render(request, "api/docs.html", context)
