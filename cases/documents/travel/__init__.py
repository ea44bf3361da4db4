"""From papers to places: pure functions over dated rows. No Django, no database, nothing of ours outside this room."""
