"""Addresses: the site's own, and each room's below the prefix that the room names."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from samskap.kernel.room import rooms
from samskap.site import views

app_urls = [
    path("", views.home, name="home"),
    path("sprak/", views.choose_language, name="language"),
    path("om/", views.about, name="about"),
    path("lov/", views.law, name="law"),
    path("dev/komponenter/", views.gallery, name="gallery"),
    path("helse/", views.health, name="health"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((app_urls, "site")))]
urlpatterns += [
    path(f"{room.prefix}/" if room.prefix else "", include((f"samskap.{room.name}.urls", room.name)))
    for room in sorted(rooms(), key=lambda room: not room.open_to_all)
    if find_spec(f"samskap.{room.name}.urls") is not None
]
handler400 = "samskap.site.errors.bad_request"
handler403 = "samskap.site.errors.forbidden"
handler404 = "samskap.site.errors.not_found"
handler500 = "samskap.site.errors.server_error"
