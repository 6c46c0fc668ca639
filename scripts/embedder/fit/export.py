"""Writes the factors of a fit (fit.py --out) as a safetensors file of bfloat16 numbers, which set-up reads."""

import argparse
import json

import numpy as np
from use_lite import ENDINGS, MATRICES


def as_bfloat16(values):
    """Rounds to the nearest bfloat16, ties to even."""
    bits = np.ascontiguousarray(values, np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype("<u2")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--share", type=float, default=1.0, help="how much of the deltas to keep")
    options = parser.parse_args()
    fitted = np.load(options.fit)
    header, parts, offset = {}, [], 0
    for name in MATRICES:
        for side in ("left", "right"):
            values = fitted[f"{side}.{name.replace('.', '__')}"]
            if side == "right":
                # Half way between two networks often does better elsewhere than either (Wortsman et al. 2022).
                values = options.share * values
            data = as_bfloat16(values).tobytes()
            header[f"{ENDINGS[name]}.{side}"] = {
                "dtype": "BF16",
                "shape": list(values.shape),
                "data_offsets": [offset, offset + len(data)],
            }
            parts.append(data)
            offset += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(options.out, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + b"".join(parts))


if __name__ == "__main__":
    main()
