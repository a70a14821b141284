"""The editors' back office: documents in, guides out."""

from .articles import ArticleAdmin
from .revisions import RevisionAdmin
from .sources import SourceDocumentAdmin

__all__ = ["ArticleAdmin", "RevisionAdmin", "SourceDocumentAdmin"]
