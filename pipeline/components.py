"""The spaCy component `civic_nominative`: the nominative of every entity, in any Polish pipeline.

It stands beside `flow.py`, not in a stage: it hands what spaCy found (`extract`) to the strategies of
`normalise`, and neither stage may import the other way.
"""

from dataclasses import asdict

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.errors import ModelError
from pipeline.extract.gaps import read_title
from pipeline.extract.labels import map_labels
from pipeline.normalise import normalise_extraction
from pipeline.records import LABELS, Document, Extraction, Label, Mention

_OURS: dict[str, Label] = {label: label for label in LABELS}


@Language.factory(
    "civic_nominative",
    assigns=["span._.nominative", "span._.name"],
    requires=["doc.ents"],
    default_config={"labels": {}},
)
def make_nominative(nlp: Language, name: str, labels: dict[str, str]) -> "Nominative":
    """Make the component.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        labels: Labels that are to mean person, role, institution or location, beside the known ones.

    Raises:
        ModelError: A label is mapped to none of the four.
    """
    for extension in ("nominative", "name"):
        if not Span.has_extension(extension):
            Span.set_extension(extension, default=None)
    return Nominative(labels)


class Nominative:
    """Set `span._.nominative` (text) and `span._.name` (the fields of `Name`, plain values) of entities.

    The people of one `Doc` are named together, so that `Steca` and `Stec` help each other; entities of labels
    that map to none of ours keep None. The plain values survive `to_bytes`, `DocBin` and `n_process`.
    """

    def __init__(self, labels: dict[str, str]) -> None:
        unknown = sorted(set(labels.values()) - set(LABELS))
        if unknown:
            raise ModelError(
                f"labels of civic_nominative map to {', '.join(LABELS)}, not {', '.join(unknown)}"
            )
        self.labels = {label: _OURS[ours] for label, ours in labels.items()}

    def __call__(self, doc: Doc) -> Doc:
        """Name the entities of one document."""
        known = map_labels({span.label_ for span in doc.ents}) | self.labels
        spans = [span for span in doc.ents if span.label_ in known and span.text.strip()]
        mentions = tuple(_make_mention(span, known[span.label_]) for span in spans)
        document = Document(article_id="", source="", text=doc.text)
        names = normalise_extraction(Extraction(document, mentions, ())).names
        for span, name in zip(spans, names, strict=True):
            span._.nominative = name.nominative
            span._.name = asdict(name)
        return doc


def _make_mention(span: Span, label: Label) -> Mention:
    title = read_title(span.doc.text[: span.start_char]) if label == "person" else ""
    return Mention("", span.start_char, span.end_char, span.text, label, title=title)
