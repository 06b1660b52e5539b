# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # 09 How good the recogniser is
#
# The figures behind `docs/model.md`, as pictures. `civic-actors proof` measures them on test documents and
# writes them to `docs/model.json`; nothing is measured here, so this runs in seconds.

# %%
import json

import altair as alt
import pandas as pd

from pipeline.tables import data_folder

figures = json.loads((data_folder().parent / "docs" / "model.json").read_text(encoding="utf-8"))
labels = ["person", "role", "institution", "location"]
{name: figures["about"][name] for name in ("gold_test_articles", "network_sha256", "spacy", "stages")}

# %% [markdown]
# ## Does the confidence keep its word?
#
# Mentions of the gold's test part, put together by the confidence that the model gave them. On the diagonal,
# nine in ten mentions of confidence 0.9 are right. The bigger the circle, the more mentions.

# %%
calibration = figures["calibration"]
bins = pd.DataFrame(calibration["bins"]).rename(columns={"n": "mentions"})
axis = alt.Scale(domain=[0, 1], nice=False)
diagonal = (
    alt.Chart(pd.DataFrame({"confidence": [0, 1], "accuracy": [0, 1]}))
    .mark_line(strokeDash=[4, 4], color="#999")
    .encode(x=alt.X("confidence:Q", scale=axis), y=alt.Y("accuracy:Q", scale=axis))
)
points = (
    alt.Chart(bins)
    .mark_circle(opacity=0.85, color="#1f5f8b")
    .encode(
        x=alt.X("confidence:Q", title="mean confidence of a bin", scale=axis),
        y=alt.Y("accuracy:Q", title="share of its mentions that are right", scale=axis),
        size=alt.Size("mentions:Q", title="mentions", scale=alt.Scale(type="sqrt", range=[15, 900])),
        tooltip=["low", "high", "mentions", "confidence", "accuracy"],
    )
)
title = f"Expected calibration error {calibration['error']:.3f} (target: at most 0.05)"
(diagonal + points).properties(width=380, height=380, title=title)

# %%
by_label = pd.DataFrame(calibration["labels"]).T.rename(
    columns={"error": "calibration error", "n": "mentions"}
)
by_label.loc[labels].astype({"mentions": int})

# %% [markdown]
# ## Strict F by label, beside other networks
#
# Right means the same bounds and the same label; bars are 95 % intervals, drawn over documents.

# %%
names = {
    "shipped": "shipped",
    "before_last_stage": "after stage `mixed`",
    "without_morfeusz": "no Morfeusz",
    "plain": "plain CNN",
}
benchmarks = {benchmark["name"]: benchmark["title"] for benchmark in figures["benchmarks"]}
scores = pd.DataFrame(
    {"network": names[network], "test set": benchmarks[benchmark], "label": label, **found}
    for network, measured in figures["pipelines"].items()
    for benchmark, by_figure in measured["scores"].items()
    for label in labels
    if (found := by_figure.get(f"strict.{label}")) and benchmark in ("gold", "nkjp")
)


def draw_scores(test_set: str) -> alt.FacetChart:
    rows = alt.Chart(scores[scores["test set"] == test_set]).encode(
        y=alt.Y("network:N", title=None, sort=list(names.values()), axis=alt.Axis(labelLimit=200)),
        color=alt.Color("network:N", legend=None, sort=list(names.values())),
    )
    interval = rows.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", title="strict F", scale=alt.Scale(zero=False, domain=[0.55, 1])), x2="high:Q"
    )
    middle = rows.mark_point(filled=True, size=50, opacity=1).encode(
        x="f:Q", tooltip=["network", "label", "f", "low", "high"]
    )
    panels = (interval + middle).properties(width=220, height=70)
    return panels.facet(row=alt.Row("label:N", sort=labels, title=None), title=test_set)


alt.hconcat(*(draw_scores(test_set) for test_set in scores["test set"].unique()))

# %% [markdown]
# ## What careless writing costs
#
# Points of strict F lost when the same articles are changed. The tick is the target.

# %%
changes = {
    "capitals": ("all in capitals", -8),
    "diacritics": ("Polish letters made plain", -6),
    "typos": ("letters swapped", -4),
    "line_breaks": ("line breaks gone", -2),
}
losses = pd.DataFrame(
    {"change": said, "target": target, **figures["pipelines"]["shipped"]["robustness"][change]["all"]}
    for change, (said, target) in changes.items()
)
rows = alt.Chart(losses).encode(y=alt.Y("change:N", title=None, sort=[said for said, _ in changes.values()]))
bars = rows.mark_bar(color="#1f5f8b", height=14).encode(x=alt.X("points:Q", title="points of strict F"))
spans = rows.mark_rule(color="#222").encode(x="low:Q", x2="high:Q")
ticks = rows.mark_tick(color="#c0392b", thickness=2, size=24).encode(x="target:Q")
(bars + spans + ticks).properties(width=420, height=130)
