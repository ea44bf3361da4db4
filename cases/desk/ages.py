"""The age band of today as a condition in the database: what was derived at sealing, carried forward."""

from datetime import date

from django.db.models import Case, Q, TextField, Value, When
from django.utils import timezone

from cases.applicants.ages import BANDS, THRESHOLDS


def in_band(band: str, today: date) -> Q:
    """Whose band is `band` by now; agrees with `applicants.ages.grown`, row by row."""
    wanted = BANDS.index(band)
    found = Q(age_band=band, next_age_threshold__isnull=True)
    for place, threshold in enumerate(THRESHOLDS[: wanted + 1]):
        # The stored month belongs to the threshold of the stored band; shifted, it tells when the others were reached.
        reached = Q(age_band=BANDS[place])
        if wanted > place:
            reached &= Q(next_age_threshold__lt=_years_before(today, THRESHOLDS[wanted - 1] - threshold))
        if wanted < len(THRESHOLDS):
            reached &= Q(next_age_threshold__gte=_years_before(today, THRESHOLDS[wanted] - threshold))
        found |= reached
    return found


def band_today() -> Case:
    today = timezone.localdate()
    bands = [When(in_band(band, today), then=Value(band)) for band in BANDS]
    return Case(*bands, default=Value(""), output_field=TextField())


def _years_before(today: date, years: int) -> date:
    return date(today.year - years, today.month, 1)
