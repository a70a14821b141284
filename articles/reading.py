"""What a guide's page says when it is read, over and above its revision's own words."""

from __future__ import annotations

from typing import Any

from articles import rights
from articles.models import Article, Figure


def shows_picture(user: Any, name: str) -> bool:
    """Does a guide that this person may read show the picture of this name now?"""
    guides = Article.objects.visible_to(user)
    figures = Figure.objects.filter(file=name, revision__in=guides.values("live_revision"))
    return any(
        rights.may(rights.Use.SHOW, figure) and name in figure.revision.page.body
        for figure in figures.select_related("revision")
    )
