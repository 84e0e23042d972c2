"""Addresses of cases."""

from django.urls import path

from samskap.cases.views import at_home, case, family, lists, opening, papers, steps

app_name = "cases"
urlpatterns = [
    path("", lists.index, name="list"),
    path("avsluttet/", lists.ended, name="ended"),
    path("ny/", lists.where, name="where"),
    path("ny/<uuid:school>/", opening.new, name="new"),
    path("fra-melding/<uuid:report>/", opening.from_report, name="from_report"),
    path("mine-tiltak/", lists.own, name="own"),
    path("mine-tiltak/<uuid:measure>/", lists.own_measure, name="own_measure"),
    path("oppfolging/", family.index, name="family_list"),
    path("oppfolging/<uuid:pupil>/", family.page, name="family"),
    path("oppfolging/<uuid:pupil>/na/", family.say, name="family_say"),
    path("oppfolging/ord/<uuid:entry>/rett/", family.correct, name="family_correct"),
    path("oppfolging/ord/<uuid:entry>/hjem/", family.tell_home, name="family_tell"),
    path("elev/<uuid:pupil>/hjemme/", at_home.page, name="at_home"),
    path("elev/<uuid:pupil>/hjemme/<uuid:person>/se/", at_home.look, name="at_home_look"),
    path("elev/<uuid:pupil>/hjemme/<uuid:person>/apne/", at_home.open_page, name="at_home_open"),
    path("elev/<uuid:pupil>/hjemme/<uuid:person>/steng/", at_home.close_page, name="at_home_close"),
    path("elev/<uuid:pupil>/hjemme/<uuid:person>/lenke/", at_home.make_link, name="at_home_link"),
    path("oppfolging/dokument/<uuid:paper>/", family.paper, name="family_paper"),
    path("elev/<uuid:pupil>/dokument/<slug:kind>/", papers.of_pupil, name="paper_pupil"),
    path("utkast/<uuid:draft>/", papers.draft, name="paper_draft"),
    path("utkast/<uuid:draft>/<slug:step>/", papers.step, name="paper_step"),
    path("dokument/<uuid:paper>/", papers.fetch, name="paper"),
    path("<uuid:case>/dokumenter/", papers.index, name="papers"),
    path("<uuid:case>/dokument/<slug:kind>/", papers.of_case, name="paper_case"),
    path("<uuid:case>/arkiv/", papers.archive, name="archive"),
    path("elev/<uuid:pupil>/<slug:step>/", steps.pupil_step, name="pupil_step"),
    path("plan/<uuid:plan>/", case.plan, name="plan"),
    path("plan/<uuid:plan>/<slug:step>/", steps.plan_step, name="plan_step"),
    path("tiltak/<uuid:measure>/<slug:step>/", steps.measure_step, name="measure_step"),
    path("linje/<uuid:entry>/<slug:step>/", steps.entry_step, name="entry_step"),
    path("tilgang/<uuid:given>/<slug:step>/", steps.given_step, name="given_step"),
    path("<uuid:case>/", case.page, name="case"),
    path("<uuid:case>/hvem/", case.who, name="who"),
    path("<uuid:case>/melding/<int:number>/", case.report, name="report"),
    path("<uuid:case>/<slug:step>/", steps.case_step, name="case_step"),
]
