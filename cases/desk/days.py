from datetime import date, datetime, time

from django.utils import timezone


def day_starts(day: date) -> datetime:
    """The moment at which a day begins where the reader is."""
    return timezone.make_aware(datetime.combine(day, time.min))
