"""How long, how many, how well: what the vault, vetting and screening are held to. Read through the settings."""

from typing import Any

from ngo import environment

VAULT = {
    "argon2_memory_kib": 256 * 1024,
    "argon2_iterations": 3,
    "argon2_lanes": 1,
    # Whether an authenticator may take the place of the words: not where fingers can be forced.
    "passkeys": environment.flag("PASSKEY_UNLOCK", default=True),
    "unlock_idle": 30 * 60,
    "unlock_absolute": 4 * 60 * 60,
    "name_visible_seconds": 60,
    # Different people a colleague may open in a day, and how many more another colleague allows at a time.
    "daily_budget": environment.number("VAULT_DAILY_BUDGET", 30, least=1),
    "more_openings": 10,
    # How long an interview keeps one case open at most; it never outlives the unlock.
    "interview_seconds": 3 * 60 * 60,
    # What happened is read and compared, not dialled: a quarter of an hour.
    "account_visible_seconds": 15 * 60,
    # Of a file: bytes at most, and of one that is looked into; what looking may cost.
    "file_bytes": 200 * 1024 * 1024,
    "opened_file_bytes": 50 * 1024 * 1024,
    "picture_pixels": 100_000_000,
    "pdf_pages": 200,
    "pdf_pages_shown": 20,
    "look_memory": 1536 * 1024 * 1024,
    "look_seconds": 30,
    "uploads_at_once": 40,
}

VETTING = {
    # A positive decision holds for so long; before a submission it must not be older than that.
    "decision_days": 180,
    "fresh_for_submission_days": 30,
    # The days that must lie between the two interviews of V17.
    "interview_days": 7,
}

SCREENING: dict[str, Any] = {
    # A surname is asked for by a number of so many bits, together with every other surname under that number; never
    # with fewer than `least_surnames` of them.
    "bucket_bits": 10,
    "least_surnames": 20,
    # How well names must agree (docs/names.md): two typing errors where the whole birth date fits, otherwise one.
    "name": 0.8,
    "name_with_birth": 0.7,
    # What each part weighs in the score that is shown.
    "weights": {"name": 60, "birth": 25, "patronymic": 10, "place": 5},
    # Candidates of one person that are kept for a decision, the best first.
    "most_pairs": 50,
    # How long one step of screening again may take, in seconds.
    "step_seconds": 2,
}
