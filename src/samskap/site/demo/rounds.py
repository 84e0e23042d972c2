"""Plays the written plans through the actions that everybody uses, at the days on which they would have happened."""


def play_all() -> None:
    """Every plan."""
