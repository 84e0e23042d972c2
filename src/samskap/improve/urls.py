"""Addresses of the plan."""

from django.urls import path

from samskap.improve.views import parts, plans

app_name = "improve"
urlpatterns = [
    path("", plans.own, name="own"),
    path("mine-tiltak/", plans.mine, name="mine"),
    path("skolene/", plans.all_schools, name="all_schools"),
    path("skole/<uuid:school>/ny/", plans.new, name="new"),
    path("<uuid:plan>/", plans.plan_page, name="plan"),
    path("<uuid:plan>/retning/", plans.direction, name="direction"),
    path("<uuid:plan>/historikk/", plans.history, name="history"),
    path("<uuid:plan>/utskrift/", plans.paper, name="paper"),
    path("<uuid:plan>/deling/", plans.share, name="share"),
    path("<uuid:plan>/neste-periode/", plans.continue_plan, name="continue"),
    path("<uuid:plan>/her-er-vi/ny/", parts.new_note, name="new_note"),
    path("<uuid:plan>/mal/ny/", parts.new_goal, name="new_goal"),
    path("notat/<uuid:note>/", parts.change_note, name="change_note"),
    path("notat/<uuid:note>/fjern/", parts.remove_note, name="remove_note"),
    path("mal/<uuid:goal>/", parts.goal_page, name="goal"),
    path("mal/<uuid:goal>/endre/", parts.change_goal, name="change_goal"),
    path("mal/<uuid:goal>/fjern/", parts.remove_goal, name="remove_goal"),
    path("mal/<uuid:goal>/tiltak/ny/", parts.new_measure, name="new_measure"),
    path("mal/<uuid:goal>/medvirkning/ny/", parts.new_involvement, name="new_involvement"),
    path("mal/<uuid:goal>/evaluering/", parts.evaluate, name="evaluate"),
    path("tiltak/<uuid:measure>/endre/", parts.change_measure, name="change_measure"),
    path("tiltak/<uuid:measure>/flytt/", parts.move_measure, name="move_measure"),
    path("tiltak/<uuid:measure>/status/", parts.status, name="status"),
]
