"""jobs done: when each was, and not only when it was taken

Revision ID: 5b7e2c90d1f4
Revises: 8d1f0c3b5a27
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
import treno_chat.stores.tables


revision = '5b7e2c90d1f4'
down_revision = '8d1f0c3b5a27'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('joblease', schema=None) as batch_op:
        batch_op.add_column(sa.Column('done_at', treno_chat.stores.tables.base.UtcTime(timezone=True), nullable=True))
    # Until now whoever had taken a job was believed to have done it; the next turn will tell.
    op.execute(sa.text('UPDATE joblease SET done_at = until'))


def downgrade() -> None:
    with op.batch_alter_table('joblease', schema=None) as batch_op:
        batch_op.drop_column('done_at')
