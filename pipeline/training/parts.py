"""Parts of a page that a command writes: what stands between `<!-- name -->` and `<!-- /name -->`."""

import re

from pipeline.errors import CivicActorsError


def fill_part(page: str, name: str, content: str) -> str:
    """Return the page with the part `name` replaced.

    Raises:
        CivicActorsError: The page has no such part.
    """
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if not pattern.search(page):
        raise CivicActorsError(f"the page has no part <!-- {name} -->")
    return pattern.sub(lambda match: f"{match[1]}{content.rstrip()}\n{match[2]}", page)
