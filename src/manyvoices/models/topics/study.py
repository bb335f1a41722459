"""All that a chapter says of the topics of a corpus, from one call."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from manyvoices.corpus import Corpus
from manyvoices.errors import TooFewError
from manyvoices.models.topics.alternatives import elsewhere
from manyvoices.models.topics.apart import Apart, most_apart
from manyvoices.models.topics.coherence import NPMI_WINDOW
from manyvoices.models.topics.describing import describe_terms, describe_topics
from manyvoices.models.topics.matching import FOUND
from manyvoices.models.topics.model import FEWEST_TERMS, FEWEST_UNITS, TOP, TopicModel
from manyvoices.models.topics.shares import WINDOW, prevalence, sentence_topics, typical
from manyvoices.models.topics.stability import SHARE, STABLE, Stability, stability
from manyvoices.models.topics.terms import Terms
from manyvoices.uncertainty import Executor


@dataclass(frozen=True, slots=True)
class Result:
    """A number to cite: its name, its value, how it is written, and the passage that shows it."""

    name: str
    value: int | float
    text: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, eq=False)
class Study:
    """A model with the number of topics that the corpus bears, and what is known of its topics.

    `topics` is of `describe_topics`, with the columns choices (of those made otherwise, in how
    many the topic is met again) and same (in how many of these the voice with the largest share of
    it is the same). The tables `terms`, `sentences`, `prevalence`, `typical` and `choices` are of
    `describe_terms`, `sentence_topics`, `prevalence`, `typical` and `elsewhere`. `names` are the
    keys of the names in the description.
    """

    model: TopicModel
    runs: Stability
    topics: pd.DataFrame
    terms: pd.DataFrame
    sentences: pd.DataFrame
    prevalence: pd.DataFrame
    typical: pd.DataFrame
    choices: pd.DataFrame
    names: tuple[str, ...]

    def results(self) -> Iterator[Result]:
        """What prose may cite: of all topics, and of each by its number and by its name.

        A name that no topic bears is not bound, and its numbers are nothing. For topic 1 there
        are topic-1-found, -stable, -choices, -same, and for each voice -in-VOICE, with -low and
        -high.
        """
        row = self.runs.chosen
        yield Result("topics-number", self.model.k)
        yield Result("topics-stable", int(self.topics["stable"].sum()))
        yield Result("topics-excess", float(row["excess"]), f"{row['excess']:.2f}")
        yield Result("topics-error", float(row["error"]), f"{row['error']:.2f}")
        for column in ("found", "null-found"):
            share = float(row[column.replace("-", "_")])
            yield Result(f"topics-{column}", share, f"{share:.0%}")
        yield Result("topics-runs", len(self.runs.runs))
        yield Result("topics-choices", int(self.choices["choice"].nunique()))
        yield from _sizes(len(self.model.terms_.filled), len(self.model.terms_.names))
        for topic in self.topics.index:
            yield from self._of_topic(f"topic-{topic}", topic)
        for key, number in self.keys.items():
            yield Result(f"topic-{key}-bound", int(number is not None))
            if number is None:
                yield from _nothing(f"topic-{key}", self.voices)
            else:
                yield from self._of_topic(f"topic-{key}", number)

    def apart(self, voice: str, other: str, corpus: Corpus) -> Apart | None:
        """The topic that sets two voices apart most; None where there is too little to say."""
        tables = self.sentences, self.prevalence, self.choices
        return most_apart(*tables, voice, other, corpus.one_author)

    def _of_topic(self, name: str, topic: int) -> Iterator[Result]:
        """The results of a topic."""
        row = self.topics.to_dict("index")[topic]
        yield Result(f"{name}-found", row["found"], f"{row['found']:.0%}")
        for column in ("stable", "choices", "same"):
            yield Result(f"{name}-{column}", int(row[column]))
        for share in self.prevalence[self.prevalence["topic"] == topic].to_dict("records"):
            voice = share["voice"]
            evidence = self._richest(topic, voice)
            yield from _of_voice(f"{name}-in-{voice}", share, evidence)

    def _richest(self, topic: int, voice: str) -> str | None:
        """The sentence of a voice with most of the topic's terms, if any has some."""
        own = self.sentences[self.sentences["voice"] == voice].set_index("sentence")[topic]
        return str(own.idxmax()) if own.max() > 0 else None

    def quoted(self, corpus: Corpus) -> pd.DataFrame:
        """The typical passages by name of the topic, with the sentence as it may be printed.

        Columns: topic, sentence, voice, share (as text), text.
        """
        place = self.sentences.set_index("sentence")
        rows = []
        for row in self.typical.to_dict("records"):
            at = place.loc[row["sentence"]]
            text = corpus.show(at["document"], int(at["start"]), int(at["end"]))
            name, share = self.labels[row["topic"]], f"{row['share']:.0%}"
            rows.append((name, row["sentence"], row["voice"], share, " ".join(text.split())))
        return pd.DataFrame(rows, columns=["topic", "sentence", "voice", "share", "text"])

    @property
    def keys(self) -> dict[str, int | None]:
        """The number of the topic that bears each name of the description; None where none does."""
        bound = {key: int(str(topic)) for topic, key in self.topics["key"].dropna().items()}
        return {key: bound.get(key) for key in self.names}

    @property
    def voices(self) -> list[str]:
        """The voices that have shares."""
        return list(dict.fromkeys(self.prevalence["voice"]))

    @property
    def labels(self) -> dict[int, str]:
        """What each topic is called, by its number."""
        return {int(str(topic)): str(label) for topic, label in self.topics["label"].items()}


