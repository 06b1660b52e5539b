"""The page of patterns: how each shape of a link, period or inherited part fares on gold.

Every article is read with weights fitted on other articles, so the precision is that of unseen text.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.extract.affiliations import find_affiliations
from pipeline.extract.headings import find_headings
from pipeline.extract.linker import find_links
from pipeline.extract.timing import find_timings, least_chance
from pipeline.normalise.article import place_of
from pipeline.normalise.inherit import inherit_parts
from pipeline.normalise.scenes import Article
from pipeline.records import Link
from pipeline.training.accounts import fold_case
from pipeline.training.gold import GoldAffiliation, GoldArticle
from pipeline.training.weights import article_sentences, fit_weights, gold_view, near_of
from pipeline.weights import Logistic

FOLDS = 5
_LONGEST_EXAMPLE = 170
_MARKS = {"person": "**", "role": "_", "institution": "`", "location": "`"}

_SHAPES = {
    "next": "nothing but a title between",
    "dash": "a dash",
    "comma": "a comma",
    "colon": "a colon",
    "bracket": "an opening bracket",
    "line": "a line break",
    "cell": "a cell's edge",
    "list": "several separators",
    "word": "one word",
    "words": "a few words",
    "chain": "only people and bodies of a list",
    "far": "other offices or people",
    "head": "the head of a turn: a line's first office, then a name and a colon",
    "sentences": "the end of a sentence",
}


@dataclass(slots=True)
class Pattern:
    """How often a pattern was found and was right, and the shortest right example."""

    found: int = 0
    right: int = 0
    example: str = ""
    seen: set[str] = field(default_factory=set)

    def add(self, right: bool, example: str) -> None:
        """Count one finding."""
        self.found += 1
        self.right += right
        if (
            right
            and 45 <= len(example) <= _LONGEST_EXAMPLE
            and (len(example), example)
            < ((len(self.example), self.example) if self.example else (_LONGEST_EXAMPLE + 1, ""))
        ):
            self.example = example


def affiliations_page(articles: Sequence[GoldArticle]) -> str:
    """Return docs/affiliations.md: each pattern, how often it fires, its precision, a marked example."""
    groups = measure_patterns(articles)
    lines = [
        "# How offices are tied to people",
        "",
        "Generated from the gold's train and dev parts; do not edit. Every article is read with weights",
        f"fitted on the others ({FOLDS} folds), on gold's own mentions. In the examples **people** are bold,",
        "_offices_ are slanted, `bodies` and `places` stand in code. `evidence.rule` names the pattern.",
    ]
    titles = {
        "link": ("Links", "What comes first, and what stands between the two."),
        "period": ("Periods", "A date or a number of years, and the words that say which end it is."),
        "inherited": ("Inherited parts", "What a phrase leaves out and the article makes plain."),
    }
    for kind, (title, about) in titles.items():
        lines += ["", f"## {title}", "", about, "", *_table(groups[kind])]
    return "\n".join(lines) + "\n"


def measure_patterns(articles: Sequence[GoldArticle]) -> dict[str, dict[str, Pattern]]:
    """Count every pattern by kind (`link`, `period`, `inherited`) and name, cross-validated."""
    groups: dict[str, dict[str, Pattern]] = {kind: {} for kind in ("link", "period", "inherited")}
    for fold in range(FOLDS):
        others = [article for number, article in enumerate(articles) if number % FOLDS != fold]
        models = fit_weights(others)
        for article in articles[fold::FOLDS]:
            for kind, name, right, example in _read(article, models):
                groups[kind].setdefault(name, Pattern()).add(right, example)
    return groups


def _table(patterns: Mapping[str, Pattern]) -> Iterator[str]:
    yield "| pattern | meaning | fires | precision | example |"
    yield "|---|---|---:|---:|---|"
    for name, pattern in sorted(patterns.items(), key=lambda item: (-item[1].found, item[0])):
        meaning = _SHAPES.get(name.partition(":")[2], "")
        share = f"{pattern.right / pattern.found:.2f}"
        yield f"| `{name}` | {meaning} | {pattern.found} | {share} | {pattern.example} |"


def _read(article: GoldArticle, models: Mapping[str, Logistic]) -> Iterator[tuple[str, str, bool, str]]:
    view, sentences = gold_view(article), article_sentences(article)
    held: dict[str, list[GoldAffiliation]] = defaultdict(list)
    for line in article.affiliations:
        held[line.actor].append(line)
    actors = [mention.actor or "" for mention in sorted(article.mentions, key=lambda mention: mention.start)]
    links = find_affiliations(article.text, view.mentions, sentences, models, published=article.published)
    for link in links:
        lines = _lines_of(view, link, held[actors[link.person]])
        yield "link", link.rule, bool(lines), _mark(view, link)
    yield from _read_periods(article, view, links, held, actors, models)
    near = near_of(view)
    places = [place_of(view.mentions, view.names, link, near=near) for link in links]
    inherited, found = inherit_parts(view, links, places, models=models)
    for link, place in zip(inherited, found, strict=True):
        for part in link.inferred:
            value = place if part == "place" else view.names[link.institution or 0].nominative
            lines = _lines_of(view, link, held[actors[link.person]], part)
            wanted = {fold_case(getattr(line, part) or "") for line in lines}
            yield "inherited", part, fold_case(value or "") in wanted, _mark(view, link)


def _read_periods(
    article: GoldArticle,
    view: Article,
    links: Sequence[Link],
    held: Mapping[str, list[GoldAffiliation]],
    actors: Sequence[str],
    models: Mapping[str, Logistic],
) -> Iterator[tuple[str, str, bool, str]]:
    plain = list(find_links(article.text, view.mentions, article_sentences(article), models["link"]))
    for timing in find_timings(article.text, view.mentions, plain, published=article.published):
        *chances, nothing = models["timing"].share(timing.features)
        best = max(range(len(chances)), key=lambda number: (chances[number], -number))
        if timing.touching is not None:
            best = timing.touching
        elif chances[best] < max(least_chance(timing.period), nothing):
            continue
        link, period = plain[timing.links[best]], timing.period
        lines = _lines_of(view, link, held.get(actors[link.person], []))
        right = any(
            (period.since is None or line.since == period.since)
            and (period.until is None or line.until == period.until)
            for line in lines
        )
        stretch = article.text[max(0, period.start - 40) : period.end + 20].split("\n")
        around = max(stretch, key=len).strip()
        yield "period", period.rule, right, around.replace("|", "/")
    for heading in find_headings(article.text, view.mentions, plain, published=article.published):
        for number in heading.links:
            lines = _lines_of(view, plain[number], held.get(actors[plain[number].person], []))
            right = any(
                heading.period.since in (None, line.since) and heading.period.until in (None, line.until)
                for line in lines
            )
            yield "period", "heading", right, _mark(view, plain[number])


def _lines_of(
    view: Article, link: Link, lines: Sequence[GoldAffiliation], part: str = ""
) -> list[GoldAffiliation]:
    """Return the lines of gold that say what a link says; `part` is left out of the comparison."""
    role = None if link.role is None else fold_case(view.names[link.role].nominative)
    body = None if link.institution is None else fold_case(view.names[link.institution].nominative)
    kept = []
    for line in lines:
        same_role = role is None or fold_case(line.role or "") == role
        inherited = "institution" in (part, *link.inferred)
        same_body = (
            body is None or (inherited and role is not None) or fold_case(line.institution or "") == body
        )
        if same_role and same_body:
            kept.append(line)
    return kept


def _mark(view: Article, link: Link) -> str:
    """Return the words of a link with its mentions marked."""
    parts = [part for part in (link.person, link.role, link.institution, link.place) if part is not None]
    first, last = min(parts), max(parts)
    text, position = "", view.mentions[first].start
    for number in range(first, last + 1):
        mention = view.mentions[number]
        sign = _MARKS[mention.label] if number in parts else ""
        text += view.text[position : mention.start] + sign + mention.text + sign
        position = mention.end
    return " ".join(text.replace("|", "/").split())
