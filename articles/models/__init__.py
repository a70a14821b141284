"""Source documents, articles, their revisions, and who approved what."""

from .articles import Article
from .revisions import Approval, Reference, Revision
from .sources import Rights, SourceBlock, SourceDocument

__all__ = ["Approval", "Article", "Reference", "Revision", "Rights", "SourceBlock", "SourceDocument"]
