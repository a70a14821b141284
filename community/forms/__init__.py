"""Forms, one module for each thing that a person fills in. They check and say sorry, nothing else."""

from .deciding import DecisionForm
from .words import AnswerForm, AskForm, WordsForm

__all__ = ["AnswerForm", "AskForm", "DecisionForm", "WordsForm"]
