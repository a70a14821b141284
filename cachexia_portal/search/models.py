"""What can be found, as words; and how often each word stands in it.

A row says nothing about who may see it. Every hit is joined with the rows of its
app that are visible to the person who asks, at the moment they ask.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Shelf(models.TextChoices):
    """Where a document belongs, and the group in which it is shown."""

    ARTICLES = "articles"
    QUESTIONS = "questions"
    STORIES = "stories"
    GLOSSARY = "glossary"
    HELP = "help"
    SOURCES = "sources"  # imported documents, for staff


class SearchDocument(models.Model):
    """One thing to find: a section of a guide, a question with the beginnings of its answers, a story, a word.

    `row` is the key of the app's own row and `version` that of the words this was made of:
    where the visible row stands at other words, the document finds nothing. `part` counts
    the sections of one row from 0.

    `title_stems` and `body_stems` hold the same words as stems, parted by single spaces:
    "title | name | name # heading" in the first, "text # what others wrote below" in the
    second. Both databases index these two columns and nothing else, so both match alike
    (`indexes.py` makes the indexes).
    """

    shelf = models.CharField(max_length=10, choices=Shelf)
    row = models.BigIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    version = models.BigIntegerField(default=0)
    title = models.TextField()
    heading = models.TextField(blank=True)  # of the section
    names = models.TextField(blank=True)  # further names found like the title, one a line
    anchor = models.CharField(max_length=200, blank=True)  # where on its page it stands
    text = models.TextField(blank=True)  # how it begins, as people read it
    title_stems = models.TextField()
    body_stems = models.TextField(blank=True)
    is_urgent = models.BooleanField(default=False)  # an emergency: never offered as like something chronic
    is_demo = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["shelf", "row", "part"], name="each_part_is_found_once"),
            models.CheckConstraint(
                name="a_document_stands_on_a_known_shelf", condition=Q(shelf__in=Shelf.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shelf} {self.row}.{self.part}"


class SearchWord(models.Model):
    """How many documents hold a stem, and how people mostly write it. Counted anew by a sweep.

    What stands in a single question or story only is not here: it may be somebody's name.
    """

    stem = models.CharField(max_length=40, primary_key=True)
    written = models.CharField(max_length=40)
    documents = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.stem


class SearchCount(models.Model):
    """When the words were last counted, and in how many documents of each shelf. One row."""

    ONLY = 1

    stamp = models.CharField(max_length=32)  # another one each time
    documents = models.JSONField(default=dict)  # of each shelf
    newest = models.BigIntegerField(default=0)  # document that was there
    counted_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.stamp
