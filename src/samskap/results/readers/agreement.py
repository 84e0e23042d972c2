"""Do the figures of one row agree? Figures that have changed places often lie within each other's range."""

from collections.abc import Mapping

from samskap.results.readers.model import Stop

Figures = Mapping[str, float | None]
CHOICES = range(1, 6)
# More than rounding makes: shares may be printed as whole per cents, means have one decimal.
SHARE_SLACK = 0.6
MEAN_SLACK = 0.15


def check_agreement(figures: Figures, where: str) -> None:
    """``figures``: the row's numbers by the publisher's column names, None for masked or empty. Raises Stop."""
    _check_participation(figures, where)
    _check_mean(figures, where)


def _disagrees(measure: str, value: float, where: str) -> Stop:
    return Stop("disagrees", where, value=f"{value:g}".replace(".", ","), measure=measure)


def _check_participation(figures: Figures, where: str) -> None:
    """AndelDeltatt = 100 · AntallBesvart / AntallInvitert."""
    share, n, invited = (figures.get(name) for name in ("AndelDeltatt", "AntallBesvart", "AntallInvitert"))
    if n is None or invited is None:
        return
    if n > invited:
        raise _disagrees("AntallBesvart", n, where)
    if share is not None and invited and abs(share - 100 * n / invited) > SHARE_SLACK:
        raise _disagrees("AndelDeltatt", share, where)


def _check_mean(figures: Figures, where: str) -> None:
    """Score = Σ k · share_k / Σ share_k over the five answers, where all are printed; the scale may run the other way."""
    score = figures.get("Score")
    shares = [figures.get(f"AndelSvaralternativ{choice}") for choice in CHOICES]
    known = [share for share in shares if share is not None]
    if score is None or len(known) < len(CHOICES) or not sum(known):
        return
    mean = sum(choice * share for choice, share in zip(CHOICES, known, strict=True)) / sum(known)
    if min(abs(mean - score), abs(6 - mean - score)) > MEAN_SLACK:
        raise _disagrees("Score", score, where)
