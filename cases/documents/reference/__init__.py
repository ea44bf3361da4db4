"""The facts of the world as files: one CSV a table, read without Django and without the database."""
