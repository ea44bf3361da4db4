# Three-letter months are ambiguous in French: June, July.
DATE_FORMAT = "j N Y"
