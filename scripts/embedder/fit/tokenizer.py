"""The tokenizer of electron/models/adapters/use-lite-tokenizer.ts and the embedder's rule for capitals, in Python."""

import json
import os
import unicodedata

RESERVED_PIECES = 6
WORD_START = "\u2581"
MAX_CHARACTERS = 4096
MAX_TOKENS = 128


def calm_capitals(text):
    """Lower-cases a text whose letters are mostly capitals."""
    letters = [c for c in text if c.lower() != c.upper()]
    upper = sum(c != c.lower() for c in letters)
    return text.lower() if len(letters) >= 6 and upper > 0.6 * len(letters) else text


class Tokenizer:
    def __init__(self, folder):
        with open(os.path.join(folder, "vocab.json"), encoding="utf8") as file:
            vocabulary = json.load(file)
        self.pieces = {p: (i, s or 0.0) for i, (p, s) in enumerate(vocabulary) if i >= RESERVED_PIECES}
        self.longest = max(map(len, self.pieces))

    def encode(self, text):
        """Ids of the best-scoring pieces, at most 128."""
        text = unicodedata.normalize("NFKC", calm_capitals(text[:MAX_CHARACTERS]))
        if not text:
            return []
        text = WORD_START + text.replace(" ", WORD_START)
        # No piece is longer than 16 characters, so what lies far behind 128 tokens cannot change them.
        length = len(text)
        best, came_from, piece = [0.0] * (length + 1), [0] * (length + 1), [0] * (length + 1)
        for start in range(length):
            matched = False
            base = best[start]
            for end in range(start + 1, min(length, start + self.longest) + 1):
                found = self.pieces.get(text[start:end])
                if found:
                    matched = True
                    total = found[1] + base
                    if best[end] == 0 or total >= best[end]:
                        best[end], came_from[end], piece[end] = total, start, found[0]
            if not matched and (best[start + 1] == 0 or base >= best[start + 1]):
                best[start + 1], came_from[start + 1], piece[start + 1] = base, start, 0
        ids = []
        end = length
        while end > 0:
            if piece[end] != 0 or not ids or ids[-1] != 0:
                ids.append(piece[end])
            end = came_from[end]
        return ids[::-1][:MAX_TOKENS]
