"""``{% load ui %}``: every component under its own name. What each does stands in ``samskap.kernel.ui``."""

from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.safestring import SafeString

from samskap.kernel.ui import buttons, chart, flow, icons, layout, renderer, summary, tables
from samskap.kernel.ui.markup import attributes

register = template.Library()

SIMPLE = (
    icons.icon,
    buttons.button,
    buttons.link_button,
    layout.tabs,
    layout.breadcrumb,
    layout.key_figures,
    layout.masked,
    layout.term,
    tables.columns,
    tables.table_of,
    tables.pagination,
    flow.status,
    flow.progress,
    flow.steps,
    flow.timeline,
    flow.diff,
    flow.changed_words,
    summary.error_summary,
    renderer.control,
    chart.line_chart,
    chart.dot_chart,
)
BLOCKS = (
    buttons.confirm_button,
    layout.page_header,
    layout.section,
    layout.card,
    layout.grid,
    layout.empty_state,
    layout.alert,
    layout.facts,
    layout.fact,
    layout.more,
    tables.data_table,
    tables.row_header,
    tables.cell,
    chart.chart_figure,
)
for tag in SIMPLE:
    register.simple_tag(tag)
for block in BLOCKS:
    register.simple_block_tag(block)
register.simple_tag(renderer.shape, name="field_shape")
register.simple_tag(renderer.limit, name="field_limit")
register.simple_tag(renderer.options, name="field_options")
register.simple_tag(renderer.option_groups, name="field_option_groups")
register.filter("is_optional", renderer.marked_optional)
register.filter("is_grouped", renderer.is_grouped)


@register.simple_tag
def field_describers(field: BoundField) -> SafeString:
    """``aria-describedby`` for a fieldset, where there is something to describe it."""
    return attributes({"aria_describedby": renderer.describers(field)})


@register.filter
def alert_kind(level: Any) -> str:
    """Django's message level as one of the four alerts."""
    return {"error": "danger", "warning": "warning", "success": "success"}.get(str(level), "info")


@register.filter
def sheets(names: str) -> list[str]:
    """The addresses of our own style sheets, in the order in which they build on each other."""
    return [static(f"samskap/css/{name}.css") for name in names.split()]
