"""codes of a network: how many were asked for from one

Revision ID: 91d3f7a60c2e
Revises: c4a81e6f2d90
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
import treno_chat.stores.tables


revision = '91d3f7a60c2e'
down_revision = 'c4a81e6f2d90'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Where those of the last day were asked for from was not kept: they count for no network.
    with op.batch_alter_table('verification', schema=None) as batch_op:
        batch_op.add_column(sa.Column('network', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))
        batch_op.create_index(batch_op.f('ix_verification_network'), ['network'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('verification', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_verification_network'))
        batch_op.drop_column('network')
