"""notice marks: a notice is put away session by session

Revision ID: c4a81e6f2d90
Revises: 5b7e2c90d1f4
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = 'c4a81e6f2d90'
down_revision = '5b7e2c90d1f4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('noticemark',
    sa.Column('notice_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('session_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_noticemark_notice_id_notice'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('notice_id', 'session_id', name=op.f('pk_noticemark'))
    )
    # Who has put away what was told before, in which sessions, nobody knows: in all of them.
    op.execute(sa.text(
        'INSERT INTO noticemark (notice_id, session_id) SELECT notice.id, loginsession.id'
        ' FROM notice JOIN loginsession ON loginsession.user_id = notice.user_id'
        ' WHERE notice.read_at IS NOT NULL'
    ))


def downgrade() -> None:
    op.drop_table('noticemark')
