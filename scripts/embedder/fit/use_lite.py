"""The Universal Sentence Encoder lite in PyTorch: the same network as ../use-lite-graph.mjs, with gradients."""

import json
import math
import os

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

MAX_TOKENS = 128
HEADS = 4
MINUS_INFINITY = -1e9


def read_tfjs_weights(folder):
    """All float weights of a TensorFlow.js graph model, by name."""
    with open(os.path.join(folder, "model.json"), encoding="utf8") as file:
        manifest = json.load(file)["weightsManifest"]
    weights = {}
    for group in manifest:
        data = b"".join(open(os.path.join(folder, path), "rb").read() for path in group["paths"])
        offset = 0
        for entry in group["weights"]:
            count = int(np.prod(entry["shape"], dtype=np.int64))
            if entry["dtype"] == "float32":
                values = np.frombuffer(data, "<f4", count, offset).reshape(entry["shape"])
                weights[entry["name"]] = torch.from_numpy(values.copy())
            offset += 4 * count
    return weights


def _endings():
    """Short name of every matrix and vector of the network, and how its published name ends."""
    yield "tokens", "Embeddings_en"
    for n in (0, 1):
        scope = f"Encode/Layer_{n}/TransformerLayer"
        attention = f"{scope}/MultiheadAttention"
        for short, kind in (("qkv", "qkv_transform_single"), ("mixed", "output_transform_single")):
            yield f"layer{n}.{short}", f"{attention}/{kind}/kernel/part_0"
            yield f"layer{n}.{short}.bias", f"{attention}/{kind}/bias/ConcatPartitions/concat"
        for k in (1, 2):
            yield f"layer{n}.ffn{k}", f"Layer_{n}/TransformerLayer/FFN/conv{k}/Tensordot/Reshape_1"
            yield f"layer{n}.ffn{k}.bias", f"{scope}/FFN/conv{k}/bias/ConcatPartitions/concat"
        for short, inner in (("norm", scope), ("ffn-norm", f"{scope}/FFN")):
            for kind in ("scale", "bias"):
                yield (
                    f"layer{n}.{short}.{kind}",
                    f"{inner}/layer_prepostprocess/layer_norm/layer_norm_{kind}/ConcatPartitions/concat",
                )
    yield "layer0.carried", "Encode/Layer_0/TransformerLayer/dense/kernel/ConcatPartitions/concat"
    yield "layer0.carried.bias", "Encode/Layer_0/TransformerLayer/dense/bias/ConcatPartitions/concat"
    yield "top", "tanh_layer_0/weights"
    yield "top.bias", "tanh_layer_0/bias"
    yield "frequencies", "Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1"


ENDINGS = dict(_endings())

# Matrices that get a low-rank delta.
MATRICES = tuple(
    ["tokens", "layer0.carried", "top"]
    + [f"layer{n}.{part}" for n in (0, 1) for part in ("qkv", "mixed", "ffn1", "ffn2")]
)


