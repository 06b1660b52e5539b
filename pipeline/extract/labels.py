"""From any pipeline's entity labels to ours: the component `civic_labels`."""

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.errors import ModelError
from pipeline.records import LABELS, Label
from pipeline.tables import load_table


def map_labels(labels: Iterable[str]) -> dict[str, Label]:
    """Return our label for each of a model's labels that has one.

    Source: data/tables/model_labels.tsv.
    """
    table = {row["label"].lower(): row["ours"] for row in load_table("model_labels")}
    ours: dict[str, Label] = {label: label for label in LABELS}
    return {
        label: ours[table.get(label.lower(), label.lower())]
        for label in labels
        if table.get(label.lower(), label.lower()) in ours
    }


def check_labels(nlp: Language) -> dict[str, Label | None]:
    """Return our label for each label of a pipeline's entity recognisers; None for one without.

    Raises:
        ModelError: The pipeline finds no entities, or no label of its maps to ours.
    """
    finders = [name for name in nlp.pipe_names if "doc.ents" in nlp.get_pipe_meta(name).assigns]
    if not finders:
        raise ModelError(
            f"the pipeline has no entity recogniser (components: {', '.join(nlp.pipe_names) or 'none'}); "
            "name one with a component `ner`, or leave out --model to use the shipped one"
        )
    found = sorted({label for name in finders for label in nlp.pipe_labels.get(name, [])})
    mapped = map_labels(found)
    if "person" not in mapped.values():
        raise ModelError(
            f"no label of the model means a person (labels found: {', '.join(found) or 'none'}); "
            "known are persName, orgName, placeName, geogName, PER, PERSON, ORG, LOC, GPE, FAC"
        )
    return {label: mapped.get(label) for label in found}


@Language.factory("civic_labels", assigns=["doc.ents"], default_config={"labels": {}})
def make_label_mapper(nlp: Language, name: str, labels: dict[str, str]) -> "LabelMapper":
    """Make the component from a map of the model's labels to ours."""
    return LabelMapper(labels)


class LabelMapper:
    """Rename the entities' labels; entities of unmapped labels are dropped."""

    def __init__(self, labels: dict[str, str]) -> None:
        self.labels = labels

    def __call__(self, doc: Doc) -> Doc:
        """Relabel `doc.ents`."""
        doc.set_ents(
            [
                Span(doc, span.start, span.end, label=self.labels[span.label_])
                for span in doc.ents
                if span.label_ in self.labels
            ]
        )
        return doc
