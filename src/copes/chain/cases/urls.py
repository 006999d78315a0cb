"""Addresses of the cases room."""

from __future__ import annotations

from django.urls import URLPattern, path

from copes.chain.cases import (
    access_views,
    control_views,
    day_views,
    draft_views,
    list_views,
    part_views,
    task_views,
    views,
)

app_name = "cases"
urlpatterns: list[URLPattern] = [
    path("", list_views.case_list, name="list"),
    path("selected/access/", list_views.give_access, name="give_access"),
    path("new/", views.case_new, name="new"),
    path("access/ask/", access_views.ask, name="access_ask"),
    path("access/mine/", access_views.mine, name="access_mine"),
    path("access/waiting/", access_views.waiting, name="access_waiting"),
    path("access/glass/", access_views.break_glass, name="access_glass"),
    path("access/requests/<str:access_request>/", access_views.decide, name="access_request_decide"),
    path("access/reviews/<str:access>/", access_views.review, name="access_review"),
    path("access/lent/<str:access>/end/", access_views.end, name="access_end"),
    path("access/officers/<str:officer>/", access_views.left_by, name="access_left"),
    path("access/standing-in/<str:delegation>/", access_views.stand_in, name="access_stand_in"),
    path("control/new/", control_views.new_control, name="new_control"),
    path("drafts/<path:form>/", draft_views.draft, name="draft"),
    path("places/near/", draft_views.places_near, name="places_near"),
    path("document/", draft_views.document, name="document"),
    path("document/photograph/", draft_views.document_photograph, name="document_photograph"),
    path("my-day/", day_views.fragment, name="day_fragment"),
    path("tasks/", task_views.my_tasks, name="my_tasks"),
    path("<str:case>/", part_views.case_page, name="case"),
    path("<str:case>/timeline/", part_views.timeline, name="timeline"),
    path("<str:case>/exhibits/", part_views.exhibit_part, name="exhibits"),
    path("<str:case>/documents/", part_views.documents, name="documents"),
    path("<str:case>/tasks/", part_views.tasks, name="tasks"),
    path("<str:case>/tasks/new/", task_views.task_new, name="task_new"),
    path("<str:case>/tasks/<str:task>/", task_views.task_page, name="task"),
    path("<str:case>/tasks/<str:task>/done/", task_views.task_done, name="task_done"),
    path("<str:case>/tasks/<str:task>/withdraw/", task_views.task_withdraw, name="task_withdraw"),
    path("<str:case>/notes/", part_views.notes, name="notes"),
    path("<str:case>/procedure/", part_views.procedure, name="procedure"),
    path("<str:case>/who/", part_views.who, name="who"),
    path("<str:case>/close/", task_views.case_close, name="close"),
    path("<str:case>/reopen/", task_views.case_reopen, name="reopen"),
    path("<str:case>/access/", views.access_grant, name="grant"),
    path("<str:case>/access/<str:officer>/revoke/", views.access_revoke, name="revoke"),
    path("<str:case>/note/", views.note_new, name="note"),
    path("<str:case>/control/", control_views.control_new, name="control_new"),
    path("<str:case>/controls/<str:control>/", control_views.control_page, name="control"),
    path("<str:case>/controls/<str:control>/correct/", control_views.control_correct, name="control_correct"),
    path("<str:case>/controls/<str:control>/end/", control_views.control_end, name="control_end"),
]
