"""Recovery codes: kept on paper, typed by tired people, used once (S26)."""

import secrets
import unicodedata

# Crockford's 32: without i, l, o and u, which are read as 1, 1, 0 and v.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LOOK_ALIKES = str.maketrans("ilou", "110v")
GROUPS, GROUP = 4, 4  # 16 characters of 5 bits: 80 bits
MAX_TYPED = 100


def new_recovery_code() -> str:
    """Return a fresh code in groups, as it is shown: `k7rm-2xq9-4bnd-h8vt`."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP))
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read_recovery_code(typed: str) -> str | None:
    """Return what was meant, without its groups; None for what no code can be.

    Case, spaces and dashes of every kind do not matter, nor do the letters that look like others.
    """
    if len(typed) > MAX_TYPED:
        return None
    plain = unicodedata.normalize("NFKC", typed).lower()
    kept = "".join(each for each in plain if not _is_between(each)).translate(LOOK_ALIKES)
    is_code = len(kept) == GROUPS * GROUP and all(each in ALPHABET for each in kept)
    return kept if is_code else None


def _is_between(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in {"Pd", "Cf"}
