# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # 04 Women and men in office, by level
#
# Gender is read from names, agreement and the form of the role; where no text says it, it is left empty.

# %%
from pathlib import Path

import altair as alt

import pipeline
from pipeline.normalise.role_codes import expand_role_code

out = Path("out") if Path("out/manifest.json").exists() else Path("../out")
ds = pipeline.load_dataset(out)

# %% [markdown]
# ## One row a person and office

# %%
held = ds.affiliations.dropna(subset=["role"]).merge(
    ds.actors[["actor_id", "name", "gender", "is_public"]], on="actor_id"
)
parts = held["role"].map(expand_role_code)
held["branch"] = parts.map(lambda part: part.branch)
held["level"] = parts.map(lambda part: part.level)
held = held[held["is_public"] & held["branch"].ne("")].drop_duplicates(["actor_id", "role_code"])
held["gender"] = held["gender"].map({"f": "women", "m": "men"}).fillna("not said")
held.groupby(["level", "branch", "gender"]).size().unstack(fill_value=0)

# %% [markdown]
# ## By level
#
# `any` is an office that bodies of every level have, such as a director.

# %%
alt.Chart(held[["level", "gender"]]).mark_bar().encode(
    x=alt.X("count():Q", title="people in office"),
    y=alt.Y("level:N", sort="-x", title=None),
    color=alt.Color(
        "gender:N", scale=alt.Scale(domain=["women", "men", "not said"], range=["#b5477f", "#2b6cb0", "#aaa"])
    ),
    order=alt.Order("gender:N", sort="descending"),
).properties(width=480)

# %% [markdown]
# ## Heads and deputies
#
# The share of women among those who lead and among those who stand in for them.

# %%
held["place"] = parts.map(lambda part: "deputy" if part.deputy else "first")
known = held[held["gender"] != "not said"]
shares = known.assign(women=known["gender"].eq("women")).groupby("place")["women"].agg(["mean", "size"])
shares.rename(columns={"mean": "share of women", "size": "people"}).round(2)

# %% [markdown]
# These are the demo's invented people: the method is the point, the shares mean nothing.
