"""Own fields: their definitions, and one column of values in every ledger table."""

import sqlalchemy as sa
from alembic import op
from workbench.storage.types import Words

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

LEDGER = (
    'building', 'context', 'demand', 'encumbrance', 'enterprise', 'enterprise_year', 'facility',
    'finance', 'lease', 'parcel', 'park', 'park_year', 'unit', 'valuation',
)


def upgrade() -> None:
    op.create_table('own_field',
    sa.Column('key', sa.String(length=36), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('position', sa.BigInteger(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('created_by', sa.String(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('updated_by', sa.String(), nullable=False),
    sa.Column('batch', sa.String(length=36), nullable=True),
    sa.Column('origins', sa.String(), nullable=True),
    sa.Column('entity', sa.String(), nullable=True),
    sa.Column('code', sa.String(), nullable=True),
    sa.Column('name', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('type', sa.String(), nullable=True),
    sa.Column('unit', sa.String(), nullable=True),
    sa.Column('decimals', sa.BigInteger(), nullable=True),
    sa.Column('choices', Words(), nullable=True),
    sa.Column('synonyms', Words(), nullable=True),
    sa.Column('section', sa.String(), nullable=True),
    sa.Column('hidden', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_own_field'))
    )
    for table in LEDGER:
        op.add_column(table, sa.Column('own', sa.String(), nullable=True))


def downgrade() -> None:
    for table in LEDGER:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('own')
    op.drop_table('own_field')
