"""Forms, one module for each thing that a person fills in. They check and say sorry, nothing else."""

from .answering import AnswerForm
from .deciding import DecisionForm
from .editing import EditForm
from .telling import StoryForm
from .words import AskForm, ReplyForm, WordsForm

__all__ = ["AnswerForm", "AskForm", "DecisionForm", "EditForm", "ReplyForm", "StoryForm", "WordsForm"]