class UseLite(nn.Module):
    """Token ids [B, T] and mask [B, T] in, unit vectors [B, 512] out, and the mean over tokens that they are made from.

    Published weights stay as they are; what is trained is `left[name] @ right[name]`, added to each matrix.
    """

    def __init__(self, folder, rank=16, seed=1):
        super().__init__()
        published = read_tfjs_weights(folder)
        for short, ending in ENDINGS.items():
            (name,) = [name for name in published if name.endswith(ending)]
            values = published[name].squeeze()
            self.register_buffer(short.replace(".", "__"), values)
        angles = torch.arange(MAX_TOKENS).float()[:, None] * self.weight("frequencies").reshape(1, -1)
        self.register_buffer("timing", torch.cat([angles.sin(), angles.cos()], 1))
        generator = torch.Generator().manual_seed(seed)
        self.left, self.right = nn.ParameterDict(), nn.ParameterDict()
        for name in MATRICES:
            rows, columns = self.weight(name).shape
            key = name.replace(".", "__")
            # As in LoRA (Hu et al. 2021): one factor random, the other zero, so that training starts at the published
            # network.
            self.left[key] = nn.Parameter(torch.randn(rows, rank, generator=generator) / math.sqrt(rank))
            self.right[key] = nn.Parameter(torch.zeros(rank, columns))

    def weight(self, name):
        return getattr(self, name.replace(".", "__"))

    def dense(self, x, merged, name):
        return F.linear(x, merged[name], self.weight(name + ".bias").bfloat16())

    def normalize(self, x, name):
        scale, bias = self.weight(f"{name}.scale"), self.weight(f"{name}.bias")
        return F.layer_norm(x.float(), x.shape[-1:], scale, bias, 1e-6).bfloat16()

    def attend(self, x, bias, merged, name):
        batch, length, width = x.shape
        parts = self.dense(x, merged, f"{name}.qkv").split(width, -1)
        query, key, value = (p.reshape(batch, length, HEADS, width // HEADS).transpose(1, 2) for p in parts)
        scores = (query @ key.transpose(-1, -2)).float() / math.sqrt(width // HEADS) + bias
        mixed = (scores.softmax(-1).bfloat16() @ value).transpose(1, 2).reshape(batch, length, width)
        return self.dense(mixed, merged, f"{name}.mixed")

    def merged(self):
        """Matrices with their deltas, as bfloat16: AVX-512 multiplies those ten times faster here."""
        result = {}
        for name in MATRICES:
            key = name.replace(".", "__")
            matrix = self.weight(name) + self.left[key] @ self.right[key]
            result[name] = matrix if name == "tokens" else matrix.t().contiguous().bfloat16()
        return result

    def forward(self, ids, mask, merged):
        x = 2 * F.embedding(ids, merged["tokens"]) + self.timing[: ids.shape[1]]
        x = x.bfloat16()
        bias = ((1 - mask) * MINUS_INFINITY)[:, None, None, :]
        for n in (0, 1):
            name = f"layer{n}"
            attended = self.attend(self.normalize(x, f"{name}.norm"), bias, merged, name)
            x = attended + (self.dense(x, merged, "layer0.carried") if n == 0 else x)
            hidden = self.dense(self.normalize(x, f"{name}.ffn-norm"), merged, f"{name}.ffn1").relu_()
            x = self.dense(hidden, merged, f"{name}.ffn2") + x
        pooled = (x.float() * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)
        top = pooled @ merged["top"].t().float() + self.weight("top.bias")
        return F.normalize(top.tanh(), dim=1, eps=1e-6), F.normalize(pooled, dim=1)


def as_batch(rows, size):
    """Lists of token ids, padded to few shapes, since each new shape costs a compilation: ids and mask [size, T]."""
    longest = max(1, max(len(row) for row in rows))
    width = next(w for w in (8, 12, 16, 24, 32, 48, 64, 96, 128) if w >= longest)
    ids, mask = np.zeros((size, width), np.int64), np.zeros((size, width), np.float32)
    for r, row in enumerate(rows):
        ids[r, : len(row)] = row
        mask[r, : len(row)] = 1
    return torch.from_numpy(ids), torch.from_numpy(mask)


def run(model, rows, size=64, deep=False):
    """Vectors of token id lists, in order [N, 512]; `deep` adds what stands before the last layer [N, 1024]."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    merged = model.merged()
    vectors = []
    # Lists of like length share a batch, so that little is computed for padding.
    for start in range(0, len(order), size):
        part = [rows[i] for i in order[start : start + size]]
        top, pooled = model(*as_batch(part, size), merged)
        vectors.append((torch.cat([top, pooled], 1) if deep else top)[: len(part)])
    return torch.cat(vectors)[torch.tensor(order).argsort()]


@torch.no_grad()
def embed(model, rows, deep=False):
    """The same without gradients, as numpy."""
    return run(model, rows, deep=deep).numpy()


def load(folder, fit, share=1.0):
    """The published network with the factors of a fit, of which `share` counts: 0 is as published, 1 as fitted."""
    factors = {name: torch.from_numpy(values) for name, values in np.load(fit).items()}
    model = UseLite(folder, rank=factors["right.top"].shape[0])
    scaled = {name: values * (share if name.startswith("right") else 1) for name, values in factors.items()}
    model.load_state_dict({**model.state_dict(), **scaled})
    return model