@dataclass(frozen=True, slots=True)
class TooFew:
    """A corpus that is too small for topics: how many units and terms it has, and why not.

    `names` are the keys of the names in the description, `voices` its voices.
    """

    units: int
    terms: int
    why: str
    names: tuple[str, ...]
    voices: tuple[str, ...]

    def results(self) -> Iterator[Result]:
        """What prose may cite: that there are no topics."""
        for name in (
            "number",
            "stable",
            "excess",
            "error",
            "found",
            "null-found",
            "runs",
            "choices",
        ):
            yield Result(f"topics-{name}", 0)
        yield from _sizes(self.units, self.terms)
        for key in self.names:
            yield Result(f"topic-{key}-bound", 0)
            yield from _nothing(f"topic-{key}", self.voices)


def study_topics(
    corpus: Corpus, model: TopicModel | None = None, executor: Executor | None = None
) -> Study | TooFew:
    """The topics of a corpus, as many as `choose_k` takes, or why there are none.

    Give it the public view. `model` says all but k.
    """
    model = TopicModel() if model is None else model
    names, voices = tuple(corpus.settings.topics), tuple(corpus.voices)
    if not corpus.documents:
        return TooFew(0, 0, "No document is counted.", names, voices)
    terms = model.count(corpus)
    try:
        runs = stability(model, terms, executor=executor)
    except TooFewError as error:
        return TooFew(len(terms.filled), len(terms.names), str(error), names, voices)
    return _study(corpus, model, terms, runs)


def _study(corpus: Corpus, model: TopicModel, terms: Terms, runs: Stability) -> Study:
    from sklearn.base import clone

    fitted = clone(model).set_params(k=runs.k).fit(terms)
    sentences = sentence_topics(fitted)
    shares = prevalence(sentences, corpus.voices)
    choices = elsewhere(fitted, corpus)
    topics = describe_topics(fitted, runs, corpus.settings.topics)
    return Study(
        fitted,
        runs,
        topics.join(_elsewhere(choices, shares)),
        describe_terms(fitted, runs),
        sentences,
        shares,
        typical(fitted),
        choices,
        tuple(corpus.settings.topics),
    )


def _of_voice(name: str, row: Mapping[Hashable, Any], evidence: str | None) -> Iterator[Result]:
    """The share of a topic in a voice, and the ends of its interval: 0 and 1 where it has none."""
    share, low, high = row["share"], row["low"], row["high"]
    sure = bool(np.isfinite(low))
    text = "none" if np.isnan(share) else f"{share:.0%}"
    text += f" ({low:.0%} to {high:.0%})" if sure else ""
    yield Result(name, float(np.nan_to_num(share)), text, evidence)
    yield Result(f"{name}-low", float(low) if sure else 0.0)
    yield Result(f"{name}-high", float(high) if sure else 1.0)


def _nothing(name: str, voices: Iterable[str]) -> Iterator[Result]:
    """The results of a name that no topic bears."""
    for column in ("found", "stable", "choices", "same"):
        yield Result(f"{name}-{column}", 0)
    nowhere: dict[Hashable, Any] = {"share": np.nan, "low": np.nan, "high": np.nan}
    for voice in voices:
        yield from _of_voice(f"{name}-in-{voice}", nowhere, None)


def _sizes(units: int, terms: int) -> Iterator[Result]:
    """How much there was, and the fixed numbers of the rules."""
    yield Result("topics-units", units)
    yield Result("topics-terms", terms)
    yield Result("topics-fewest-units", FEWEST_UNITS)
    yield Result("topics-fewest-terms", FEWEST_TERMS)
    yield Result("topics-min-df", TopicModel().min_df)
    yield Result("topics-top", TOP)
    yield Result("topics-like", FOUND)
    yield Result("topics-subset", SHARE, f"{SHARE:.0%}")
    yield Result("topics-bar", STABLE, f"{STABLE:.0%}")
    yield Result("topics-window", WINDOW)
    yield Result("topics-npmi-window", NPMI_WINDOW)


def _elsewhere(choices: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Per topic: in how many other choices it is met again, and keeps the voice that has most."""
    wide = shares.pivot(index="topic", columns="voice", values="share")
    first = wide.idxmax(axis=1)
    largest = choices[list(wide.columns)].astype(float).idxmax(axis=1)
    met = choices["jaccard"] >= FOUND
    same = met & (largest == choices["topic"].map(first))
    return pd.DataFrame(
        {
            "choices": met.groupby(choices["topic"]).sum(),
            "same": same.groupby(choices["topic"]).sum(),
        }
    ).reindex(wide.index, fill_value=0)
