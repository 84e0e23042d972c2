"""Addresses of voice: the public ones, and those of the people who work there."""

from django.urls import path

from samskap.voice.urls_public import urlpatterns as public
from samskap.voice.views import entrance, from_home, inbox, steps, telling

app_name = "voice"
urlpatterns = [
    *public,
    path("meldinger/", inbox.inbox, name="inbox"),
    path("meldinger/ute/", inbox.left, name="left"),
    path("meldinger/<uuid:report>/", inbox.report, name="report"),
    path("meldinger/<uuid:report>/kopi.pdf", inbox.copy, name="copy"),
    path("meldinger/<uuid:report>/bilde/<uuid:image>/", inbox.image, name="image"),
    path("meldinger/<uuid:report>/<slug:step>/", steps.step, name="step"),
    path("meld-fra/", telling.tell_where, name="tell"),
    path("meld-fra/<uuid:school>/", telling.tell, name="tell_at"),
    path("meld-fra/<uuid:school>/for-andre/", telling.take_down, name="take_down"),
    path("fortell/", from_home.where, name="tell_from_home_where"),
    path("fortell/<uuid:school>/", from_home.tell, name="tell_from_home"),
    path("mine-meldinger/", telling.own, name="own"),
    path("mine-meldinger/<uuid:report>/", telling.own_report, name="own_report"),
    path("mine-meldinger/<uuid:report>/les/", telling.own_read, name="own_read"),
    path("mine-meldinger/<uuid:report>/kvittering.pdf", telling.receipt, name="receipt"),
    path("skolens-side/<uuid:school>/", entrance.entrance, name="entrance"),
    path("skolens-side/<uuid:school>/plakat.pdf", entrance.poster, name="poster"),
]
