# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # 03 A network of institutions
#
# Two bodies are linked when one article names both. Whoever stands between groups is read off the graph.

# %%
from itertools import combinations
from pathlib import Path

import altair as alt
import networkx as nx
import pandas as pd

import pipeline

out = Path("out") if Path("out/manifest.json").exists() else Path("../out")
ds = pipeline.load_dataset(out)

# %% [markdown]
# ## The graph

# %%
named = ds.mentions[(ds.mentions["label"] == "institution") & ds.mentions["entity_id"].notna()]
names = ds.institutions.set_index("institution_id")["name"]
graph = nx.Graph()
for _, bodies in named.groupby("article_id")["entity_id"]:
    for one, two in combinations(sorted(set(bodies)), 2):
        weight = graph.get_edge_data(one, two, {"weight": 0})["weight"]
        graph.add_edge(one, two, weight=weight + 1)
graph.number_of_nodes(), graph.number_of_edges()

# %% [markdown]
# ## Who connects the most

# %%
central = nx.betweenness_centrality(graph)
bodies = pd.DataFrame(
    {
        "name": [names[node] for node in graph],
        "neighbours": [graph.degree(node) for node in graph],
        "between": [central[node] for node in graph],
    }
).sort_values(["between", "name"], ascending=[False, True])
bodies.head(10).round(3)

# %% [markdown]
# ## The graph as a picture
#
# The largest connected part; a line's width is the number of articles.

# %%
part = graph.subgraph(max(nx.connected_components(graph), key=len))
at = nx.spring_layout(part, weight="weight", seed=7, k=0.6)
nodes = pd.DataFrame(
    [
        {"name": names[node], "x": at[node][0], "y": at[node][1], "neighbours": part.degree(node)}
        for node in part
    ]
)
edges = pd.DataFrame(
    [
        {"x": at[a][0], "y": at[a][1], "x2": at[b][0], "y2": at[b][1], "articles": data["weight"]}
        for a, b, data in part.edges(data=True)
    ]
)
off = alt.Axis(labels=False, ticks=False, grid=False, domain=False, title=None)
lines = (
    alt.Chart(edges)
    .mark_rule(color="#999", opacity=0.5)
    .encode(
        x=alt.X("x:Q", axis=off),
        y=alt.Y("y:Q", axis=off),
        x2="x2:Q",
        y2="y2:Q",
        size=alt.Size("articles:Q", legend=None),
    )
)
dots = (
    alt.Chart(nodes)
    .mark_circle(color="#2b6cb0")
    .encode(x="x:Q", y="y:Q", size=alt.Size("neighbours:Q", legend=None), tooltip=["name:N"])
)
labels = (
    alt.Chart(nodes.nlargest(8, "neighbours"))
    .mark_text(dy=-12, fontSize=10)
    .encode(x="x:Q", y="y:Q", text="name:N")
)
(lines + dots + labels).resolve_scale(size="independent").properties(width=620, height=460)

# %% [markdown]
# `civic-actors export out --to gexf -o graph` writes the whole graph, people and places included, for Gephi.
