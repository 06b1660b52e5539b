"""Features of a body offered to a link: what the office is, what the body is, what ties the two."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from pipeline.extract.gaps import read_gap
from pipeline.extract.grammar import word_kinds
from pipeline.normalise.complements import fits_complement, title_share
from pipeline.normalise.offer_features import (
    OPENING,
    count_others,
    each_beside,
    office_features,
    tie_features,
    where_features,
)
from pipeline.normalise.part_names import branch_of, key_of, stems_of
from pipeline.normalise.role_codes import RoleParts
from pipeline.normalise.scenes import Group, Scene, nearest_index, office_of, position_of
from pipeline.records import Link

_PATH = 4


def body_features(scene: Scene, link: Link, group: Group) -> tuple[str, ...]:
    """Return what speaks for a body as that of a link."""
    role = scene.article.names[link.role].nominative if link.role is not None else ""
    shared = stems_of(role) & stems_of(group.nominative)
    office = office_of(scene.article, link)
    return (
        *office_features(office.code, office.branch, role, group.kind),
        *(where := where_features(scene, link, group, "institution")),
        *each_beside(where, f"suits={branch_of(group.kind) == office.branch}"),
        *tie_features(scene, link, group, key_of(group.nominative), office),
        *_path_features(scene, link, group),
        *_suit_features(scene, link, group, office),
        *_theme_features(scene, link, group, office, role),
        f"shared={min(len(shared), 2)}:{len(role.split()) > 1}",
        f"acronym={group.nominative.isupper()}",
        f"has_place={link.place is not None}:{group.kind}",
    )


def _suit_features(scene: Scene, link: Link, group: Group, office: RoleParts) -> Iterator[str]:
    """Tell whether a body is of the office's branch, and whether it is the article's only or first such."""
    branch = branch_of(group.kind)
    suits = branch == office.branch
    alike = scene.alike[branch]
    opens = group.starts[0] < OPENING
    yield f"branches={office.branch}:{branch}"
    yield f"code_branch={office.code}:{branch}"
    yield f"suits={suits}:{office.known}"
    yield f"suits_only={suits}:{min(len(alike), 3)}:{opens}"
    yield f"suits_first={suits}:{alike[0] is group}:{min(len(alike), 2)}"
    yield f"code_only={office.code}:{min(len(alike), 2)}"
    yield f"branch_only={office.branch}:{branch}:{min(len(alike), 2)}:{opens}"
    yield f"theme={opens}:{min(len(group.starts), 3)}:{suits}"
    before = scene.previous.get(link.person if link.role is None else link.role)
    deputy = office.code.startswith("deputy")
    yield f"previous={before == key_of(group.nominative)}:{deputy}"


def _theme_features(scene: Scene, link: Link, group: Group, office: RoleParts, role: str) -> Iterator[str]:
    """Tell whether the office names the body by a common noun, and whether the article is about the body."""
    fits = fits_complement(role, group.nominative, group.kind)
    summary = scene.summaries["institution"]
    title = title_share(scene.article.title, group.nominative)
    first, most = summary.first == group.starts[0], len(group.starts) == summary.most
    alike = min(len(scene.alike[branch_of(group.kind)]), 2)
    before = bisect_left(group.starts, position_of(scene, link))
    yield f"fits={fits}"
    yield f"fits_only={fits}:{alike}:{first}"
    yield f"fits_before={fits}:{before > 0}"
    yield f"title={title}"
    yield f"title_branch={title}:{office.branch}:{branch_of(group.kind)}"
    yield f"title_code={title}:{office.code}"
    yield f"title_kind={title}:{group.kind}"
    yield f"theme_code={office.code}:{first}:{most}"
    yield f"theme_branch={office.branch}:{branch_of(group.kind)}:{first}:{most}"
    yield f"theme_title={title}:{first}:{most}:{office.known}"
    heading = is_heading(scene, group, before)
    yield f"heading={heading}"
    pronoun = _pronoun(scene, link)
    last = group.starts[before - 1] if before else -1
    named = scene.summaries["institution"].named
    recency = count_others(named, key_of(group.nominative), last, position_of(scene, link)) if before else -1
    yield f"heading_recency={heading}:{recency}"
    if pronoun:
        yield f"pronoun={pronoun}:{recency}"
        yield f"pronoun_first={pronoun}:{first}:{most}"


def is_heading(scene: Scene, group: Group, before: int) -> bool:
    """Say whether the body was last named on a line of its own."""
    if not before:
        return False
    index = group.mentions[before - 1]
    text, mention = scene.article.text, scene.article.mentions[index]
    start = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.end)
    end = len(text) if end < 0 else end
    return end - start < len(mention.text) + 8


def _pronoun(scene: Scene, link: Link) -> str:
    """Return a pronoun just before the office: `jej szef`, `nasz wolontariusz`; empty without one."""
    start = position_of(scene, link)
    return _last_pronoun(scene.article.text[max(0, start - 30) : start])


@lru_cache(maxsize=256)
def _last_pronoun(before: str) -> str:
    """Return the pronoun among the last two words; kept, since every body offered to an office asks for it."""
    tokens = read_gap(before).tokens[-2:]
    return next((token for token in reversed(tokens) if "pronoun" in word_kinds(token)), "")


def _path_features(scene: Scene, link: Link, group: Group) -> Iterator[str]:
    """Tell what stands between the office and the mention of a body nearest to it in the same window."""
    part = link.role if link.role is not None else link.person
    mentions = scene.article.mentions
    nearest = nearest_index(group.mentions, part)
    low, high = sorted((nearest, part))
    if high - low > _PATH:
        yield "path=far"
        return
    side = "left" if nearest < part else "right"
    between = "".join(mention.label[0] for mention in mentions[low + 1 : high])
    stretch = scene.article.text[mentions[low].end : mentions[high].start]
    ends = "line" if "\n" in stretch else "sentence" if ". " in stretch else "near"
    yield f"path={side}:{between}:{ends}"
    yield f"path_ends={side}:{len(between)}:{ends}"
    if not between:
        gap = read_gap(stretch[-120:])
        yield f"gap={side}:{gap.key}"
        kinds = sorted({kind for token in gap.tokens[-6:] for kind in word_kinds(token)})
        yield from (f"gap_kind={side}:{kind}" for kind in kinds)
        yield f"gap_size={side}:{min(len(gap.tokens), 6)}:{ends}"
