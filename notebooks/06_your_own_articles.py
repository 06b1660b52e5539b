# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # 06 Your own articles: from a folder to a table
#
# Put texts into a folder (`.txt .md .html .jsonl .csv .parquet`) and point `run` at it. Here the folder is made
# on the spot, with two short notices.

# %%
import tempfile
from pathlib import Path

import pipeline

folder = Path(tempfile.mkdtemp())
(folder / "sesja.txt").write_text(
    "Na sesji Rady Gminy Korycin przewodnicząca rady Halina Mirek powitała wójta Jacka Pogorzelskiego "
    "oraz Annę Skowronek, dyrektor Szkoły Podstawowej w Korycinie.",
    encoding="utf-8",
)
(folder / "osp.md").write_text(
    "# Zebranie w remizie\n\nDruhowie z OSP Jaryszów wybrali zarząd. Prezesem został Roman Ligęza, "
    "naczelnikiem pozostaje Szymon Kopiec.\n",
    encoding="utf-8",
)

# %% [markdown]
# ## Run
#
# The same call again does nothing; other articles in the same folder `out` are refused, or added by `update`.

# %%
summary = pipeline.run([folder], folder / "out")
summary.n_articles, summary.n_actors, summary.n_rejects

# %% [markdown]
# ## The table

# %%
ds = pipeline.load_dataset(folder / "out")
ds.sql("""
    SELECT actors.name, role, institutions.name AS body, locations.name AS place, status
    FROM affiliations
    JOIN actors USING (actor_id)
    LEFT JOIN institutions USING (institution_id)
    LEFT JOIN locations ON locations.location_id = affiliations.location_id
    ORDER BY actors.name
""")

# %% [markdown]
# ## The articles, marked

# %%
pipeline.show(ds, ds.articles["article_id"].iloc[0])

# %% [markdown]
# ## A list of names alone

# %%
[pipeline.nominative(name, label="person").nominative for name in ("Jacka Pogorzelskiego", "Annę Skowronek")]

# %% [markdown]
# Take the table with you: `ds.affiliations.to_csv(...)`, or `civic-actors export out --to xlsx -o tables`.
