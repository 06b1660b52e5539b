"""Other ways to join the same claims, for comparison: splink, a rapidfuzz threshold, and exact names."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from pipeline.resolve.claim_rows import make_table_claims
from pipeline.resolve.claims import resolve_table
from pipeline.resolve.keys import fold

Clusters = Mapping[str, str]
_FUZZY_ALIKE = 0.93
_SPLINK_MATCH = 0.5
_NAME_LEVELS = (0.95, 0.88)
_CHUNK = 2_000


def by_ours(table: pd.DataFrame) -> Clusters:
    """Join claims as `civic-actors resolve` does, reasons written too."""
    return {row.claim_id: row.actor_id for row in resolve_table(table).rows}


def by_exact_name(table: pd.DataFrame) -> Clusters:
    """Join claims of one folded name, its words in any order."""
    return {
        claim_id: " ".join(sorted(fold(name).split()))
        for claim_id, name in zip(table["claim_id"], table["name"], strict=True)
    }


def by_rapidfuzz(table: pd.DataFrame) -> Clusters:
    """Join claims of one gmina whose sorted names are alike by Jaro-Winkler, in chunks of one gmina."""
    names = [" ".join(sorted(fold(name).split())) for name in table["name"]]
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, gmina in enumerate(table["municipality_teryt"]):
        blocks[gmina].append(index)
    owner = list(range(len(names)))
    for block in blocks.values():
        for start in range(0, len(block), _CHUNK):
            _join_alike(block[start : start + _CHUNK], names, owner)
    roots = [_root(owner, index) for index in range(len(owner))]
    return {claim_id: str(root) for claim_id, root in zip(table["claim_id"], roots, strict=True)}


def _join_alike(block: Sequence[int], names: Sequence[str], owner: list[int]) -> None:
    chosen = [names[index] for index in block]
    alike = process.cdist(chosen, chosen, scorer=JaroWinkler.similarity, score_cutoff=_FUZZY_ALIKE)
    for left, right in zip(*alike.nonzero(), strict=True):
        owner[_root(owner, block[left])] = _root(owner, block[right])


def _root(owner: list[int], index: int) -> int:
    while owner[index] != index:
        owner[index] = owner[owner[index]]
        index = owner[index]
    return index


def by_splink(table: pd.DataFrame) -> Clusters:
    """Join claims by splink on DuckDB: names by Jaro-Winkler with term frequencies, exact gmina and office, EM.

    It is given our parts of the names, so that only the linkage is compared.
    """
    import splink.comparison_library as compare
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    rules = [
        block_on("surname", "given"),
        block_on("surname", "gmina"),
        block_on("given", "gmina", "role_code"),
    ]
    names = [
        compare.JaroWinklerAtThresholds(name, list(_NAME_LEVELS)).configure(term_frequency_adjustments=True)
        for name in ("given", "surname")
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="claim_id",
        blocking_rules_to_generate_predictions=[*rules],
        comparisons=[*names, compare.ExactMatch("gmina"), compare.ExactMatch("role_code")],
        retain_matching_columns=False,
    )
    rows = DuckDBAPI().register(_splink_rows(table))
    linker = Linker(rows, settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match(
        [block_on("surname", "given", "gmina")], recall=0.8
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("surname", "given"), block_on("gmina", "role_code")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=_SPLINK_MATCH)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, _SPLINK_MATCH)
    frame: pd.DataFrame = found.as_pandas_dataframe()  # type: ignore[no-untyped-call]
    return dict(zip(frame["claim_id"], frame["cluster_id"].astype(str), strict=True))


def _splink_rows(table: pd.DataFrame) -> pd.DataFrame:
    claims = make_table_claims(table)
    return pd.DataFrame(
        {
            "claim_id": [claim.claim_id for claim in claims],
            "given": [fold(claim.given_names) or None for claim in claims],
            "surname": [fold(claim.surname) or None for claim in claims],
            "gmina": [min(claim.municipalities, default=None) for claim in claims],
            "role_code": [min(claim.role_codes, default=None) for claim in claims],
        }
    )


ON_DISK = "civic-actors, on disk"
PEERS: Mapping[str, Callable[[pd.DataFrame], Clusters]] = {
    "civic-actors": by_ours,
    "splink": by_splink,
    "rapidfuzz": by_rapidfuzz,
    "exact names": by_exact_name,
}
