"""The public addresses. Short, since they stand on posters."""

from django.urls import path

from samskap.voice.views import dialogue, public

urlpatterns = [
    path("si-ifra/", public.find, name="find"),
    path("s/<slug:code>/", public.who, name="who"),
    path("s/<slug:code>/ansatt/", public.employee, name="employee"),
    path("s/<slug:code>/<slug:who>/", public.tell, name="public_tell"),
    path("svar/", dialogue.dialogue, name="dialogue"),
    path("svar/kort/", dialogue.card, name="card"),
    path("ut/", public.leave, name="leave"),
]
