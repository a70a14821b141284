"""Source documents, articles, their revisions, who approved what, and what it is all about."""

from .approvals import Approval
from .articles import Article
from .citing import Figure, Quotation, Reference
from .diagnostics import Diagnostic
from .editing import Autosave, PastText
from .fingerprints import Fingerprint
from .history import OldAddress, PublicChange
from .revisions import Revision
from .sources import Rights, SourceBlock, SourceDocument
from .taxonomy import CancerType, GlossaryTerm, SynonymGroup, Topic
from .uploads import WaitingUpload
from .wordings import HealthWording, WordingApproval

__all__ = [
    "Approval",
    "Article",
    "Autosave",
    "CancerType",
    "Diagnostic",
    "Figure",
    "Fingerprint",
    "GlossaryTerm",
    "HealthWording",
    "OldAddress",
    "PastText",
    "PublicChange",
    "Quotation",
    "Reference",
    "Revision",
    "Rights",
    "SourceBlock",
    "SourceDocument",
    "SynonymGroup",
    "Topic",
    "WaitingUpload",
    "WordingApproval",
]
