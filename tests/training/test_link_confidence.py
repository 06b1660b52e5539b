import pytest

from pipeline.training.link_confidence import (
    Answer,
    confidence_section,
    fit_link_confidence,
    measure_calibration,
)

SURE = ("bias", "link>=0.9")
DOUBTFUL = ("bias",)


def articles(right_of_sure: int, right_of_doubtful: int, *, number: int = 20) -> list[list[Answer]]:
    """Return articles of ten sure and ten doubtful statements, so many of each ten right."""
    own = [Answer(SURE, 0.5, at < right_of_sure) for at in range(10)]
    own += [Answer(DOUBTFUL, 0.5, at < right_of_doubtful) for at in range(10)]
    return [own] * number


def test_the_map_gives_the_share_that_is_right() -> None:
    model = fit_link_confidence([answer for article in articles(9, 3, number=200) for answer in article])
    assert model.score(SURE) == pytest.approx(0.9, abs=0.03)
    assert model.score(DOUBTFUL) == pytest.approx(0.3, abs=0.03)


def test_calibration_is_measured_by_maps_that_did_not_see_the_article() -> None:
    found = measure_calibration(articles(9, 3, number=60))
    assert found.before == pytest.approx(0.1, abs=0.01)
    assert found.after <= found.worst < 0.05
    assert sum(number for _, _, number in found.bins) == 10 * 1200
    assert "## Confidence" in confidence_section(found)
