# The month stands in the genitive beside its day.
DATE_FORMAT = "j E Y"
