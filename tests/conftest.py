"""Shared test set-up: under --no-skips a skipped test is a failure; property tests try the same inputs each time.

`--hypothesis-profile explore` tries new inputs, and more of them.
"""

from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine makes inputs and tests slow: neither says anything about the code.
settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", settings.get_profile("suite"), derandomize=False, max_examples=500)
settings.load_profile("suite")

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="fail when a test is skipped")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Without the extra `ftm` its tests cannot even be imported; where every test must run, they fail then."""
    is_out = collection_path.name == "test_ftm.py" and find_spec("followthemoney") is None
    return True if is_out and not config.getoption("--no-skips") else None


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    outcome = yield
    report = outcome.get_result()
    if report.skipped and not hasattr(report, "wasxfail") and item.config.getoption("--no-skips"):
        report.outcome = "failed"
        report.longrepr = f"skipped where every test must run: {report.longrepr}"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of the sample articles, made once; tests read it and write elsewhere."""
    import pipeline

    folder = tmp_path_factory.mktemp("demo") / "out"
    pipeline.run([ROOT / "data" / "articles"], folder)
    return folder
