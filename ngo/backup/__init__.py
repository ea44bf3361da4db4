"""Backups that open nowhere but where a private key is kept apart, and the way back from them."""


class BackupError(Exception):
    """One sentence for the person at the terminal."""
