# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # 02 One town: who is who through time
#
# Everybody whom the demo's articles give an office in one gmina, what they held and when it was said.

# %%
from pathlib import Path

import altair as alt
import pandas as pd

import pipeline

out = Path("out") if Path("out/manifest.json").exists() else Path("../out")
ds = pipeline.load_dataset(out)
gmina = "1611063"  # TERC of Ujazd, powiat strzelecki

# %% [markdown]
# ## The town's offices
#
# A village carries the TERC of its gmina, so the sołtysi and the fire brigades are in the list.

# %%
here = ds.locations.loc[ds.locations["teryt"] == gmina, "location_id"]
held = (
    ds.affiliations[ds.affiliations["location_id"].isin(here) & ds.affiliations["role"].notna()]
    .merge(ds.actors[["actor_id", "name"]], on="actor_id")
    .merge(
        ds.institutions[["institution_id", "name", "kind"]].rename(columns={"name": "body"}),
        on="institution_id",
        how="left",
    )
)
held[["name", "role", "body", "status", "since", "until", "n_articles"]].sort_values(["role", "name"]).fillna(
    ""
)

# %% [markdown]
# ## Each statement on the day of its article
#
# One dot a sentence; the shape says whether the office was held, left or sought on that day.

# %%
said = (
    ds.evidence.merge(held[["affiliation_id", "name", "role"]], on="affiliation_id")
    .merge(ds.articles[["article_id", "published", "title"]], on="article_id")
    .dropna(subset=["published"])
    .assign(day=lambda frame: pd.to_datetime(frame["published"]))
)
said["office"] = said["name"] + ", " + said["role"].str.lower()
alt.Chart(said[["office", "day", "status", "sentence"]]).mark_point(filled=True, size=70).encode(
    x=alt.X("day:T", title="article of"),
    y=alt.Y("office:N", title=None, sort="x", axis=alt.Axis(labelLimit=300)),
    color=alt.Color("status:N", title="status"),
    shape=alt.Shape("status:N", title="status"),
    tooltip=["sentence:N"],
).properties(width=520)

# %% [markdown]
# ## What is said of one of them, in the articles' words

# %%
person = held.sort_values("n_articles", ascending=False)["name"].iloc[0]
said.loc[said["name"] == person, ["day", "sentence", "rule", "confidence"]].sort_values("day").head(8)
