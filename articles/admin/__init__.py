"""The editors' back office: documents in, guides out."""

from .articles import ArticleAdmin
from .revisions import RevisionAdmin
from .sources import SourceDocumentAdmin
from .taxonomy import CancerTypeAdmin, GlossaryTermAdmin, SynonymGroupAdmin, TopicAdmin
from .wordings import HealthWordingAdmin

__all__ = [
    "ArticleAdmin",
    "CancerTypeAdmin",
    "GlossaryTermAdmin",
    "HealthWordingAdmin",
    "RevisionAdmin",
    "SourceDocumentAdmin",
    "SynonymGroupAdmin",
    "TopicAdmin",
]
