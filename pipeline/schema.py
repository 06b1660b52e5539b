"""The dataset's tables: every column, its type and its meaning. `datapackage.json` is made from this."""

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

Kind = Literal["string", "date", "integer", "number", "boolean", "list"]

_ARROW: dict[Kind, pa.DataType] = {
    "string": pa.string(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "list": pa.list_(pa.string()),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, type and meaning."""

    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, meaning, columns, the columns that identify a row, and links to others."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    links: tuple[tuple[str, str], ...] = ()

    def arrow_schema(self) -> pa.Schema:
        """Return the Arrow schema, column meanings in the fields' metadata."""
        return pa.schema(
            [
                pa.field(column.name, _ARROW[column.kind], metadata={"description": column.meaning})
                for column in self.columns
            ]
        )


def _columns(kind: Kind, /, **meanings: str) -> tuple[Column, ...]:
    return tuple(Column(name, kind, meaning) for name, meaning in meanings.items())


ARTICLES = Table(
    "articles",
    "One row an article that was read.",
    ("article_id",),
    (
        *_columns(
            "string",
            article_id="First 16 hex digits of the SHA-256 of the url, or of the text where there is none.",
            source="Path or URL as given; #n is the n-th row of a table.",
            url="The article's address, when the input tells it.",
            title="Headline, when the input tells it.",
        ),
        *_columns("date", published="Day of publication."),
        *_columns("string", municipality_teryt="TERC of the gmina that the article is about."),
        *_columns("number", municipality_confidence="0..1; 1 when a list of sources said it."),
        *_columns(
            "string",
            text="The whole text; all offsets point into it, [start, end) in code points.",
            encoding="How the bytes were decoded.",
        ),
        *_columns("integer", n_words="Words separated by white space."),
        *_columns(
            "string",
            status="ok, duplicate or rejected.",
            duplicate_of="article_id of the first copy, for a duplicate.",
        ),
    ),
    (("duplicate_of", "articles.article_id"),),
)

MENTIONS = Table(
    "mentions",
    "One row a span that names a person, role, institution or location; spans do not overlap.",
    ("mention_id",),
    (
        *_columns("string", mention_id="article_id:start.", article_id="The article."),
        *_columns("integer", start="First code point.", end="One past the last code point."),
        *_columns(
            "string",
            text="The span as written.",
            label="person, role, institution or location.",
            lemma="The span in the nominative.",
            lemma_rule="The rule that made the nominative; `unchanged` when every rule abstained.",
        ),
        *_columns("number", lemma_score="0..1, how sure the rule is."),
        *_columns("list", lemma_alternatives="Other nominatives that were possible, best first."),
        *_columns("number", confidence="0..1, that the span and its label are right."),
        *_columns("string", entity_id="actor_id, institution_id or location_id; empty for roles."),
    ),
    (("article_id", "articles.article_id"),),
)

ACTORS = Table(
    "actors",
    "One row a person.",
    ("actor_id",),
    (
        *_columns(
            "string",
            actor_id="Hashed from the smallest mention_id of the person when the id was first given.",
            name="Fullest name, in the nominative, forename first.",
            given_names="Forenames.",
            surname="Surname or surnames.",
            birth_name="Surname at birth, when a text says it.",
            gender="f, m, or empty when no text says.",
            title="Ranks, degrees and clergy titles of the latest article that gives any.",
            headline="Latest role, body and place, with its status unless current: tells people of one name apart.",
        ),
        *_columns("boolean", is_public="Whether the person holds or held a public office or function."),
        *_columns("list", aliases="Other nominatives under which the person appears."),
        *_columns("integer", n_articles="Articles that name the person.", n_mentions="Mentions."),
        *_columns("date", first_seen="Earliest publication.", last_seen="Latest publication."),
    ),
)

INSTITUTIONS = Table(
    "institutions",
    "One row a named body.",
    ("institution_id",),
    (
        *_columns(
            "string",
            institution_id="Hashed from the name without its seat and the gmina of the seat: the same in every run.",
            name="Fullest name, in the nominative.",
            kind="Kind of body, as in institution_kinds.tsv.",
            acronym="Acronym of the name or its kind.",
            parent_id="institution_id of the body it is part of.",
            location_id="location_id of its seat.",
            teryt="TERC of the gmina of its seat.",
        ),
        *_columns("list", aliases="Other nominatives of the body."),
        *_columns("integer", n_articles="Articles that name it.", n_mentions="Mentions."),
    ),
    (("parent_id", "institutions.institution_id"), ("location_id", "locations.location_id")),
)

LOCATIONS = Table(
    "locations",
    "One row a place.",
    ("location_id",),
    (
        *_columns(
            "string",
            location_id="Hashed from the register number, or the name without one: the same in every run.",
            name="Name in the nominative.",
            kind="gmina, powiat, voivodeship, locality, street, other.",
            teryt="TERC: 2, 4 or 7 digits; empty when unlinked.",
            simc="SIMC number of the locality.",
        ),
        *_columns("integer", n_articles="Articles that name it.", n_mentions="Mentions."),
    ),
)

AFFILIATIONS = Table(
    "affiliations",
    "One row an (actor, role_code, institution, location); any part but the actor may be empty.",
    ("affiliation_id",),
    (
        *_columns(
            "string",
            affiliation_id="Hashed from its parts.",
            actor_id="Who.",
            role="Fullest nominative that the texts give for the role.",
            role_code="Code of roles.tsv, or a slug of the role when the table lacks it.",
            institution_id="In which body.",
            location_id="Of which town, village or gmina.",
            status="current, former, acting, candidate, elect, deceased: as the latest evidence says.",
            since="YYYY, YYYY-MM or YYYY-MM-DD, when a text says it.",
            until="As since.",
        ),
        *_columns(
            "boolean",
            inferred="Whether the body or place comes from elsewhere in the article in all evidence.",
            conflict="Whether another actor holds the same single office at the same time.",
        ),
        *_columns("date", first_seen="Earliest publication.", last_seen="Latest publication."),
        *_columns("integer", n_articles="Articles that say so."),
        *_columns("number", confidence="0..1, of the surest evidence."),
    ),
    (
        ("actor_id", "actors.actor_id"),
        ("institution_id", "institutions.institution_id"),
        ("location_id", "locations.location_id"),
    ),
)

EVIDENCE = Table(
    "evidence",
    "One row a statement of an article, in the nominative of its own words.",
    ("affiliation_id", "article_id", "start", "end", "person_text", "role_text"),
    (
        *_columns("string", affiliation_id="What it says.", article_id="Which article says it."),
        *_columns("integer", start="First code point of the sentence.", end="One past its last code point."),
        *_columns(
            "string",
            sentence="The sentence as written.",
            person_text="The person as written.",
            role_text="The role as written.",
            role_lemma="The role in the nominative of the person's own form.",
            institution_lemma="The body in the nominative of the text's words.",
            place_lemma="The place in the nominative of the text's words.",
            status="As the sentence says.",
            since="As the sentence says.",
            until="As the sentence says.",
        ),
        *_columns("boolean", inferred="Whether body or place come from elsewhere in the article."),
        *_columns("string", rule="The pattern or model that linked the parts."),
        *_columns("number", confidence="0..1."),
    ),
    (("affiliation_id", "affiliations.affiliation_id"), ("article_id", "articles.article_id")),
)

REDIRECTS = Table(
    "redirects",
    "Ids that are no more, and where they lead.",
    ("old_id",),
    _columns("string", old_id="Id of an earlier run.", new_id="Its heir.", reason="Why."),
)

IDS = Table(
    "ids",
    "Every actor_id ever given to a mention, run by run; `--ids` takes this file to keep them.",
    ("mention_id", "run"),
    (
        *_columns("string", mention_id="The mention.", actor_id="The id that its person got."),
        *_columns("integer", run="Number of the run that gave it, from 1."),
    ),
)

REJECTS = Table(
    "rejects",
    "Inputs, or parts, that could not be used.",
    ("source", "stage", "reason"),
    _columns("string", source="Path, URL or row.", stage="Stage that refused it.", reason="Why."),
)

TABLES: tuple[Table, ...] = (
    ARTICLES,
    MENTIONS,
    ACTORS,
    INSTITUTIONS,
    LOCATIONS,
    AFFILIATIONS,
    EVIDENCE,
    REDIRECTS,
    IDS,
    REJECTS,
)
