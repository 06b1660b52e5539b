# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # 01 First look
#
# The demo's dataset (`make demo` writes it to `out/`): who is in it, one town, one timeline, one article.

# %%
from pathlib import Path

import altair as alt
import pandas as pd

import pipeline

out = Path("out") if Path("out/manifest.json").exists() else Path("../out")
ds = pipeline.load_dataset(out)
ds

# %% [markdown]
# ## Who is named most

# %%
ds.actors.sort_values(["n_articles", "name"], ascending=[False, True])[
    ["name", "gender", "headline", "n_articles", "first_seen", "last_seen"]
].head(12)

# %% [markdown]
# ## One town: everybody with an office in Ujazd

# %%
town = "Ujazd"
places = ds.locations[ds.locations["name"].str.contains(town)]["location_id"]
held = ds.affiliations[ds.affiliations["location_id"].isin(places)]
people = (
    held.merge(ds.actors[["actor_id", "name"]], on="actor_id")
    .merge(
        ds.institutions[["institution_id", "name"]], on="institution_id", how="left", suffixes=("", "_body")
    )
    .rename(columns={"name_body": "institution"})
)
people[["name", "role", "institution", "status", "since", "until", "n_articles"]].sort_values("name")

# %% [markdown]
# ## A timeline: when the articles speak of each office

# %%
seen = people.dropna(subset=["first_seen"]).assign(
    office=lambda frame: frame["name"] + ", " + frame["role"].fillna("member"),
    first=lambda frame: pd.to_datetime(frame["first_seen"]),
    last=lambda frame: pd.to_datetime(frame["last_seen"]) + pd.Timedelta(days=10),
)
alt.Chart(seen[["office", "first", "last", "status"]]).mark_bar(height=9).encode(
    x=alt.X("first:T", title="articles from"),
    x2="last:T",
    y=alt.Y("office:N", title=None, sort="x", axis=alt.Axis(labelLimit=320)),
    color=alt.Color("status:N", title="status"),
).properties(width=520)

# %% [markdown]
# ## One article with its mentions marked

# %%
article_id = ds.mentions.groupby("article_id").size().idxmax()
pipeline.show(ds, article_id)
