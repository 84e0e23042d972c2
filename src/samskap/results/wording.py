"""Figures, intervals and verdicts in words: short, and no more certain than the figures are."""

from collections.abc import Iterable

from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.results.catalogue import Indicator
from samskap.results.rules import MASKED, NOBODY, SHARE, Judgement, Point, Reason, Scale
from samskap.stats.api import Verdict, school_year_variance


def number(value: float, decimals: int) -> str:
    """With the language's decimal sign and a real minus sign."""
    text = f"{value:.{decimals}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace(".", str(get_format("DECIMAL_SEPARATOR"))).replace("-", "−")


def level(scale: Scale, value: float) -> str:
    """A figure with its unit: "4,2", "12,1 %", "49"."""
    text = number(value, scale.decimals)
    return f"{text} %" if scale is SHARE else text


def ends(scale: Scale, point: Point) -> str:
    """The interval: "4,0–4,4"; empty where there is none."""
    if point.low is None or point.high is None:
        return ""
    text = f"{number(point.low, scale.end_decimals)}–{number(point.high, scale.end_decimals)}"
    return f"{text} %" if scale is SHARE else text


def support(scale: Scale, point: Point) -> str:
    """What stands behind a figure: "2025-26, 4,0–4,4, 87 answers"; says so where no interval can be made."""
    parts = [point.label, ends(scale, point) or _("no interval: the number of answers is not known")]
    if point.n is not None:
        parts.append(ngettext("%(n)s answer", "%(n)s answers", point.n) % {"n": point.n})
    return ", ".join(parts)


def status(name: str) -> str:
    """Why there is no figure."""
    words = {MASKED: _("masked"), NOBODY: _("nobody took part")}
    return words.get(name, _("no figure"))


def shown(scale: Scale, point: Point | None) -> str:
    """The figure, or why there is none."""
    if point is None:
        return status("empty")
    return status(point.status) if point.value is None else level(scale, point.value)


def step(scale: Scale, value: float) -> str:
    """A difference with its sign: "+0,2", "−3,1"."""
    text = number(value, scale.end_decimals)
    return text if text.startswith("−") else f"+{text}"


def _span(scale: Scale, judged: Judgement) -> dict[str, str]:
    """The ends of where the difference may lie: "−0,1", "+0,3"."""
    if judged.difference is None:
        return {"low": "", "high": ""}
    interval = judged.difference.interval
    return {"low": _end(scale, interval.low), "high": _end(scale, interval.high)}


def _end(scale: Scale, value: float) -> str:
    """An end of a span; with one more decimal where it would read as nought: on which side of it the end lies is the point."""
    told = step(scale, value)
    if float(f"{value:.{scale.end_decimals}f}") == 0 and value:
        text = number(value, scale.end_decimals + 1)
        return text if text.startswith("−") else f"+{text}"
    return told


def reason(why: Reason) -> str:
    """Why nothing is said of a change."""
    words = {
        Reason.NO_FIGURE: _("There are not two years with figures to compare."),
        Reason.MASKED: _("One of the figures is masked, so they cannot be compared."),
        Reason.BREAK: _("The question was asked in another way before. The years cannot be compared."),
        Reason.NO_NUMBER: _("The number of pupils who answered is not known, so nothing can be said about chance."),
        Reason.FEW: _("Fewer than ten pupils answered. That is too few to say anything about change."),
    }
    return words.get(why, words[Reason.NO_FIGURE])


def change(indicator: Indicator, one: Point | None, two: Point | None, judged: Judgement) -> str:
    """What may be said of a change from ``one`` to ``two``."""
    if judged.verdict is Verdict.NO_BASIS or one is None or two is None:
        return reason(judged.reason)
    scale = indicator.scale
    told = {"year": one.label, "before": shown(scale, one), "now": shown(scale, two), **_span(scale, judged)}
    if judged.verdict is Verdict.INDISTINGUISHABLE:
        text = _(
            "From %(before)s to %(now)s since %(year)s: cannot be told from chance"
            " (the change lies somewhere between %(low)s and %(high)s)."
        )
        return text % told
    if judged.verdict is Verdict.BETTER:
        return _("Better: from %(before)s to %(now)s since %(year)s, more than chance among the pupils explains.") % told
    return _("Weaker: from %(before)s to %(now)s since %(year)s, more than chance among the pupils explains.") % told


