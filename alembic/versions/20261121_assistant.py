"""assistant: how answers came about, what is being answered, and words to search in

Revision ID: 8d1f0c3b5a27
Revises: 333a4d8e720a
"""

import unicodedata

import sqlalchemy as sa
import sqlmodel
from alembic import op
import treno_chat.stores.tables


revision = '8d1f0c3b5a27'
down_revision = '333a4d8e720a'
branch_labels = None
depends_on = None


def upgrade() -> None:
    _conversations()
    _guide()


def downgrade() -> None:
    op.drop_table('openquestion')
    op.drop_table('guidepage')
    op.drop_table('answerrun')
    with op.batch_alter_table('utterance', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_utterance_place_id_place'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_utterance_place_id'))
        for name in ('folded', 'has_acted', 'is_truncated', 'is_refusal', 'place_id'):
            batch_op.drop_column(name)
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_column('folded')
        batch_op.drop_column('pending')


def _conversations() -> None:
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pending', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('folded', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))
    with op.batch_alter_table('utterance', schema=None) as batch_op:
        batch_op.add_column(sa.Column('place_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('is_refusal', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('is_truncated', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('has_acted', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('folded', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))
        batch_op.create_foreign_key(batch_op.f('fk_utterance_place_id_place'), 'place', ['place_id'], ['id'], ondelete='SET NULL')
        batch_op.create_index(batch_op.f('ix_utterance_place_id'), ['place_id'], unique=False)
    op.create_table('answerrun',
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('question_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('begun_at', treno_chat.stores.tables.UtcTime(timezone=True), nullable=False),
    sa.Column('is_stopped', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_answerrun_user_id_user'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['question_id'], ['utterance.id'], name=op.f('fk_answerrun_question_id_utterance'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_answerrun'))
    )
    with op.batch_alter_table('answerrun', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answerrun_question_id'), ['question_id'], unique=False)
    _fold('conversation', 'title')
    _fold('utterance', 'body')


def _guide() -> None:
    op.create_table('guidepage',
    sa.Column('place_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('slug', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('topic', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('aliases', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('body', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('updated', sa.Date(), nullable=False),
    sa.Column('version', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_guidepage_place_id_place'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('place_id', 'slug', 'language', name=op.f('pk_guidepage'))
    )
    op.create_table('openquestion',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('place_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('body', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('folded', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('asked_at', treno_chat.stores.tables.UtcTime(timezone=True), nullable=False),
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('utterance_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('settled_at', treno_chat.stores.tables.UtcTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_openquestion_place_id_place'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_openquestion_user_id_user'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['utterance_id'], ['utterance.id'], name=op.f('fk_openquestion_utterance_id_utterance'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_openquestion')),
    sa.UniqueConstraint('utterance_id', name=op.f('uq_openquestion_utterance_id'))
    )
    with op.batch_alter_table('openquestion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_openquestion_user_id'), ['user_id'], unique=False)
        batch_op.create_index('ix_openquestion_place_id_folded', ['place_id', 'folded'], unique=False)


def _fold(table: str, column: str) -> None:
    """Write down what is there already as it is searched for."""
    rows = sa.table(table, sa.column('id'), sa.column(column), sa.column('folded'))
    db = op.get_bind()
    for id_, text in db.execute(sa.select(rows.c.id, rows.c[column])).all():
        db.execute(sa.update(rows).where(rows.c.id == id_).values(folded=_folded(text)))


def _folded(text: str) -> str:
    letters = unicodedata.normalize('NFD', text.casefold())
    return ''.join(letter for letter in letters if not unicodedata.combining(letter))
