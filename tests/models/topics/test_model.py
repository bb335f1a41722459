"""The model in scikit-learn's manner."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
from sklearn.base import clone

from manyvoices.errors import TooFewError
from manyvoices.models.topics import TopicModel
from manyvoices.models.topics.fitting import top_terms
from tests.model.making import document, made_corpus
from tests.models.topics.planted import Planted

ALGORITHMS = [
    {"algorithm": "nmf"},
    {"algorithm": "nmf-kl"},
    {"algorithm": "minibatch-nmf"},
    {"algorithm": "lda", "weighting": "counts"},
]


def test_parameters_are_got_set_and_cloned() -> None:
    model = TopicModel(4, lemmas="en", min_df=2)
    assert set(model.get_params()) == set(inspect.signature(TopicModel).parameters)
    assert clone(model).get_params() == model.get_params()
    assert model.set_params(k=7).k == 7
    with pytest.raises(ValueError, match="Invalid parameter"):
        model.set_params(topics=3)


def test_every_parameter_is_documented() -> None:
    lines = (line.strip() for line in (TopicModel.__doc__ or "").splitlines())
    heads = {name for line in lines for name in line.split(", ")}
    assert set(inspect.signature(TopicModel).parameters) <= heads


@pytest.mark.parametrize("parameters", ALGORITHMS, ids=lambda p: p["algorithm"])
def test_a_fit_is_the_same_every_time_and_single_precision(
    texts: Planted, parameters: dict[str, str]
) -> None:
    one, other = (TopicModel(3, **parameters).fit(texts.corpus) for _ in range(2))
    assert np.array_equal(one.components_, other.components_)
    assert one.components_.dtype == one.weights_.dtype == np.float32
    assert one.components_.shape == (3, len(one.terms_.names))
    assert one.weights_.shape == (len(one.terms_.units), 3)
    assert list(one.get_feature_names_out()) == list(one.terms_.names)


@pytest.mark.parametrize("parameters", ALGORITHMS, ids=lambda p: p["algorithm"])
def test_the_texts_that_were_fitted_get_nearly_the_same_weights_again(
    texts: Planted, parameters: dict[str, str]
) -> None:
    model = TopicModel(3, **parameters).fit(texts.corpus)
    again = model.transform(texts.corpus)
    assert np.corrcoef(again.ravel(), model.weights_.ravel())[0, 1] > 0.99


def test_other_texts_are_weighed_by_the_terms_that_were_fitted(
    texts: Planted, model: TopicModel
) -> None:
    words = [2 * chr(ord("a") + number) for number in range(12)]
    few = made_corpus([document(f"d{i}", [" ".join(words)]) for i in range(19)])
    with pytest.raises(TooFewError, match="19 units with 12 terms are too few"):
        TopicModel(2).fit(few)
    many = made_corpus([document(f"d{i}", [" ".join(words)]) for i in range(40)])
    with pytest.raises(TooFewError, match="40 units with 12 terms"):
        TopicModel(2).fit(many)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"algorithm": "plsa"}, "no algorithm 'plsa'"),
        ({"weighting": "binary"}, "no weighting 'binary'"),
        ({"algorithm": "lda"}, "weighting='counts'"),
    ],
)
def test_parameters_that_do_not_fit_are_refused(
    texts: Planted, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        TopicModel(3, **parameters).fit(texts.corpus)


def test_top_terms_stop_where_weights_end() -> None:
    components = np.array([[0.0, 2, 1, 2], [0, 0, 0, 0]], np.float32)
    tops = [top.tolist() for top in top_terms(components, 4)]
    assert tops == [[1, 3, 2], []]
