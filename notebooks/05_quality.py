# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # 05 How good is it? What the gold says
#
# The gold is annotated by hand; its `dev` part is measured here, live. `docs/model.md`, `docs/normalise.md` and
# `docs/affiliations.md` have the figures of the test part.

# %%
import altair as alt
import pandas as pd

import pipeline
from pipeline.tables import data_folder

measured = pipeline.evaluate(data_folder() / "gold", split="dev")
measured.n_articles, measured.n_words

# %% [markdown]
# ## Found, in the nominative, linked

# %%
figures = pd.DataFrame(
    [
        {"stage": name.split(".")[0], "figure": name, "f": figure.f, "low": figure.low, "high": figure.high}
        for name, figure in measured.figures.items()
        if name.startswith(("mentions.strict.", "nominative.exact.", "links.end_to_end."))
    ]
)
bars = alt.Chart(figures).encode(y=alt.Y("figure:N", title=None, sort=None, axis=alt.Axis(labelLimit=240)))
(
    bars.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", scale=alt.Scale(domain=[0.4, 1])), x2="high:Q")
    + bars.mark_point(filled=True, size=70).encode(
        x=alt.X("f:Q", title="F, with its 95 % interval"), color=alt.Color("stage:N", title="stage")
    )
).properties(width=460)

# %% [markdown]
# ## Errors by cause

# %%
mistakes = pd.DataFrame([{"cause": m.cause, "label": m.label} for m in measured.mistakes])
causes = mistakes.groupby(["cause", "label"]).size().rename("errors").reset_index()
alt.Chart(causes.nlargest(20, "errors")).mark_bar().encode(
    x=alt.X("errors:Q"),
    y=alt.Y("cause:N", sort="-x", title=None, axis=alt.Axis(labelLimit=260)),
    color=alt.Color("label:N", title="of"),
).properties(width=420)

# %% [markdown]
# ## By genre, those with more than one article

# %%
pd.DataFrame(
    {
        genre: {
            part: group.figures[f"mentions.strict.{part}"].f
            for part in ("person", "role", "institution", "location")
            if f"mentions.strict.{part}" in group.figures
        }
        for genre, group in measured.by_genre.items()
        if group.n_articles > 1
    }
).T.round(3)
