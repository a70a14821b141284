"""One module per page."""

from .article import article
from .article_list import article_list

__all__ = ["article", "article_list"]
