"""Views that answer common questions: the same SQL for SQLite and DuckDB."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """A named query, and what one row of it is."""

    name: str
    meaning: str
    sql: str


OFFICES = View(
    "v_offices",
    "Who holds or held what: one row an affiliation, with names for ids.",
    """
    SELECT a.name AS actor, h.role, i.name AS institution, l.name AS place, h.status, h.since, h.until,
           h.confidence, h.n_articles, h.first_seen, h.last_seen, h.inferred, h.conflict, h.role_code,
           l.teryt, h.affiliation_id, h.actor_id, h.institution_id, h.location_id
    FROM affiliations h
    JOIN actors a ON a.actor_id = h.actor_id
    LEFT JOIN institutions i ON i.institution_id = h.institution_id
    LEFT JOIN locations l ON l.location_id = h.location_id
    """,
)

PEOPLE = View(
    "v_people",
    "One row a person, with the number of offices, bodies and places the articles give.",
    """
    SELECT a.name, a.gender, a.title, a.headline, a.n_articles, a.first_seen, a.last_seen,
           count(h.affiliation_id) AS n_offices, count(DISTINCT h.institution_id) AS n_institutions,
           count(DISTINCT h.location_id) AS n_places,
           coalesce(sum(CASE WHEN h.status IN ('current', 'acting') THEN 1 ELSE 0 END), 0) AS n_current,
           a.actor_id
    FROM actors a
    LEFT JOIN affiliations h ON h.actor_id = a.actor_id
    GROUP BY a.actor_id, a.name, a.gender, a.title, a.headline, a.n_articles, a.first_seen, a.last_seen
    """,
)

INSTITUTION_PEOPLE = View(
    "v_institution_people",
    "The people of each body through time.",
    """
    SELECT i.name AS institution, i.kind, a.name AS actor, h.role, h.status, h.since, h.until,
           h.first_seen, h.last_seen, p.name AS parent, s.name AS seat, i.teryt,
           i.institution_id, a.actor_id, h.affiliation_id
    FROM affiliations h
    JOIN institutions i ON i.institution_id = h.institution_id
    JOIN actors a ON a.actor_id = h.actor_id
    LEFT JOIN institutions p ON p.institution_id = i.parent_id
    LEFT JOIN locations s ON s.location_id = i.location_id
    """,
)

COOCCURRENCE = View(
    "v_cooccurrence",
    "Pairs of people whom the same articles name, and in how many.",
    """
    WITH named AS (SELECT DISTINCT article_id, entity_id FROM mentions WHERE label = 'person')
    SELECT a.name AS actor, b.name AS other, count(*) AS n_articles, a.actor_id, b.actor_id AS other_id
    FROM named x
    JOIN named y ON x.article_id = y.article_id AND x.entity_id < y.entity_id
    JOIN actors a ON a.actor_id = x.entity_id
    JOIN actors b ON b.actor_id = y.entity_id
    GROUP BY a.actor_id, b.actor_id, a.name, b.name
    """,
)

INSTITUTION_COOCCURRENCE = View(
    "v_institution_cooccurrence",
    "Pairs of bodies that the same articles name, and in how many.",
    """
    WITH named AS (SELECT DISTINCT article_id, entity_id FROM mentions WHERE label = 'institution')
    SELECT a.name AS institution, b.name AS other, count(*) AS n_articles,
           a.institution_id, b.institution_id AS other_id
    FROM named x
    JOIN named y ON x.article_id = y.article_id AND x.entity_id < y.entity_id
    JOIN institutions a ON a.institution_id = x.entity_id
    JOIN institutions b ON b.institution_id = y.entity_id
    GROUP BY a.institution_id, b.institution_id, a.name, b.name
    """,
)

EVIDENCE = View(
    "v_evidence",
    "Each statement with its person, its article and the article's address.",
    """
    SELECT a.name AS actor, h.role, e.sentence, e.status, e.since, e.until, e.confidence, e.rule,
           t.title, t.published, t.url, t.source, a.actor_id, e.affiliation_id, e.article_id
    FROM evidence e
    JOIN affiliations h ON h.affiliation_id = e.affiliation_id
    JOIN actors a ON a.actor_id = h.actor_id
    JOIN articles t ON t.article_id = e.article_id
    """,
)

PLACE_PEOPLE = View(
    "v_place_people",
    "The offices of each place, through the office's own place or the seat of its body.",
    """
    SELECT l.name AS place, l.kind, l.teryt, a.name AS actor, h.role, i.name AS institution, h.status,
           h.since, h.until, h.last_seen, l.location_id, a.actor_id, h.affiliation_id
    FROM affiliations h
    JOIN actors a ON a.actor_id = h.actor_id
    LEFT JOIN institutions i ON i.institution_id = h.institution_id
    JOIN locations l ON l.location_id = coalesce(h.location_id, i.location_id)
    """,
)

VIEWS = (
    OFFICES,
    PEOPLE,
    INSTITUTION_PEOPLE,
    COOCCURRENCE,
    INSTITUTION_COOCCURRENCE,
    EVIDENCE,
    PLACE_PEOPLE,
)

NAMED = {"actors": "actor_id", "institutions": "institution_id", "locations": "location_id"}


def indexed_columns(table: str, links: tuple[tuple[str, str], ...]) -> list[str]:
    """Return the columns of a table by which it is joined."""
    columns = [column for column, _ in links]
    return [*columns, "entity_id"] if table == "mentions" else columns
