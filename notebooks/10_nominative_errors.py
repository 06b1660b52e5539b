# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # 10 Errors of the nominative, by cause
#
# Every mention of the gold's dev part and of a third of its train part, its span given, its article around it: what
# comes out wrong, and why. The test part stays unseen; its figures are in `docs/normalise.md`.

# %%
import altair as alt
import pandas as pd

from pipeline.normalise import normalise_extraction
from pipeline.records import Extraction
from pipeline.tables import data_folder
from pipeline.training.gold import load_gold
from pipeline.training.gold_links import make_document, titled_mentions

gold = data_folder() / "gold"
rows = []
for split in ("train", "dev"):
    # A third of the train part is enough to see the causes, and quick.
    for article in load_gold(gold, split)[:: 3 if split == "train" else 1]:
        reading = normalise_extraction(Extraction(make_document(article), titled_mentions(article), ()))
        marks = sorted(article.mentions, key=lambda mark: mark.start)
        for name, mark in zip(reading.names, marks, strict=True):
            rows.append(
                {
                    "split": split,
                    "article": article.article_id,
                    "label": mark.label,
                    "form": mark.text,
                    "wanted": mark.lemma,
                    "given": name.nominative,
                    "rule": name.rule,
                    "score": name.score,
                    "hard": ", ".join(article.hard),
                }
            )
names = pd.DataFrame(rows)
names["right"] = names["given"] == names["wanted"]
names.groupby(["label", "split"])["right"].agg(["mean", "size"]).round(3)

# %% [markdown]
# ## Causes
#
# A cause is read off the two nominatives: what differs tells what went wrong. The first that fits counts.


# %%
def cause_of(row: pd.Series) -> str:
    wanted, given, form = row["wanted"], row["given"], row["form"]
    if wanted.casefold() == given.casefold():
        return "letter case"
    if sorted(wanted.split()) == sorted(given.split()):
        return "order of forename and surname"
    if len(given.split()) < len(wanted.split()):
        return "a part left out"
    if len(given.split()) > len(wanted.split()):
        return "a part too many"
    if given == " ".join(form.split()):
        return "left as written"
    if " ".join(form.split()) == wanted:
        return "a nominative taken for another case"
    return "wrong paradigm or number"


wrong = names[~names["right"]].copy()
wrong["cause"] = wrong.apply(cause_of, axis=1)
wrong.groupby(["cause", "label"]).size().unstack(fill_value=0)

# %%
order = wrong["cause"].value_counts().index.tolist()
alt.Chart(wrong).mark_bar().encode(
    x=alt.X("count():Q", title="errors"),
    y=alt.Y("cause:N", sort=order, title=None, axis=alt.Axis(labelLimit=260)),
    color=alt.Color("label:N", title="label"),
    tooltip=["label", "count()"],
).properties(title="Wrong nominatives in the gold's dev part and a third of train", width=520)

# %% [markdown]
# ## Which rules err
#
# The share right beside the score that the rule gave itself: where the score is higher, the rule is too sure.

# %%
rules = names.groupby(["label", "rule"]).agg(
    names=("right", "size"), right=("right", "mean"), score=("score", "mean")
)
rules[rules["names"] >= 20].round(3).sort_values("right").head(15)

# %% [markdown]
# ## The errors themselves, one of each

# %%
shown = wrong.drop_duplicates(["form", "wanted"]).groupby("cause").head(4)
shown[["cause", "label", "form", "given", "wanted", "rule", "article"]].sort_values(
    ["cause", "label", "form"]
)
