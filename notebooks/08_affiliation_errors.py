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

articles = load_split(Path(data_folder()) / "gold", "dev")
readings = read_gold_links(articles, None)
rows = []
for article, reading in zip(articles, readings, strict=True):
    gold = account_of_gold(article)
    rows += find_causes(gold, account_of_reading(reading, gold_actors(gold)))
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
