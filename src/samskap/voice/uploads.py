"""Images that come with a form: held in memory, never as a plain file on disk, and made anew before they are sealed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from samskap.kernel.access import takes_files
from samskap.voice import images
from samskap.voice.images import Image, ImageRefused

MOST_IMAGES = 3
IMAGES_HELP = gettext_lazy(
    "At most three, for instance screenshots. Never send pictures of naked people, not even as proof: write that they exist."
)
LARGEST_BODY = 40 * 1024 * 1024
View = Callable[..., HttpResponse]


class InMemory(MemoryFileUploadHandler):
    """Keeps a file in memory whatever its size; ``too_large`` guards the whole body before it is read."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


def prepare(request: HttpRequest) -> None:
    """Let files stay in memory. Before POST is read. Raises RequestDataTooBig (413) for a body that no form sends."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not str(length).isdecimal() or int(length) > LARGEST_BODY:
        raise RequestDataTooBig("the body is larger than three images")
    handlers: list[FileUploadHandler] = [InMemory(request)]
    request.upload_handlers = handlers


def with_images(view: View) -> View:
    """For staff's forms with images: the form's own protection is checked after the files are kept in memory.

    Stands outermost, above ``@access``, since that reads the form.
    """
    protected = csrf_protect(view)

    @takes_files(LARGEST_BODY)
    @csrf_exempt
    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        prepare(request)
        return protected(request, *args, **kwargs)

    return run


class ImagesInput(forms.FileInput):
    """A file field that takes several. It remembers nothing of what was sent: all senders' forms share it."""

    allow_multiple_selected = True


class ImagesField(forms.FileField):
    """Up to three images. Cleans to a list of images made anew; refuses with a sentence that says what to do."""

    widget = ImagesInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Image]:
        given = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(given) > MOST_IMAGES:
            raise forms.ValidationError(_("At most three images. Choose the most important ones."))
        return [self._made_anew(file) for file in given]

    def _made_anew(self, file: Any) -> Image:
        try:
            return images.clean(file.read())
        except ImageRefused as refused:
            raise forms.ValidationError(str(REFUSED[refused.code])) from None


REFUSED = {
    "too_big": gettext_lazy("The image is too large. Choose one of at most 12 MB."),
    "too_many_pixels": gettext_lazy("The image is too large. Take a screenshot of it and choose that instead."),
    "kind_not_allowed": gettext_lazy("This kind of file cannot be used. Choose a JPEG or PNG image, or a screenshot."),
    "not_an_image": gettext_lazy("This file is not an image. Choose a JPEG or PNG image, or a screenshot."),
    "damaged": gettext_lazy("The image could not be read. Take a screenshot of it and choose that instead."),
}
