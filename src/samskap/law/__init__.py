"""Floor 0: dated legal rules, the Norwegian working-day and school calendar. Pure Python; other rooms use ``api`` alone."""
