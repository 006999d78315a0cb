"""The root of the HTTP API: every room's addresses, one way in, one way to say no."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path, reverse
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from copes.foundation.api import description, ledger, offices, people, problems
from copes.foundation.api.docs import Listing
from copes.foundation.api.guard import guarded
from copes.foundation.api.parsing import StrictParser
from copes.foundation.api.tokens import BearerToken, BrowserSession
from copes.foundation.journal.services import SealingRefusedError
from copes.foundation.refusals import Refusal

PREFIX = "/api/"
View = Callable[..., HttpResponse]


class Api(NinjaAPI):
    """NinjaAPI whose refusals are all problem answers, and whose description names the headers."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's name: ``open_case``."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The published description (docs/api/openapi.json)."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        description.complete(cast("dict[str, Any]", schema))
        return schema

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        urls = [one for one in super()._get_urls() if getattr(one, "name", "") != "api-root"]
        for one in urls:
            if isinstance(one, URLPattern):
                one.callback = _as_problems(one.callback)
        return [path("", _root, name="api-root"), *urls, path("<path:rest>", _unknown)]


_ANSWERS: dict[type[Exception], View] = {
    Refusal: problems.refused,
    ValidationError: problems.invalid,
    AuthenticationError: problems.unauthenticated,
    HttpError: problems.http_error,
    Http404: problems.not_found,
    SealingRefusedError: problems.unsealed,
    Exception: problems.failed,
}


def _as_problems(view: View) -> View:
    def answer(request: HttpRequest, *args: Any, **parameters: Any) -> HttpResponse:
        response = view(request, *args, **parameters)
        if isinstance(response, HttpResponseNotAllowed):
            return problems.method_not_allowed(request, response["Allow"].split(", "))
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # tokens.BrowserSession checks CSRF itself
    return answer


def _root(_request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("api-1:openapi-view"))


def _unknown(request: HttpRequest, rest: str) -> HttpResponse:
    del rest
    return problems.not_found(request)


_unknown.csrf_exempt = True  # type: ignore[attr-defined]  # it changes nothing


def _rooms() -> Sequence[Router]:
    from copes.chain.cases import access_api as access
    from copes.chain.cases import api as cases
    from copes.chain.cases import api_recording as recording
    from copes.chain.cases import api_records as records
    from copes.chain.cases import api_tasks as tasks
    from copes.chain.custody import api as custody
    from copes.chain.dossier import api as dossiers
    from copes.chain.dossier import api_prints as prints
    from copes.chain.seizures import api as seizures
    from copes.chain.seizures import api_goods as goods
    from copes.chain.seizures import api_import as imports
    from copes.foundation.scheduling import api as notifications
    from copes.insight.search import api as search
    from copes.insight.statistics import api as statistics

    return [
        people.router,
        offices.router,
        cases.router,
        recording.router,
        access.router,
        tasks.router,
        seizures.router,
        imports.router,
        goods.router,
        custody.router,
        dossiers.router,
        prints.router,
        records.router,
        search.router,
        statistics.router,
        ledger.router,
        notifications.router,
    ]


def _make() -> Api:
    made = Api(
        title="OpenCOPES",
        version="1",
        description=description.TEXT,
        docs=Listing(),
        docs_url="/docs",
        auth=[BearerToken(), BrowserSession()],
        parser=StrictParser(),
    )
    for kind, handler in _ANSWERS.items():
        made.add_exception_handler(kind, cast("Any", handler))
    made.add_decorator(guarded, mode="view")
    for router in _rooms():
        made.add_router("", router)
    return made


api = _make()
