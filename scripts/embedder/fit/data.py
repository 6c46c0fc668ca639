"""Reads the public sets. Every function takes the folder that holds them all."""

import csv
import glob
import json
import os
import random
import re


def read_json(*parts):
    with open(os.path.join(*parts), encoding="utf8") as file:
        return json.load(file)


def clinc(folder):
    """{'train': [(text, intent)], 'val': ..., 'oos_train': ..., 'oos_val': ...} and {domain: [intent]}."""
    return read_json(folder, "clinc150", "train_val.json"), read_json(folder, "clinc150", "domains.json")


def held_out_intents(folder, seed=7, count=50):
    """Intents of CLINC150 that a disjoint run never sees, five of each domain."""
    _, domains = clinc(folder)
    rng = random.Random(seed)
    return sorted(i for d in sorted(domains) for i in rng.sample(sorted(domains[d]), count // len(domains)))


def banking(folder):
    """Rows [(text, intent)] and the row numbers of every fixed split. Only ever measured on."""
    with open(os.path.join(folder, "banking77", "train.csv"), encoding="utf8") as file:
        rows = [(r["text"], r["category"]) for r in csv.DictReader(file)]
    return rows, read_json(folder, "banking77", "splits.json")


def spoken_questions(folder):
    """Last customer turn and (domain, place, entry) of each question of DSTC10 that has an entry. Only measured on."""
    found = []
    for turns, label in zip(
        read_json(folder, "dstc10-faq", "logs.json"), read_json(folder, "dstc10-faq", "labels.json"), strict=True
    ):
        if label["target"]:
            k = label["knowledge"][0]
            found.append((turns[-1]["text"], (k["domain"], str(k["entity_id"]), str(k["doc_id"]))))
    return found


def faq_places(folder):
    """{(domain, place): [(entry, question, answer)]}."""
    return {
        (domain, place): [(entry, doc["title"], doc["body"]) for entry, doc in content["docs"].items()]
        for domain, places in read_json(folder, "dstc10-faq", "knowledge.json").items()
        for place, content in places.items()
    }


def nlupp(folder):
    """[(text, frozenset of intents)] of the banking folds."""
    rows = []
    for path in sorted(glob.glob(os.path.join(folder, "nlupp", "banking", "fold*.json"))):
        rows += [(r["text"], frozenset(r.get("intents", []))) for r in read_json(path)]
    return [(text, intents) for text, intents in rows if intents]


def sentences(text):
    text = re.sub(r"[#*_`|>-]+", " ", text)
    parts = re.split(r"(?<=[.!?])\s+|\n+", text)
    return [p for p in (re.sub(r"\s+", " ", p).strip() for p in parts) if 12 <= len(p) <= 400]


def prose(folder):
    """Sentences of guidelines and policies: ABCD, tau2 retail and telecom."""
    found = []
    for flow in read_json(folder, "abcd", "guidelines.json").values():
        for name, subflow in flow["subflows"].items():
            found.append(name)
            stack = [subflow]
            while stack:
                node = stack.pop()
                if isinstance(node, str):
                    found += sentences(node)
                elif isinstance(node, dict):
                    stack += node.values()
                elif isinstance(node, list):
                    stack += node
    for parts in (("tau2-retail", "policy.md"), ("tau2-telecom", "main_policy.md"), ("tau2-telecom", "tech_support_manual.md")):
        with open(os.path.join(folder, *parts), encoding="utf8") as file:
            found += sentences(file.read())
    return sorted(set(found))
