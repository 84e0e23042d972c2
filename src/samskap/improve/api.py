"""What later rooms may use of improve."""

from samskap.improve.models import Evaluation, Goal, Measure, Plan
from samskap.improve.queries import all_schools, current_plan, plan_view

__all__ = ["Evaluation", "Goal", "Measure", "Plan", "all_schools", "current_plan", "plan_view"]
