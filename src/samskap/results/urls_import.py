"""Addresses of import and units; ``urls`` includes them."""

from django.urls import path

from samskap.results.views import importing as views

urlpatterns_import = [
    path("import/", views.imports, name="imports"),
    path("import/<uuid:run>/", views.import_run, name="import_run"),
    path("import/<uuid:run>/lagre/", views.import_apply, name="import_apply"),
    path("import/<uuid:run>/stopp/", views.import_cancel, name="import_cancel"),
    path("import/<uuid:run>/forkast/", views.import_drop, name="import_drop"),
    path("import/<uuid:run>/angre/", views.import_undo, name="import_undo"),
    path("enheter/", views.units, name="units"),
    path("enheter/koble/", views.bind_unit, name="bind_unit"),
    path("enheter/<int:name>/los/", views.loosen_unit, name="loosen_unit"),
]
