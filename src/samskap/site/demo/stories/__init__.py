"""What the made-up schools have written: content, not interface. Nobody in it exists, and no pupil is named."""

from samskap.site.demo.stories import elvesletta, kvernfossen, storhaugen, tjernlia, vesleoya
from samskap.site.demo.stories.parts import Round


def all_rounds() -> tuple[Round, ...]:
    """Every plan of the demonstration, the oldest of a school first. One school has none."""
    return (
        elvesletta.ROUND,
        tjernlia.ROUND,
        kvernfossen.ROUND,
        vesleoya.ROUND,
        *storhaugen.EARLIER,
        storhaugen.LAST_YEAR,
        storhaugen.THIS_YEAR,
    )
