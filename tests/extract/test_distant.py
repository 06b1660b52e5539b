from pipeline.extract.distant import find_distant
from pipeline.extract.linker import find_windows
from pipeline.training.links import gold_mentions
from pipeline.training.weights import article_sentences

BODY = (
    '<person id="a" gender="m">Adam Bury</person> przyszedł. Potem <person id="a">Bury</person> wyszedł, a '
    '<person id="b" gender="f">Ewa Lin</person> została. Jest <role lemma="prezes">prezesem</role>.'
)


def _candidates(article, linked: frozenset[int] = frozenset()):
    mentions = gold_mentions(article)
    windows = list(find_windows(article.text, mentions, article_sentences(article)))
    found = list(find_distant(article.text, mentions, windows, linked))
    return [(mentions[item.person.mention].text, item.pattern) for item in found]


def test_each_person_is_offered_once_the_nearest_first(marked) -> None:
    assert _candidates(marked(BODY)) == [
        ("Ewa Lin", "person-office:sentences"),
        ("Bury", "person-office:sentences"),
    ]


def test_an_office_that_has_its_holder_is_left_alone(marked) -> None:
    assert _candidates(marked(BODY), frozenset({3})) == []


def test_a_person_far_away_is_not_offered(marked) -> None:
    filler = "Padał deszcz i wiało przez cały dzień. " * 40
    body = f'<person id="a" gender="m">Adam Bury</person> przyszedł. {filler}Jest <role>prezes</role>.'
    assert _candidates(marked(body)) == []
