"""Documents: no PDF that acts by itself, and a name without folders."""

from datetime import UTC, datetime

import pytest

from hues.kernel.errors import Invalid
from hues.kernel.media import actions
from hues.kernel.media.models import Paper
from hues.kit.ids import new_id

pytestmark = pytest.mark.django_db


def _stored(content: bytes, name: str = "a.pdf") -> str:
    return actions.store_paper(content, name=name, by=new_id(), at=datetime(2026, 3, 2, 3, tzinfo=UTC)).name


@pytest.mark.parametrize(
    "acts",
    [
        b"/OpenAction 5 0 R",
        b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>",
        b"/S /JavaScript /JS (x)",
        b"/S /J#61vaScript",
        b"/#4fpenAction 5 0 R",
        b"/S/Launch/F(cmd.exe)",
    ],
)
def test_a_pdf_that_acts_by_itself_is_refused_with_a_sentence(acts: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        _stored(b"%PDF-1.7\n1 0 obj<</Type/Catalog " + acts + b">>endobj")
    assert "does something when opened" in str(refused.value)
    assert not Paper.objects.exists()


def test_a_pdf_that_opens_at_a_page_or_speaks_of_scripts_is_taken() -> None:
    assert _stored(b"%PDF-1.7\n<</OpenAction [3 0 R /Fit] /OpenActionCount 2>> (JavaScript)") == "a"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("../../e\0vil.pdf", "evil"),
        ("C:\\Users\\lan\\Lịch cúp điện.PDF", "Lịch cúp điện"),
        ("\u202efdp.exe.pdf", "fdp.exe"),
        ("../.pdf", "PDF"),
        ("a\nb.pdf", "a b"),
    ],
)
def test_a_document_is_called_by_its_name_without_folders_and_invisible_signs(name: str, called: str) -> None:
    assert _stored(b"%PDF-1.7", name) == called


@pytest.mark.parametrize(
    "before", [b"<html><script>1</script>", b" <!doctype html>\n", "\ufeff<p>".encode("utf-16-le")]
)
def test_a_page_with_the_mark_of_a_pdf_is_none(before: bytes) -> None:
    with pytest.raises(Invalid):
        _stored(before + b"%PDF-1.7")


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf\r\n ", b"\x00\x01printer"])
def test_a_pdf_may_have_something_before_its_mark_that_is_no_page(before: bytes) -> None:
    assert _stored(before + b"%PDF-1.7") == "a"
