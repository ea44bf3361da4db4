from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cases.vault import cookies
from cases.vault.files import cookie


class ForgetUploads:
    """Who logs out takes back what unfinished uploads could be opened with; an expired login may still go on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        pending = bool(cookies.held(request, cookie.COOKIE)) and request.user.is_authenticated
        response = self.get_response(request)
        if pending and not request.user.is_authenticated:
            cookie.forget(response)
        return response
