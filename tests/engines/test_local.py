from pipeline.engines.local import map_chunks


def _double(chunk: tuple[int, ...]) -> list[int]:
    return [number * 2 for number in chunk]


def test_order_and_content_do_not_depend_on_workers_or_chunks() -> None:
    expected = [number * 2 for number in range(23)]
    for workers, chunk_size in ((1, 1), (1, 5), (2, 4), (2, 100)):
        assert list(map_chunks(_double, range(23), chunk_size=chunk_size, workers=workers)) == expected


def test_items_are_read_lazily() -> None:
    taken: list[int] = []

    def items():
        for number in range(1000):
            taken.append(number)
            yield number

    results = map_chunks(_double, items(), chunk_size=10, workers=1)
    assert next(results) == 0
    assert len(taken) == 10
