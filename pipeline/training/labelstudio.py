"""Label Studio tasks from gold, and gold from corrected tasks: the same marks there and back.

A mark is a region; its nominative, a person's id, gender and title are told of the region. An office is a
relation from a person to a role, or to a body when no role is said, labelled with the status; from there `at`
leads to the body and `of` to the place. What no relation can say (two terms of one office, a place that is no
mark) stands in `facts` of the person, in the words of a gold line.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.records import LABELS, STATUSES
from pipeline.training.gold import GoldAffiliation, GoldArticle, GoldMention
from pipeline.training.gold_facts import format_facts, read_facts
from pipeline.training.prefill import UNDATED

AT, OF = "at", "of"
_RELATIONS = (*STATUSES, AT, OF)
_COLOURS = {"person": "#ffd54f", "role": "#81c784", "institution": "#64b5f6", "location": "#e57373"}
_TEXTS = {
    "lemma": "Nominative",
    "actor": "Person: one short id for all mentions of one person",
    "title": "Title before the name",
    "place": "Place of the office, when it is no mark of its own",
    "since": "Since: YYYY, YYYY-MM or YYYY-MM-DD",
    "until": "Until",
    "facts": "Other facts, one a line: role=... | institution=... | place=... | status=... | since=...",
}
# What is told of the region at the head of an office.
_TOLD = ("place", "since", "until")
Result = dict[str, Any]


def labelling_config() -> str:
    """Return the labelling interface of a project, for Settings > Labeling Interface > Code."""
    labels = "".join(f'\n    <Label value="{label}" background="{_COLOURS[label]}"/>' for label in LABELS)
    relations = "".join(f'\n    <Relation value="{value}"/>' for value in _RELATIONS)
    texts = "".join(
        f'\n    <TextArea name="{name}" toName="text" perRegion="true" maxSubmissions="1" editable="true" '
        f'rows="{4 if name == "facts" else 1}" placeholder="{hint}"/>'
        for name, hint in _TEXTS.items()
    )
    return f"""<View>
  <Header value="$title"/>
  <Labels name="label" toName="text">{labels}
  </Labels>
  <Text name="text" value="$text" granularity="word"/>
  <Relations>{relations}
  </Relations>
  <View visibleWhen="region-selected">{texts}
    <Choices name="gender" toName="text" perRegion="true" choice="single-radio" showInline="true">
      <Choice value="f"/>
      <Choice value="m"/>
      <Choice value="?"/>
    </Choices>
    <Header value="Of an office: what the text says elsewhere only"/>
    <Choices name="inferred" toName="text" perRegion="true" choice="multiple" showInline="true">
      <Choice value="institution"/>
      <Choice value="place"/>
    </Choices>
  </View>
</View>
"""


def make_task(article: GoldArticle, *, model_version: str = "") -> dict[str, Any]:
    """Return one article as a task with its marks and relations filled in as predictions."""
    data = {
        "text": article.text,
        "article_id": article.article_id,
        "title": article.title or "",
        "published": "" if article.published == UNDATED else article.published.isoformat(),
        "municipality": article.municipality or "",
        "genre": article.genre,
        "hard": ", ".join(article.hard),
        "writer": article.writer,
    }
    return {"data": data, "predictions": [{"model_version": model_version, "result": make_result(article)}]}


def make_result(article: GoldArticle) -> list[Result]:
    """Return regions and relations; an office that would not come back as it is becomes a fact."""
    kept, related = list(article.affiliations), list[Result]()
    while kept:
        related = _related(article, kept)
        back = Counter(_held(article, related))
        agreed = [held for held in kept if back[held]]
        if len(agreed) == len(kept) == back.total():
            break
        # Of offices that share a region and so disturb each other, one at a time gives way.
        kept = agreed if len(agreed) < len(kept) else kept[:-1]
    rest = [held for held in article.affiliations if held not in kept]
    return [*_regions(article), *_facts(article, rest), *(related if kept else [])]


def _regions(article: GoldArticle) -> Iterator[Result]:
    for mention in article.mentions:
        yield _result(mention, "label", "labels", [mention.label])
        yield _result(mention, "lemma", "textarea", [mention.lemma])
        for name, value in (("actor", mention.actor), ("title", mention.title)):
            if value:
                yield _result(mention, name, "textarea", [value])
        if mention.gender:
            yield _result(mention, "gender", "choices", [mention.gender])


def _facts(article: GoldArticle, rest: Iterable[GoldAffiliation]) -> Iterator[Result]:
    lines: dict[str, list[str]] = {}
    for held in rest:
        lines.setdefault(held.actor, []).append(format_facts(held))
    for actor, told in lines.items():
        first = next(mention for mention in article.mentions if mention.actor == actor)
        yield _result(first, "facts", "textarea", ["\n".join(told)])


def _related(article: GoldArticle, affiliations: Iterable[GoldAffiliation]) -> list[Result]:
    found: list[Result] = []
    for held in affiliations:
        found += _relate(article, held)
    unique: list[Result] = []
    for result in found:
        if result not in unique:
            unique.append(result)
    return unique


def _relate(article: GoldArticle, held: GoldAffiliation) -> list[Result]:
    """Return the relations of one office, between the marks that stand nearest to each other."""
    people = [mention for mention in article.mentions if mention.actor == held.actor]
    role = _nearest(article, people, "role", held.role)
    near = people if role is None else [role]
    body = _nearest(article, near, "institution", held.institution)
    head = role or body
    if head is None:
        return []
    person = min(people, key=lambda mention: abs(mention.start - head.start))
    place = _nearest(article, [head], "location", held.place)
    related = [_relation(person, head, held.status)]
    if role is not None and body is not None:
        related.append(_relation(head, body, AT))
    if place is not None:
        related.append(_relation(head, place, OF))
    told = {name: getattr(held, name) for name in _TOLD} | ({} if place is None else {"place": None})
    related += [_result(head, name, "textarea", [value]) for name, value in told.items() if value]
    if held.inferred:
        related.append(_result(head, "inferred", "choices", list(held.inferred)))
    return related


def _nearest(
    article: GoldArticle, near: Sequence[GoldMention], label: str, lemma: str | None
) -> GoldMention | None:
    fitting = [mention for mention in article.mentions if mention.label == label and mention.lemma == lemma]
    distances = {
        mention.start: min(abs(mention.start - other.start) for other in near) for mention in fitting
    }
    return min(fitting, key=lambda mention: (distances[mention.start], mention.start), default=None)


def _held(article: GoldArticle, related: Sequence[Result]) -> tuple[GoldAffiliation, ...]:
    """Return what relations say of an article's own marks."""
    return read_relations({_region_id(mention): mention for mention in article.mentions}, related)


