import numpy as np
import spacy

from pipeline.extract import kept_forms
from pipeline.extract.kept_forms import KeptForms
from pipeline.extract.morfeusz import build_morfeusz_embed


def _layer():
    nlp = spacy.blank("pl")
    model = build_morfeusz_embed(8, [50] * 8, 0)
    model.initialize([nlp("Jan Nowak")], None)
    return nlp, model


def _numbers(nlp, text: str) -> list[int]:
    return [token.orth for token in nlp(text)]


def test_layer_is_asked_once_a_form() -> None:
    nlp, model = _layer()
    inner, kept, asked = model.layers[0], KeptForms(), []
    forward = inner._func

    def watch(model, forms, is_train):
        asked.extend(form.text for form in forms)
        return forward(model, forms, is_train)

    inner._func = watch
    first = kept.look_up(inner, _numbers(nlp, "Jan Lis"), nlp.vocab)
    second = kept.look_up(inner, _numbers(nlp, "Ewa Lis Jan"), nlp.vocab)
    assert asked == ["Jan", "Lis", "Ewa"]
    assert np.array_equal(first, second[[2, 1]])


def test_new_weights_make_new_rows() -> None:
    nlp, model = _layer()
    doc = nlp("Wójt Anna Lis")
    before = model.predict([doc])[0]
    others = {
        (node.id, name): node.get_param(name) + 1
        for node in model.walk()
        for name in node.param_names
        if node.has_param(name)
    }
    with model.use_params(others):
        assert not np.allclose(model.predict([doc])[0], before)
    assert np.array_equal(model.predict([doc])[0], before)


def test_a_step_of_training_forgets() -> None:
    nlp, model = _layer()
    doc = nlp("Wójt Anna Lis")
    before = model.predict([doc])[0]
    model.begin_update([doc])
    for node in model.walk():
        if node.name == "maxout":
            weights = node.get_param("b")
            weights += np.arange(weights.size, dtype=np.float32).reshape(weights.shape)
    assert not np.allclose(model.predict([doc])[0], before)


def test_more_forms_than_are_kept(monkeypatch) -> None:
    monkeypatch.setattr(kept_forms, "_MOST", 3)
    nlp, model = _layer()
    doc = nlp("Wójt Anna Lis i dyrektor Jan Nowak")
    alone = [model.predict([nlp(token.text)])[0][0] for token in doc]
    assert np.array_equal(model.predict([doc])[0], np.stack(alone))
