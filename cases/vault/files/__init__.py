"""Files, sealed chunk by chunk as they arrive: nothing of them is ever on a disk in clear."""
