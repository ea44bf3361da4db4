"""Forms clean what was typed and save nothing."""
