from uuid import UUID

from procrastinate.contrib.django import app


@app.task(pass_context=False)
def take_in_uploaded(import_id: str) -> None:
    """Take in a list that was uploaded; the file lies in the row of the import."""
    # The operation names this task, and this task the operation.
    from cases.vetting.operations.watchlists import run_upload  # noqa: PLC0415

    run_upload(import_id=UUID(import_id))
