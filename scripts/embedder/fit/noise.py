"""The same text as people type it in a hurry, or as a recogniser hears it. The meaning stays."""

import re

NEAR = {
    "a": "sqz", "b": "vgn", "c": "xvd", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy", "i": "uok",
    "j": "hku", "k": "jli", "l": "ko", "m": "n", "n": "bm", "o": "ipl", "p": "ol", "q": "wa", "r": "etf", "s": "adw",
    "t": "ryg", "u": "yij", "v": "cbf", "w": "qes", "x": "zcs", "y": "tuh", "z": "xa",
}  # fmt: skip
SHORT = {
    "you": "u", "are": "r", "please": "pls", "thanks": "thx", "your": "ur", "because": "cuz", "people": "ppl",
    "to": "2", "for": "4", "and": "&", "with": "w/", "message": "msg", "what": "wat", "okay": "ok", "account": "acct",
}  # fmt: skip
OPENINGS = ("hi ", "hello, ", "hey ", "um ", "so ", "ok so ", "well ", "yeah ", "good morning, ", "quick question: ")
ENDINGS = (" please", " thanks", " thank you", " pls", " asap", "??", "!", " ...")


def mistype(word, rng):
    if len(word) < 3:
        return word
    at = rng.randrange(len(word) - 1)
    kind = rng.random()
    if kind < 0.55:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind < 0.7:
        return word[:at] + word[at + 1 :]
    if kind < 0.85:
        near = NEAR.get(word[at].lower())
        return word[:at] + rng.choice(near) + word[at + 1 :] if near else word
    return word[:at] + word[at] + word[at:]


def mistyped(text, rng, share=0.3):
    return " ".join(mistype(w, rng) if rng.random() < share else w for w in text.split(" "))


def dressed(text, rng):
    """Capitals and marks as a written message has them, for texts that come without."""
    if text != text.lower() or rng.random() < 0.4:
        return text
    text = re.sub(r"\bi\b", "I", text)
    text = text[:1].upper() + text[1:]
    asks = re.match(r"(what|how|why|when|where|who|can|could|is|are|do|does|will|would|which)\b", text.lower())
    return text + rng.choice((("?", "?", "") if asks else (".", ".", "!", "")))


def bare(text):
    return re.sub(r"[^\w\s]", "", text.lower()).strip() or text


def noisy(text, rng):
    """One to three of the changes above."""
    if rng.random() < 0.65:
        text = mistyped(text, rng, rng.choice((0.15, 0.3, 0.3, 0.45)))
    if rng.random() < 0.3:
        text = " ".join(SHORT.get(w, w) if rng.random() < 0.7 else w for w in text.split(" "))
    kind = rng.random()
    if kind < 0.2:
        text = text.lower()
    elif kind < 0.35:
        text = bare(text)
    elif kind < 0.42:
        text = " ".join(w.upper() if rng.random() < 0.3 else w for w in text.split(" "))
    elif kind < 0.5:
        text = text.title()
    if rng.random() < 0.12:
        words = text.split(" ")
        if len(words) > 4:
            del words[rng.randrange(len(words))]
        text = " ".join(words)
    if rng.random() < 0.15:
        text = rng.choice(OPENINGS) + text
    if rng.random() < 0.15:
        text += rng.choice(ENDINGS)
    return text
