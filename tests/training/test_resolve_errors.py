"""Causes of errors: what fits several people is open, what fits one is not."""

from pipeline.resolve.compare import Claim
from pipeline.training.resolve_errors import find_causes, find_open, what_lacks


def _claim(claim_id: str, given: str, gmina: str = "", code: str = "") -> Claim:
    return Claim(
        claim_id,
        given,
        "Nowak",
        municipalities=frozenset(filter(None, [gmina])),
        role_codes=frozenset(filter(None, [code])),
    )


def test_what_fits_two_people_is_open_and_what_fits_one_is_not() -> None:
    claims = [
        _claim("1", "Jan", "160907", "mayor"),
        _claim("2", "Jan", "160907", "mayor"),
        _claim("3", "Jan", "201103", "councillor"),
        _claim("4", "Jan"),
        _claim("5", "", "160907", "mayor"),
        _claim("6", "Ewa", "201103"),
        _claim("7", "Jan", "020101"),
    ]
    truth = {"1": "p", "2": "p", "3": "q", "4": "p", "5": "p", "6": "r", "7": "q"}
    assert find_open(claims, truth) == {"3", "4", "7"}


def test_what_a_claim_lacks() -> None:
    claims = [_claim("1", ""), _claim("2", "J."), _claim("3", "Jan"), _claim("4", "Jan", "160907")]
    assert [what_lacks(claim) for claim in claims] == [
        "given name",
        "given name but its initial",
        "gmina",
        "office",
    ]


def test_causes_add_up_to_the_claims() -> None:
    causes = find_causes(1_500)
    assert sum(cause.n_claims for cause in causes.causes) == 1_500
    assert 0.9 < causes.recall_ceiling <= 1.0
