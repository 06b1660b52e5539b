# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---
# %% [markdown]
# # 08 Who holds what: errors by cause
#
# The linker reads the gold's dev part with gold's own mentions, so only ties between people, offices, bodies
# and places can be wrong. Which causes weigh most, and what do they look like?

# %%
from pathlib import Path

import altair as alt
import pandas as pd

from pipeline.tables import data_folder
from pipeline.training.accounts import account_of_gold, account_of_reading, gold_actors
from pipeline.training.causes import find_causes
from pipeline.training.evaluate import load_split
from pipeline.training.gold_links import read_gold_links
from pipeline.training.link_confidence import DIVISIONS, measure_calibration, read_gold_answers
from pipeline.training.matches import pair_claims

articles = load_split(Path(data_folder()) / "gold", "dev")
readings = read_gold_links(articles, None)
rows, times = [], []
for article, reading in zip(articles, readings, strict=True):
    gold = account_of_gold(article)
    found = account_of_reading(reading, gold_actors(gold))
    rows += find_causes(gold, found)
    times += pair_claims(gold.claims, found.claims)
causes = pd.DataFrame(rows)
len(articles), len(causes)

# %% [markdown]
# ## What was missed or invented, and why
#
# `no link` and `link` say whether the person was tied to the office at all; the other causes are about the body
# or place of an office that was found.

# %%
counts = causes.groupby(["part", "side", "cause"], as_index=False).size()
chart = (
    alt.Chart(counts)
    .mark_bar()
    .encode(
        x=alt.X("size:Q", title="errors"),
        y=alt.Y("cause:N", sort="-x", title=None, axis=alt.Axis(labelLimit=320)),
        color=alt.Color(
            "side:N", title=None, scale=alt.Scale(domain=["missed", "spurious"], range=["#1b5e83", "#c8642a"])
        ),
        row=alt.Row("part:N", title=None, header=alt.Header(labelAngle=0, labelAlign="left")),
        tooltip=["part", "side", "cause", "size"],
    )
    .resolve_scale(y="independent")
    .properties(width=420, title="Errors of the linker on gold dev, by cause")
)
chart

# %% [markdown]
# ## The commonest causes, with their words

# %%
order = causes.groupby(["part", "cause"])["cause"].transform("size")
shown = causes.assign(n=order).sort_values(
    ["n", "part", "cause", "article"], ascending=[False, True, True, True]
)
shown.groupby(["part", "cause"], sort=False).head(2).head(24)[["part", "cause", "wanted", "given", "around"]]

# %% [markdown]
# ## Status and dates
#
# Of the offices that both gold and the linker have: what gold says of their time, and what the linker says instead.


# %%
def name_error(wanted: str | None, given: str | None) -> str:
    """Say in what a date differs from gold's; empty when it does not."""
    if wanted == given:
        return ""
    return "left out" if given is None else "invented" if wanted is None else "another"


mistaken = [
    {"of": part, "error": error}
    for wanted, given in times
    for part in ("since", "until")
    if (error := name_error(getattr(wanted, part), getattr(given, part)))
]
mistaken += [
    {"of": "status", "error": f"{wanted.status} read as {given.status}"}
    for wanted, given in times
    if wanted.status != given.status
]
pd.DataFrame(mistaken, columns=["of", "error"]).value_counts().rename("errors").reset_index()

# %% [markdown]
# ## May its confidence be believed?
#
# The whole pipeline reads the dev part, its own mentions included. Each statement's confidence comes from a map
# that did not see its article; on the diagonal it is the share of such statements that gold has.

# %%
calibration = measure_calibration(read_gold_answers(Path(data_folder()) / "gold"))
bins = pd.DataFrame(calibration.bins, columns=["confidence", "right", "statements"])
bins["statements"] = bins["statements"] / DIVISIONS
axis = alt.Scale(domain=[0, 1])
diagonal = (
    alt.Chart(pd.DataFrame({"confidence": [0, 1], "right": [0, 1]}))
    .mark_line(color="#9aa0a6", strokeDash=[4, 4])
    .encode(x="confidence", y="right")
)
points = (
    alt.Chart(bins)
    .mark_circle(color="#1b5e83", opacity=0.9)
    .encode(
        x=alt.X("confidence:Q", scale=axis, title="mean confidence"),
        y=alt.Y("right:Q", scale=axis, title="share that gold has"),
        size=alt.Size("statements:Q", title="statements"),
        tooltip=["confidence", "right", "statements"],
    )
)
line = alt.Chart(bins).mark_line(color="#1b5e83").encode(x="confidence", y="right")
(diagonal + line + points).properties(
    width=320, height=320, title=f"Calibration error {calibration.after:.3f}"
)
