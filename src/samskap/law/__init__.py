"""Floor 0: dated legal rules and calendars, pure Python. Its first content comes with the duties of chapter 12."""
