"""What other rooms use of the statistics."""

from samskap.stats.change import Verdict, comparable, school_year_variance, verdict
from samskap.stats.charts import DotChart, LineChart, Observation, dot_chart, line_chart
from samskap.stats.difference import Difference, from_half_widths, newcombe, welch, widened
from samskap.stats.disclosure import Cell, Reason, ReleasedTable, Table, Thresholds, release
from samskap.stats.intervals import Interval, half_width_interval, mean_interval, t_quantile, wilson

__all__ = [
    "Cell",
    "Difference",
    "DotChart",
    "Interval",
    "LineChart",
    "Observation",
    "Reason",
    "ReleasedTable",
    "Table",
    "Thresholds",
    "Verdict",
    "comparable",
    "dot_chart",
    "from_half_widths",
    "half_width_interval",
    "line_chart",
    "mean_interval",
    "newcombe",
    "release",
    "school_year_variance",
    "t_quantile",
    "verdict",
    "welch",
    "widened",
    "wilson",
]
