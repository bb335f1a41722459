"""Made threads: texts of a word or more, who wrote them and what they answer."""

from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from tests.model.making import document, made_corpus


def said(
    name: str, parent: str | None, person: str, text: str = "Word.", *, voice: str = "two"
) -> Document:
    """A text by somebody, of the voice `two` if no other is given."""
    return document(name, [text], reply_to=parent, person=person, voice=voice)


def thread(*pairs: tuple[str, str | None]) -> Corpus:
    """One text of a word for each name, with the name of the text that it answers."""
    return made_corpus([said(name, parent, name) for name, parent in pairs])
