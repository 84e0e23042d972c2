"""Addresses for signing in and for the administrator."""

from django.urls import path

from samskap.people.views import factors, manage, school_life, signin

app_name = "people"
urlpatterns = [
    path("logg-inn/", signin.sign_in, name="sign_in"),
    path("logg-ut/", signin.sign_out, name="sign_out"),
    path("invitasjon/<str:secret>/", signin.invitation, name="invitation"),
    path("oppsett/<str:secret>/", signin.setup, name="setup"),
    path("eier/", signin.choose_owner, name="choose_owner"),
    path("demo/", signin.demo_people, name="demo"),
    path("sikkerhet/", factors.security, name="security"),
    path("sikkerhet/bekreft/", factors.second_factor, name="second_factor"),
    path("sikkerhet/app/", factors.add_app, name="add_app"),
    path("sikkerhet/passnokkel/", factors.add_passkey, name="add_passkey"),
    path("sikkerhet/reservekoder/", factors.recovery_codes, name="recovery_codes"),
    path("sikkerhet/<uuid:factor>/fjern/", factors.remove_factor, name="remove_factor"),
    path("skoler-og-folk/", manage.overview, name="manage"),
    path("skoler-og-folk/skole/ny/", manage.new_school, name="new_school"),
    path("skoler-og-folk/skole/<uuid:school>/endre/", manage.change_school, name="change_school"),
    path("skoler-og-folk/person/<uuid:person>/endre/", manage.change_person, name="change_person"),
    path("skoler-og-folk/person/ny/", manage.new_person, name="new_person"),
    path("skoler-og-folk/person/<uuid:person>/", manage.person_page, name="person"),
    path("skoler-og-folk/person/<uuid:person>/rolle/", manage.give_role, name="give_role"),
    path("skoler-og-folk/person/<uuid:person>/rolle/avslutt/", manage.end_role, name="end_role"),
    path("skoler-og-folk/person/<uuid:person>/lenke/", manage.invite, name="invite"),
    path("skoler-og-folk/person/<uuid:person>/bekreftelser/", factors.reset_factors, name="reset_factors"),
    path("stedfortreder/<uuid:school>/", school_life.stand_ins, name="stand_ins"),
    path("stedfortreder/<uuid:stand_in>/avslutt/", school_life.end_stand_in, name="end_stand_in"),
    path("skoleruta/", school_life.breaks, name="breaks"),
    path("skoleruta/<uuid:row>/fjern/", school_life.remove_break, name="remove_break"),
    path("klasser/", school_life.classes, name="classes"),
    path("klasser/ny/", school_life.new_class, name="new_class"),
    path("klasser/<uuid:school_class>/", school_life.class_page, name="class"),
    path("klasser/<uuid:school_class>/endre/", school_life.change_class, name="change_class"),
    path("elever/<uuid:pupil>/", school_life.pupil_page, name="pupil"),
    path("elever/<uuid:pupil>/endre/", school_life.change_pupil, name="change_pupil"),
    path("foresatte/<uuid:guardianship>/endre/", school_life.change_guardian, name="change_guardian"),
    path("foresatte/<uuid:guardianship>/avslutt/", school_life.end_guardian, name="end_guardian"),
]
