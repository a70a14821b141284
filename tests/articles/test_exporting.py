"""Published guides as files that another site can import, and this one knows again."""

from __future__ import annotations

import hashlib
import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from articles.exporting import as_file
from articles.importing.front_matter import read_front_matter
from articles.importing.storing import import_file
from articles.models import Article, CancerType, Figure, Quotation, Reference, SourceDocument, Topic
from articles.pictures import read_picture
from articles.starter_guides import _read
from tests.articles.conftest import imported
from tests.articles.test_pictures import drawn

pytestmark = pytest.mark.django_db
REFERENCE = Reference(
    authors="Hill R", title="Bowls | and spoons", container="Soup Letters", year=2019, doi="10.1000/soup"
)


def export(folder) -> list[str]:
    told = io.StringIO()
    call_command("export_articles", str(folder), stdout=told, stderr=io.StringIO())
    return told.getvalue().split()


def test_each_live_guide_is_one_file_and_nothing_else_is(published, make_draft, tmp_path):
    make_draft(title="Nobody has read this")
    files = export(tmp_path / "out")
    assert files == [str(tmp_path / "out" / "guide-1.md")]
    assert "Nobody has read this" not in (tmp_path / "out" / "guide-1.md").read_text()


def test_the_file_says_what_the_guide_says(published, tmp_path):
    export(tmp_path)
    written = (tmp_path / "guide-1.md").read_text()
    matter = read_front_matter(written.split("\n"))
    assert matter.values["title"] == published.title
    assert matter.values["summary"] == published.summary
    assert matter.values["license"] == "own"
    assert written.rstrip().endswith(published.body)


def test_its_references_are_read_as_the_starter_library_is(publish_another, tmp_path):
    publish_another(references=[REFERENCE])
    export(tmp_path)
    [reference] = _read(tmp_path / "guide-1.md").references()
    assert (reference.authors, reference.title) == ("Hill R", "Bowls ¦ and spoons")
    assert (reference.year, reference.doi) == (2019, "10.1000/soup")


def test_pictures_lie_beside_the_texts(publish_another, tmp_path):
    file = read_picture(io.BytesIO(drawn())).store()
    figure = Figure(file=file, width=40, height=20, alt="A bowl", rights="own")
    publish_another(body="Look.\n\n::figure 1", references=[figure])
    export(tmp_path)
    [line] = read_front_matter((tmp_path / "guide-1.md").read_text().split("\n")).values["figures"]
    assert line == f"figures/{file} | A bowl |  |  | own"
    assert (tmp_path / "figures" / file).read_bytes()[:4] == b"RIFF"


def written(revision) -> dict:
    return read_front_matter(as_file(revision).decode().split("\n")).values


def test_everything_beside_the_text_is_there_and_of_a_quotation_only_its_place(make_draft):
    document = imported("The peach was sweet and cold.")
    quotation = Quotation(position=1, block=document.blocks.last(), starts=4, ends=9)
    retracted = Reference(title="A paper", year=2019, status="retracted", kind="trial", nct="NCT01234567")
    figure = Figure(file="a.webp", width=4, height=2, is_decorative=True, caption="Soup", rights="own")
    guide = make_draft(key_points="Eat slowly.\nRest.", references=[quotation, retracted, figure])
    for slug in ("zest", "appetite"):
        guide.topics.add(Topic.objects.create(slug=slug, name=slug))
    guide.cancer_types.add(CancerType.objects.create(slug="lung", name="Lung"))
    matter = written(guide)
    assert matter["key_points"] == ["Eat slowly.", "Rest."]
    assert matter["topics"] == ["appetite", "zest"]
    assert matter["cancer_types"] == ["lung"]
    assert "status:retracted" in matter["references"][0]
    assert "nct:NCT01234567" in matter["references"][0]
    assert matter["figures"] == ["figures/a.webp | decorative | Soup |  | own"]
    assert matter["quotations"] == [f"{document.sha256} | {quotation.block.first_line} | 4 | 9"]
    assert b"peach" not in as_file(guide)


@pytest.mark.parametrize(("kind", "licence"), [("original", "own"), ("republished", "public_domain")])
def test_the_words_of_somebody_else_keep_their_rights_and_ours_are_ours(draft, kind, licence):
    draft.source, draft.article.kind = imported("The peach was sweet."), kind
    assert written(draft)["license"] == licence


def test_an_invented_guide_is_not_exported_from_a_live_site(published, publish_another, tmp_path):
    """Nor one that was withdrawn: what any visitor may read, and nothing else."""
    Article.objects.filter(pk=publish_another().article_id).update(is_demo=True)
    assert export(tmp_path) == [str(tmp_path / "guide-1.md")]


def test_the_same_guide_is_the_same_bytes_every_time(published, tmp_path):
    digests = set()
    for folder in ("one", "two"):
        export(tmp_path / folder)
        digests.add(hashlib.sha256((tmp_path / folder / "guide-1.md").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_importing_an_export_again_changes_nothing(published, tmp_path):
    before = SourceDocument.objects.count()
    for path in export(tmp_path):
        assert import_file(path).status == "unchanged"
    assert SourceDocument.objects.count() == before


def test_an_export_that_somebody_edited_is_a_new_document(published, tmp_path):
    [path] = export(tmp_path)
    with open(path, "a") as file:
        file.write("\nOne more sentence.\n")
    assert import_file(path).status == "created"


def test_another_site_takes_it_and_then_knows_it(published, tmp_path):
    [path] = export(tmp_path)
    Article.objects.update(live_revision=None)
    assert [import_file(path).status for _ in range(2)] == ["created", "unchanged"]


def test_an_address_in_the_front_matter_shows_nobody_a_draft(draft, tmp_path):
    """The bytes of a guide that is not public are not known again: that would tell that it is there."""
    path = tmp_path / "guide-1.md"
    path.write_bytes(as_file(draft))
    assert import_file(str(path)).status == "created"


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(published, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="Nothing more was written"):
        call_command("export_articles", str(tmp_path / "file"))
