"""What each problem means and what to do, as English texts for the catalogues. There is no text for "something else"."""

from typing import Final

from samskap.results.readers.model import Problem


def gettext_noop(text: str) -> str:
    """Marks a text for the catalogues; floor-free stand-in for Django's."""
    return text


TEXTS: Final = {
    "empty": gettext_noop("The file is empty. Export it again."),
    "foreign": gettext_noop(
        "This is not an export from Udir that the program knows. Use the table export (CSV) or the API's JSON."
    ),
    "encoding": gettext_noop(
        "The file's signs cannot be read. It may have been opened and saved in another program. Export it again."
    ),
    "cut": gettext_noop("The file ends too early. Export it again, and let the download finish."),
    "too-large": gettext_noop("The file is larger than {limit} MB. Export fewer years or tests at a time."),
    "json": gettext_noop("The file is not whole JSON. Download it again."),
    "header": gettext_noop("The headings are not as Udir writes them: {what}. Export the table again without changing it."),
    "unknown-word": gettext_noop("The program does not know the word “{word}”. What it describes has been left out."),
    "no-known-column": gettext_noop("None of the columns has headings that the program knows. Nothing can be read."),
    "row": gettext_noop("This row does not have the columns that the headings promise. Export the table again."),
    "level": gettext_noop(
        "“{word}” is no level (1 nation, 2 county, 3 municipality, 4 school). Columns may have changed places."
    ),
    "identifier": gettext_noop("“{word}” is not the number of such a unit. Columns may have changed places."),
    "name": gettext_noop("“{word}” is not the name of such a unit. Columns may have changed places."),
    "belongs": gettext_noop(
        "The municipality {municipality} does not lie in the county {county}. Columns may have changed places."
    ),
    "sign": gettext_noop("The name “{word}” has signs that no name has. The file is damaged."),
    "number": gettext_noop("“{word}” is not a number. The file is damaged or has been edited."),
    "long-number": gettext_noop("A number in the file has more digits than any figure. The file is damaged or has been edited."),
    "long-name": gettext_noop("“{word}…” is longer than any name. The file is damaged or has been edited."),
    "range": gettext_noop("{value} cannot be a figure for “{measure}”. Columns may have changed places."),
    "whole": gettext_noop("{value} is a number of pupils and must be whole. Columns may have changed places."),
    "disagrees": gettext_noop(
        "{value} for “{measure}” does not fit the other figures in the row. Columns may have changed places."
    ),
    "contradiction": gettext_noop(
        "The same school, year and question stands twice with different figures. Export the table again."
    ),
    "year": gettext_noop("“{word}” is no school year such as 2025-26."),
    "unit-by-name": gettext_noop("The file has names and no organisation numbers. Choose once which school each name is."),
}


def problem_text(problem: Problem) -> str:
    """The English text. KeyError for a code that nobody has put into words."""
    return TEXTS[problem.code].format(**problem.detail)
