"""Hook of the documentation site: links to pages that readers of the repository find outside docs/."""

from typing import Any

ELSEWHERE = {
    "../CHANGELOG.md": "changelog.md",
    "../CONTRIBUTING.md": "contributing.md",
    "../README.md": "index.md",
    "../README.pl.md": "index.pl.md",
    "../data/gold/README.md": "gold-conventions.md",
}


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Let a link to such a page lead to the site's copy of it."""
    for source, target in ELSEWHERE.items():
        markdown = markdown.replace(f"]({source})", f"]({target})")
    return markdown
