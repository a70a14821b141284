"""Give the posts and decisions that are stored already what the rules of the next migration ask for."""

from django.db import migrations
from django.db.models import Count, F, OuterRef, Q, Subquery

from cachexia_portal.events.append_only import lifted


def complete(apps, schema_editor):
    posts = apps.get_model("community", "Post").objects
    decisions = apps.get_model("community", "Decision")
    posts.filter(kind="answer").update(question=F("parent"))
    decided = decisions.objects.filter(verb="publish")
    with lifted(schema_editor.connection, decisions._meta.db_table):
        item = apps.get_model("community", "ReviewItem").objects.filter(pk=OuterRef("item"))
        decided.update(shown=Subquery(item.values("revision")))
    first = decided.filter(item__revision__post=OuterRef("pk")).order_by("at")
    posts.filter(published_revision__isnull=False).update(published_at=Subquery(first.values("at")[:1]))
    # Shown although nobody decided: `check_integrity` says so; the day is then that of sending.
    posts.filter(published_revision__isnull=False, published_at=None).update(published_at=F("created_at"))
    is_shown = Q(thread__published_revision__isnull=False, thread__hidden_at=None)
    for question in posts.filter(kind="question").annotate(shown=Count("thread", filter=is_shown)):
        posts.filter(pk=question.pk).update(lived_count=question.shown)


class Migration(migrations.Migration):
    dependencies = [("community", "0002_asking_answering_and_the_desk")]

    operations = [migrations.RunPython(complete, migrations.RunPython.noop)]
