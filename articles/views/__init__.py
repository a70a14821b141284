"""One module per page."""

from .article import article
from .article_list import article_list
from .article_print import article_print
from .changes import changes
from .feed import feed
from .figure import figure
from .glossary import glossary
from .topic import topic

__all__ = [
    "article",
    "article_list",
    "article_print",
    "changes",
    "feed",
    "figure",
    "glossary",
    "topic",
]
