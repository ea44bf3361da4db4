"""What runs in a process of its own to look at one strange file. Nothing here knows Django, the database or a key."""
