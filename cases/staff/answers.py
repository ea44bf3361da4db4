"""The three answers a form page gives, alike for a page load and for a fetch by htmx."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

from cases.staff.refusals import Refused

Result = TypeVar("Result")


def is_fetch(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def done(request: HttpRequest, to: Any, **kwargs: Any) -> HttpResponse:
    """Send the browser on to `to` (a URL name, a URL or a model) after something was saved."""
    url = resolve_url(to, **kwargs)
    if is_fetch(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page; a form in `context` that was sent with errors makes it a 422, so that nothing looks saved."""
    form = context.get("form")
    refused = request.method == "POST" and form is not None and form.is_bound and bool(form.errors)
    return render(request, template, context, status=422 if refused else 200)


def done_but(request: HttpRequest, said: str, *, undo: str) -> None:
    """Say what was done, with a button that posts to `undo` and takes it back."""
    messages.success(request, said, extra_tags=undo)


def attempt(form: BaseForm, act: Callable[[], Result]) -> Result | None:
    """Do `act`; what is refused becomes an error of the form, and None is returned."""
    try:
        return act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
