"""The pipeline that speed is measured against, on two made-up trees."""

import lzma
from pathlib import Path

from pipeline.training.large_shape import PUD, build_large_shape

TREE = """1\tBurmistrz\tburmistrz\tNOUN\tsubst:sg:nom:m1\tCase=Nom|Number=Sing\t3\tnsubj\t_\t_
2\t{name}\t{name}\tPROPN\tsubst:sg:nom:m1\tCase=Nom|Number=Sing\t1\tflat\t_\t_
3\tśpi\tspać\tVERB\tfin:sg:ter:imperf\tNumber=Sing\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\tinterp\t_\t3\tpunct\t_\t_
"""


def test_components_and_widths_are_those_of_the_large_model(tmp_path: Path) -> None:
    path = tmp_path / PUD
    path.parent.mkdir(parents=True)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(TREE.format(name=name) for name in ("Kos", "Żak", "Dudek") * 15))
    nlp = build_large_shape(tmp_path, ["Burmistrz", "śpi"], seed=1)
    assert nlp.pipe_names == ["tok2vec", "morphologizer", "parser", "trainable_lemmatizer", "tagger", "ner"]
    assert nlp.vocab.vectors.shape == (50_000, 300)
    for name in ("tok2vec", "ner"):
        model = nlp.config["components"][name]["model"]
        tok2vec = model if name == "tok2vec" else model["tok2vec"]
        assert (tok2vec["width"], tok2vec["depth"], tok2vec["embed_size"]) == (96, 4, 2000)
        assert tok2vec["pretrained_vectors"]
    doc = nlp("Burmistrz Kos śpi.")
    assert all(token.tag_ and token.lemma_ for token in doc)
    assert len({token.head.i for token in doc}) > 0
