"""What Alembic runs: the connection is handed in by `migrate`, which began the one transaction all of it happens in."""

from alembic import context
from sqlmodel import SQLModel

from storage import (  # noqa: F401 - the import fills the metadata
    account_tables,
    act_tables,
    desk_tables,
    index_tables,
    queue_tables,
    tables,
)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
