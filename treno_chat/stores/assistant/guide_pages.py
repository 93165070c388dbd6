"""The pages that a place has of its own, in the database."""

from dataclasses import replace

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, func, select

from treno_chat.domain.assistant.own_pages import WrittenPage
from treno_chat.domain.ids import PlaceId, new_id
from treno_chat.domain.words import LANGUAGES, Language
from treno_chat.stores import tables

_KEY = ("place_id", "slug", "language")


def version(db: Session, place_id: PlaceId) -> str:
    """Return what is another after every change of a place's pages, whoever made it."""
    query = select(func.count(), func.max(col(tables.GuidePage.version))).where(
        tables.GuidePage.place_id == place_id
    )
    count, newest = db.exec(query).one()
    return f"{count} {newest}"


def of_place(db: Session, place_id: PlaceId) -> tuple[WrittenPage, ...]:
    """Return a place's pages by name."""
    query = (
        select(tables.GuidePage)
        .where(tables.GuidePage.place_id == place_id)
        .order_by(col(tables.GuidePage.slug), col(tables.GuidePage.language))
        .execution_options(populate_existing=True)
    )
    return tuple(_page(row) for row in db.exec(query).all())


def get(db: Session, place_id: PlaceId, slug: str, language: Language) -> WrittenPage | None:
    """Return one page of a place, None if it has none of that name."""
    query = select(tables.GuidePage).where(
        tables.GuidePage.place_id == place_id,
        tables.GuidePage.slug == slug,
        tables.GuidePage.language == language,
    )
    row = db.exec(query.execution_options(populate_existing=True)).first()
    return None if row is None else _page(row)


def put(db: Session, place_id: PlaceId, page: WrittenPage) -> WrittenPage:
    """Store a page, in place of the one of its name, and return it as it is stored."""
    kept = replace(page, version=new_id())
    values = {
        "place_id": place_id,
        "slug": kept.slug,
        "language": kept.language,
        "title": kept.title,
        "topic": kept.topic,
        "aliases": kept.aliases,
        "body": kept.body,
        "updated": kept.updated,
        "version": kept.version,
    }
    is_postgres = db.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if is_postgres else sqlite.insert)(tables.GuidePage)
    changed = {name: value for name, value in values.items() if name not in _KEY}
    db.connection().execute(
        insert.values(**values).on_conflict_do_update(index_elements=_KEY, set_=changed)
    )
    return kept


def remove(db: Session, place_id: PlaceId, slug: str, language: Language) -> bool:
    """Delete a page; False when there is none to delete."""
    query = delete(tables.GuidePage).where(
        col(tables.GuidePage.place_id) == place_id,
        col(tables.GuidePage.slug) == slug,
        col(tables.GuidePage.language) == language,
    )
    return db.exec(query.execution_options(synchronize_session=False)).rowcount == 1


def _page(row: tables.GuidePage) -> WrittenPage:
    return WrittenPage(
        slug=row.slug,
        language=next(language for language in LANGUAGES if language == row.language),
        title=row.title,
        topic=row.topic,
        aliases=row.aliases,
        body=row.body,
        updated=row.updated,
        version=row.version,
    )
