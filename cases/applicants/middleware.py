"""What a page still showed may be erased when its form arrives: that is answered as if it had never been there."""

from django.db import DatabaseError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin
from django.views.defaults import page_not_found
from psycopg.errors import ForeignKeyViolation

from cases.applicants.models import Applicant
from cases.vault.models import Safe


class GoneMeanwhile(MiddlewareMixin):
    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return page_not_found(request, Http404()) if _is_gone(exception) else None


def _is_gone(exception: Exception) -> bool:
    """Whether something was to be read, changed or hung on a row that is there no more; nothing was saved."""
    if isinstance(exception, IntegrityError):
        return isinstance(exception.__cause__, ForeignKeyViolation)
    # Django's own word for a row that was to be changed and is gone: what the server says is of a finer kind.
    vanished = type(exception) is DatabaseError and exception.__cause__ is None
    return vanished or isinstance(exception, Applicant.DoesNotExist | Safe.DoesNotExist)
