"""Vesleøya skule: 23 pupils, just begun, in nynorsk. Its figures are masked, so the talk with the pupils counts more."""

from samskap.site.demo.stories.parts import Note, Round

ROUND = Round(
    "vesleoya", "oddny", -12, 0, 1,
    (
        Note("strength", "Alle kjenner alle. Dei store elevane tek seg av dei små utan at nokon ber dei om det."),
        Note("strength", "Vi er ute kvar dag, og elevane seier at uteskulen på onsdagar er det beste i veka."),
        Note("strength", "Foreldra stiller opp: vi fekk bygd ny gapahuk på to helger."),
    ),
)  # fmt: skip
