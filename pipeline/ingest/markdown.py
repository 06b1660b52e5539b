"""Markdown to the text that a reader sees, and the facts in its front matter.

Markup goes, but not what it separates: paragraphs stay paragraphs, table cells stay apart, and two names in
bold beside each other do not become one word.
"""

import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.ingest.markup import visible_text

_MAX_FRONT_LINES = 100
_FRONT_LINE = re.compile(r"^([^\W\d][\w .-]{0,60}):(?:\s+(.*))?$")
_FRONT_REST = re.compile(r"^(\s+\S.*|-(\s.*)?|#.*|)$")

# markdown-it puts U+FFFD for null characters, so they can mark places in the text until the end.
_BORDER = "\x00|"  # one emphasised run ends and another begins
_STAR = "\x00*"  # an asterisk that the author escaped
_TIDY = (
    # asterisks that paired with nothing, between two words: `Ozimek:**Jan`
    (re.compile(r"(?<=[\w,.:;!?)\]”»…\"])\*{2,}(?=[\w(\[„«\"])"), " "),
    (re.compile(r"(?<!\S)\*{2,}[ \t]+"), ""),
    (re.compile(r"(?<!\x00)\*{2,}"), ""),
    (re.compile(r"(?<![\x00\w*])\*(?=\w)|(?<=\w)\*(?![\w*])"), ""),
    (re.compile(r"(?<=\S)\x00\|(?=\S)"), " "),
    (re.compile(r"\x00\|?"), ""),
    (re.compile(r"[ \t]{2,}"), " "),
    (re.compile(r"[ \t]?\n[ \t]?"), "\n"),
)
_GROUPS = {f"{kind}_{end}" for kind in ("bullet_list", "ordered_list", "table") for end in ("open", "close")}
_OPENINGS = {"em_open", "strong_open", "s_open"}
_CLOSINGS = {"em_close", "strong_close", "s_close"}


def markdown_to_text(source: str) -> str:
    """Return the text that a reader of the rendered page sees; never raises on any source.

    Blocks are separated by a blank line, items of a tight list and rows of a table by a line end, cells by
    ` | `. Soft line breaks become spaces, hard ones line ends; links and images leave their words.
    """
    try:
        tokens = _parser().parse(source)
    except RecursionError:  # thousands of nested brackets: no article, but no reason to stop either
        return source.strip()
    return _join_blocks(_Blocks().walk(tokens))


def split_front_matter(source: str) -> tuple[dict[str, str], str]:
    """Split `key: value` lines between two `---` lines off the start of a Markdown source.

    Returns:
        The values by lower-case key (lists and nested values are left out), and the rest; no values and the
        whole source when the lines are anything else, such as a ruler and a paragraph.
    """
    lines = source.split("\n", _MAX_FRONT_LINES + 1)
    if lines[0].rstrip() != "---":
        return {}, source
    values: dict[str, str] = {}
    for number, line in enumerate(lines[1 : _MAX_FRONT_LINES + 1], 1):
        line = line.rstrip()
        if line in ("---", "..."):
            return values, "\n".join(lines[number + 1 :])
        match = _FRONT_LINE.match(line)
        if match is None and not _FRONT_REST.match(line):
            break
        if match is not None:
            values[match[1].strip().lower()] = _unquote(match[2] or "")
    return {}, source


def _unquote(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace("''", "'") if value[0] == "'" else value[1:-1].replace('\\"', '"')
    return value


@cache
def _parser() -> MarkdownIt:
    # Indented text is a paragraph to the people who write news, never code.
    # Without text_join, escaped characters keep a token of their own.
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["code", "text_join"])


class _Blocks:
    """Collects the blocks of one page: their text, and the group of lines they belong to, 0 for none."""

    def __init__(self) -> None:
        self.found: list[tuple[str, int]] = []
        self.cells: list[str] = []
        self.in_cell = False
        self.is_tight = False
        self.depth = 0
        self.group = 0
        self.marker = ""

    def walk(self, tokens: Sequence[Token]) -> list[tuple[str, int]]:
        """Go through the tokens in reading order."""
        for token in tokens:
            if token.type in _GROUPS:
                self._open_group(token.nesting)
            elif token.type == "paragraph_open":
                self.is_tight = token.hidden
            elif token.type == "list_item_open" and token.info:
                # The number is seen: `5. maja` at the start of a line parses as a list too.
                self.marker = f"{token.info}{token.markup} "
            elif token.type in ("th_open", "td_open"):
                self.in_cell = True
            elif token.type == "tr_close":
                self._close_row()
            elif token.type == "inline":
                self._add_inline(token)
            elif token.type == "fence":
                self._add(token.content.strip("\n"), 0)
            elif token.type == "html_block":
                self._add(visible_text(token.content), 0)
        return self.found

    def _open_group(self, nesting: int) -> None:
        self.group += 1 if nesting > 0 and self.depth == 0 else 0
        self.depth += nesting

    def _add_inline(self, token: Token) -> None:
        text = _inline_text(token.children or ())
        if self.in_cell:
            self.cells.append(text.replace("\n", " "))
            self.in_cell = False
        else:
            self._add(text, self.group if self.is_tight else 0)
            self.is_tight = False

    def _close_row(self) -> None:
        self._add(" | ".join(self.cells) if any(self.cells) else "", self.group)
        self.cells = []

    def _add(self, text: str, group: int) -> None:
        if text.strip():
            self.found.append((self.marker + text, group))
        self.marker = ""


def _join_blocks(blocks: Sequence[tuple[str, int]]) -> str:
    parts: list[str] = []
    before = 0
    for text, group in blocks:
        if parts:
            parts.append("\n" if group and group == before else "\n\n")
        parts.append(text)
        before = group
    return "".join(parts)


def _inline_text(tokens: Sequence[Token]) -> str:
    text = "".join(_inline_parts(tokens))
    for pattern, put in _TIDY:
        text = pattern.sub(put, text)
    return text.strip(" \t\n")


def _inline_parts(tokens: Sequence[Token]) -> list[str]:
    parts: list[str] = []
    hidden_until = ""
    after_close = False
    for token in tokens:
        if hidden_until:
            hidden_until = "" if token.content.lower().startswith(hidden_until) else hidden_until
            continue
        if token.type == "html_inline" and (match := re.match(r"<(script|style)\b", token.content.lower())):
            hidden_until = f"</{match[1]}"
            continue
        if token.type in _OPENINGS and after_close:
            parts.append(_BORDER)
        after_close = token.type in _CLOSINGS or (after_close and not token.content)
        parts.append(_inline_part(token))
    return parts


def _inline_part(token: Token) -> str:
    if token.type == "image":
        return "".join(_inline_parts(token.children or ()))
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    if token.type == "html_inline":
        return "\n" if re.match(r"<br\b", token.content.lower()) else ""
    if token.type == "text_special":
        return _STAR if token.content == "*" else token.content
    return token.content if token.type in ("text", "code_inline") else ""
