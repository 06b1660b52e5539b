# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # 07 Scale: DuckDB over a big dataset
#
# The tables are Parquet, so DuckDB reads only the columns and rows that a question needs. Here the demo's tables
# are multiplied to a million rows of evidence, to show that the questions stay quick; with a real dataset leave
# that step out.

# %%
import tempfile
import time
from pathlib import Path

import duckdb

import pipeline

out = Path("out") if Path("out/manifest.json").exists() else Path("../out")
ds = pipeline.load_dataset(out)
big = Path(tempfile.mkdtemp())

# %% [markdown]
# ## A million statements

# %%
db = duckdb.connect()
copies = 1_000_000 // len(ds.evidence) + 1
for table, key in (("evidence", "affiliation_id"), ("affiliations", "affiliation_id")):
    db.execute(f"""
        COPY (
            SELECT * REPLACE ({key} || '-' || n AS {key})
            FROM read_parquet('{out / table}.parquet'), range({copies}) AS copies(n)
        ) TO '{big / table}.parquet' (FORMAT parquet, COMPRESSION zstd)
    """)
db.execute(f"CREATE VIEW evidence AS FROM '{big}/evidence.parquet'")
db.execute(f"CREATE VIEW affiliations AS FROM '{big}/affiliations.parquet'")
db.sql("SELECT count(*) AS statements, count(DISTINCT article_id) AS articles FROM evidence").df()

# %% [markdown]
# ## Offices by status, joined and grouped

# %%
started = time.perf_counter()
answer = db.sql("""
    SELECT role_code, affiliations.status, count(*) AS statements, round(avg(evidence.confidence), 2) AS confidence
    FROM evidence
    JOIN affiliations USING (affiliation_id)
    WHERE role_code IS NOT NULL
    GROUP BY ALL
    ORDER BY statements DESC, role_code
    LIMIT 10
""").df()
seconds = time.perf_counter() - started
answer

# %%
f"{seconds:.2f} s"

# %% [markdown]
# A folder of parts, as the Spark engine writes it, is read the same way: `FROM 'out/evidence/*.parquet'`.
