"""Floor 3: the plan's round. Where are we, where are we going, goals, measures, status, evaluation, involvement."""
