"""Floor 0: estimates, differences, verdicts, disclosure control and chart geometry. Pure Python; imports no other room."""
