"""Addresses of the results."""

from django.urls import path, register_converter

from samskap.results.urls_import import urlpatterns_import
from samskap.results.views import download, indicator, school, schools


class IndicatorPart:
    """instrument/indicator/measure/grade, as in ``catalogue.code_of``."""

    regex = "[a-z_]+/[a-z0-9_]+/[a-z0-9_]+/[a-z0-9]+"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class KindPart(IndicatorPart):
    """The ending of a file."""

    regex = "csv|xlsx"


register_converter(IndicatorPart, "indicator")
register_converter(KindPart, "kind")

urlpatterns = [
    path("", school.own, name="own"),
    path("skole/<uuid:school>/", school.school_page, name="school"),
    path("skole/<uuid:school>/last-ned.<kind:kind>", download.school_file, name="school_file"),
    path("skole/<uuid:school>/<indicator:code>/", indicator.indicator_page, name="indicator"),
    path("skole/<uuid:school>/<indicator:code>/last-ned.<kind:kind>", download.indicator_file, name="indicator_file"),
    path("skoler/", schools.schools_page, name="schools"),
    path("indikator/", schools.across_page, name="across"),
    path("indikator/last-ned.<kind:kind>", download.across_file, name="across_file"),
    *urlpatterns_import,
]