def read_relations(
    mentions: Mapping[str, GoldMention], results: Iterable[Result]
) -> tuple[GoldAffiliation, ...]:
    """Return the offices that relations say, in order of the text; `mentions` by the id of their region."""
    results = list(results)
    relations = [
        (mentions[result["from_id"]], mentions[result["to_id"]], label)
        for result in results
        if result["type"] == "relation" and {result["from_id"], result["to_id"]} <= mentions.keys()
        for label in result.get("labels") or ["current"]
    ]
    told = {
        (mentions[result["id"]].start, result["from_name"]): result
        for result in results
        if result.get("from_name") in (*_TOLD, "inferred") and result["id"] in mentions
    }
    offices = [
        (person, head, label)
        for person, head, label in relations
        if label in STATUSES and person.actor and head.label in ("role", "institution")
    ]
    offices.sort(key=lambda office: (office[0].start, office[1].start))
    return tuple(_office(*office, relations=relations, told=told) for office in offices)


def _office(
    person: GoldMention,
    head: GoldMention,
    status: str,
    *,
    relations: Iterable[tuple[GoldMention, GoldMention, str]],
    told: Mapping[tuple[int, str], Result],
) -> GoldAffiliation:
    parts: dict[str, str | None] = {
        name: said(told[head.start, name]) or None for name in _TOLD if (head.start, name) in told
    }
    parts[head.label] = head.lemma
    for source, target, label in relations:
        if source == head and label in (AT, OF):
            parts["institution" if label == AT else "place"] = target.lemma
    inferred = told.get((head.start, "inferred"), {"value": {}})["value"].get("choices", [])
    return GoldAffiliation(
        actor=person.actor or "",
        status=status,
        inferred=tuple(part for part in inferred if parts.get(part)),
        **parts,
    )


def read_all_facts(
    mentions: Mapping[str, GoldMention], results: Iterable[Result]
) -> tuple[GoldAffiliation, ...]:
    """Return the offices that the lines in `facts` say."""
    return tuple(
        held
        for result in results
        if result.get("from_name") == "facts" and result["id"] in mentions
        for held in read_facts(mentions[result["id"]].actor or "", said(result))
    )


def said(result: Result) -> str:
    """Return the text of a text area, which Label Studio gives as a list or as one text."""
    text = result["value"].get("text") or ""
    return "\n".join(text).strip() if isinstance(text, list) else str(text).strip()


def _region_id(mention: GoldMention) -> str:
    return f"m{mention.start}"


def _relation(source: GoldMention, target: GoldMention, label: str) -> Result:
    return {
        "type": "relation",
        "from_id": _region_id(source),
        "to_id": _region_id(target),
        "direction": "right",
        "labels": [label],
    }


def _result(mention: GoldMention, name: str, kind: str, value: list[str]) -> Result:
    told: dict[str, Any] = {"start": mention.start, "end": mention.end}
    if kind == "labels":
        told["text"] = mention.text
    told[{"labels": "labels", "textarea": "text", "choices": "choices"}[kind]] = value
    return {"id": _region_id(mention), "from_name": name, "to_name": "text", "type": kind, "value": told}
