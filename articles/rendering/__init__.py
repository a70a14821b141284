"""Markdown to trusted HTML: the only place of the site that calls a string trusted.

Raw HTML is shown as the text it is, pictures of a text become their description,
and what was made is sanitised last against a short list. A guide's Markdown knows
five marks of our own:

    [^2]                        cites the source with the number 2
    ::figure 1                  shows the figure with the number 1; a line of its own
    ::quote 1                   shows the quotation with the number 1; a line of its own
    [cachexia](word:cachexia)   marks a word of the glossary by its address
    :::numbers … :::            folds hard numbers away until somebody asks for them
"""

from .markdown import cited_numbers, marked_words, shown_figures, shown_quotations
from .page import RENDER_VERSION, Page, render, render_page
from .sections import TextSection, sections_of
from .stored import fill_quotations, with_open_folds
from .trust import SCHEMES, TAGS, data_block, trusted

__all__ = [
    "RENDER_VERSION",
    "SCHEMES",
    "TAGS",
    "Page",
    "TextSection",
    "cited_numbers",
    "data_block",
    "fill_quotations",
    "marked_words",
    "render",
    "render_page",
    "sections_of",
    "shown_figures",
    "shown_quotations",
    "trusted",
    "with_open_folds",
]
