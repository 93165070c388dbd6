"""Vectors of passages in the database: float32, little endian, by model and hash of the text."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select

from treno_chat.stores import tables

_FLOAT32 = 4
_BATCH = 500


def find(db: Session, model: str, hashes: Sequence[str]) -> dict[str, bytes]:
    """Return the vectors that are there, by the hash of their text."""
    query = select(tables.Passage.content_hash, tables.Passage.vector).where(
        col(tables.Passage.model) == model, col(tables.Passage.content_hash).in_(hashes)
    )
    return dict(db.exec(query).all())


def add(db: Session, model: str, vectors: Mapping[str, bytes], *, now: datetime) -> None:
    """Store vectors; those that another process stored meanwhile stay as they are."""
    rows = [
        {
            "model": model,
            "content_hash": content_hash,
            "dim": len(vector) // _FLOAT32,
            "vector": vector,
            "made_at": now,
        }
        for content_hash, vector in vectors.items()
    ]
    is_postgres = db.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgres else sqlite.insert
    if rows:
        db.connection().execute(insert(tables.Passage).on_conflict_do_nothing(), rows)


def remove_other_models(db: Session, model: str) -> int:
    """Delete the vectors that another model made, and return how many those were."""
    return db.exec(delete(tables.Passage).where(col(tables.Passage.model) != model)).rowcount


def made_before(db: Session, moment: datetime) -> set[str]:
    """Return the hashes of the texts whose vectors are older than this."""
    query = select(tables.Passage.content_hash).where(col(tables.Passage.made_at) < moment)
    return set(db.exec(query).all())


def remove(db: Session, hashes: Sequence[str]) -> int:
    """Delete the vectors of some texts, and return how many those were."""
    batches = (hashes[at : at + _BATCH] for at in range(0, len(hashes), _BATCH))
    return sum(
        db.exec(delete(tables.Passage).where(col(tables.Passage.content_hash).in_(batch))).rowcount
        for batch in batches
    )
