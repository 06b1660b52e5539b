"""What returns in many articles is held once, or memory would grow with every mention."""

from pipeline.codec import reading_from_json, reading_to_json
from pipeline.records import Document, Mention, Municipality, Name, Reading
from pipeline.resolve.compare import Claim
from pipeline.resolve.facts import find_facts
from pipeline.resolve.growth import _Listed
from pipeline.resolve.memory import claim_from_json, claim_to_json, empty_memory

ARTICLES = ("a" * 16, "b" * 16)


def _reading(article_id: str) -> Reading:
    document = Document(article_id, f"{article_id}.txt", "Jan Lis śpiewa.")
    mention = Mention(article_id, 0, 7, "Jan Lis", "person")
    name = Name("Jan Lis", "Jan Lis", "person", "m", "Jan", "Lis", rule="person:fits", score=0.9)
    reading = Reading(document, (mention,), (name,), (), (), Municipality(None, 0.0))
    return reading_from_json(reading_to_json(reading), document)


def test_names_alike_are_one_record() -> None:
    first, second = map(_reading, ARTICLES)
    assert first.names[0] is not second.names[0]
    told = find_facts(_Listed([first, second]), empty_memory()).told
    assert len({id(name) for person in told.values() for name in person.names}) == 1


def test_texts_of_readings_are_held_once() -> None:
    first, second = (_reading(article_id).names[0] for article_id in ARTICLES)
    assert first.rule is second.rule
    assert first.nominative is second.nominative


def test_claims_share_what_they_have_in_common() -> None:
    claim = Claim("a:0", "Jan", "Lis", municipalities=frozenset({"160907"}), company=frozenset({"ewa sum"}))
    other = Claim("b:0", "Ewa", "Sum", municipalities=frozenset({"160907"}), company=frozenset({"jan lis"}))
    read = [claim_from_json(claim_to_json(one)) for one in (claim, other)]
    assert read == [claim, other]
    assert read[0].municipalities is read[1].municipalities
    assert read[0].company != read[1].company
