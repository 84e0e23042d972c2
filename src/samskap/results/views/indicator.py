"""One indicator at one school, in full."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samskap.kernel import policy
from samskap.kernel.access import Request, access
from samskap.kernel.ui.layout import Crumb, KeyFigure
from samskap.people.api import School
from samskap.results import catalogue, charts, reading, wording
from samskap.results.policy import COMPARE, SEE
from samskap.results.story import Story
from samskap.results.views.school import crumbs, downloads


def story_or_404(school: School, code: str) -> Story:
    """The story; 404 for an indicator that nobody knows or a school that is in no register."""
    story = reading.one_story(school, code)
    if story is None:
        raise Http404
    return story


@access(SEE, "school")
@require_safe
def indicator_page(request: Request, school: School, code: str) -> HttpResponse:
    """Chart with intervals, what may be said, and how sure it is."""
    story = story_or_404(school, code)
    files = downloads("results:indicator_file", [school.pk, code])
    context = {
        "school": school, "story": story, "ref": story.ref, "crumbs": crumbs(request, school, Crumb(story.ref.name)),
        "figure": charts.figure(story, files) if story.points else None,
        "key_figures": key_figures(story), "change": story.change, "change_text": story.change_text(),
        "beside_text": story.beside_text(), "caution": wording.caution(story.indicator, story.grade),
        "across_url": across_url(request, story), "back": school_url(school, story),
        "bullying": story.indicator.group == catalogue.BULLYING,
    }  # fmt: skip
    return render(request, "results/indicator.html", context)


def across_url(request: Request, story: Story) -> str:
    """Where the schools stand side by side on this indicator, for those who may see it."""
    if not policy.may(COMPARE, request.actor):
        return ""
    return f"{reverse('results:across')}?indikator={story.indicator.code}&trinn={story.grade}"


def school_url(school: School, story: Story) -> str:
    """Back to all indicators of the same grade."""
    return f"{reverse('results:school', args=[school.pk])}?trinn={story.grade}"


def key_figures(story: Story) -> list[KeyFigure]:
    """The newest figure with its interval, and those around it in the same year."""
    point, scale = story.newest, story.indicator.scale
    if point is None:
        return []
    own = wording.shown(scale, point)
    found = [KeyFigure(wording.place_word("school"), own, _note(story), masked=point.status == "masked")]
    for around in story.around:
        seen = around.in_year(point.year)
        if seen is not None:
            masked = seen.status == "masked"
            found.append(KeyFigure(wording.place_word(around.word), wording.shown(scale, seen), around.name, masked=masked))
    return found


def _note(story: Story) -> str:
    point = story.newest
    if point is None or point.value is None:
        return point.label if point else ""
    return wording.support(story.indicator.scale, point)