def short_change(indicator: Indicator, one: Point | None, two: Point | None, judged: Judgement) -> str:
    """The same in a few words, for a row among many; empty where there is nothing to compare."""
    if judged.verdict is Verdict.NO_BASIS or one is None or two is None:
        return _("Too few answers to say anything about change.") if judged.reason is Reason.FEW else ""
    told = {"before": shown(indicator.scale, one), "now": shown(indicator.scale, two)}
    if judged.verdict is Verdict.INDISTINGUISHABLE and told["before"] == told["now"]:
        return _("Unchanged: %(now)s.") % told
    texts = {
        Verdict.BETTER: _("Better than the last time: from %(before)s to %(now)s."),
        Verdict.WORSE: _("Weaker than the last time: from %(before)s to %(now)s."),
        Verdict.INDISTINGUISHABLE: _("From %(before)s to %(now)s: cannot be told from chance."),
    }
    return texts[judged.verdict] % told


def older(indicator: Indicator, point: Point) -> str:
    """The newest year is masked; this is the last figure that there is."""
    return _("The last figure is %(value)s in %(year)s.") % {"value": shown(indicator.scale, point), "year": point.label}


def beside(indicator: Indicator, country: Point | None, judged: Judgement) -> str:
    """What may be said of the school's level beside the country's; empty where nothing can be."""
    if country is None or country.value is None or judged.verdict is Verdict.NO_BASIS:
        return ""
    told = {"country": level(indicator.scale, country.value)}
    if judged.verdict is Verdict.INDISTINGUISHABLE:
        return _("The country: %(country)s. The difference cannot be told from chance.") % told
    if indicator.higher_is_better:
        better, weaker = _("Clearly above the country (%(country)s)."), _("Clearly below the country (%(country)s).")
    else:
        better, weaker = (
            _("Clearly fewer than in the country (%(country)s)."),
            _("Clearly more than in the country (%(country)s)."),
        )
    return (better if judged.verdict is Verdict.BETTER else weaker) % told


def caution(indicator: Indicator, grade: str) -> str:
    """How far a verdict on this indicator carries: does it allow for a school's own variation from year to year?"""
    if school_year_variance(indicator.code, grade) is not None:
        return _("Schools' test results vary from year to year even when nothing has changed. The verdict allows for that.")
    return _(
        "The verdict only counts chance among the pupils who answered. Schools also vary from year to year for other reasons, so"
        " take it as preliminary and look at several years."
    )


def safe_side(indicator: Indicator) -> str:
    """What the interval is made from."""
    if indicator.scale is SHARE:
        return _("The interval is made from how many pupils answered and how many of them were bullied (95 %, Wilson's method).")
    if indicator.instrument == "national_tests":
        return _("The interval is the uncertainty that Udir publishes (95 %).")
    return _(
        "The interval is made from Udir's standard deviation and number of answers (95 %). It is rather too wide than too narrow."
    )


def support_of(indicator: Indicator, points: Iterable[Point]) -> str:
    """What the intervals are made from, or that there are none; empty where there is no figure."""
    seen = [point for point in points if point.value is not None]
    if not seen:
        return ""
    if all(point.low is None for point in seen):
        return _("The number of answers is not known, so the figures stand without an interval.")
    return safe_side(indicator)


def note(support: str, part_of_scale: bool) -> str:
    """What stands below a chart; an axis that does not show its whole scale says so."""
    cut = _("The axis shows only a part of the scale, so differences look large.") if part_of_scale else ""
    return " ".join(text for text in (support, cut) if text)


def participation(counts: tuple[int, int] | None, year: str) -> str:
    """How many took part, and a warning where it was few."""
    if counts is None:
        return ""
    answered, invited = counts
    share = 100 * answered / invited
    told = {"answered": answered, "invited": invited, "share": f"{share:.0f}", "year": year}
    if share < 80:
        few = _(
            "%(answered)s of %(invited)s pupils answered in %(year)s (%(share)s %%). Those who did not could change the picture."
        )
        return few % told
    return _("%(answered)s of %(invited)s pupils answered in %(year)s (%(share)s %%).") % told


def nothing_but_masked() -> str:
    """Every figure of the school is masked."""
    return _("All figures are masked, to protect single pupils. Nobody here can see them.")


def nothing_yet() -> str:
    """No figure at all."""
    return _("There are no figures yet.")


def place_word(name: str) -> str:
    """The lines of a chart, in one word each."""
    words = {
        "school": _("The school"),
        "municipality": _("The municipality"),
        "county": _("The county"),
        "nation": _("The country"),
    }
    return words[name]
