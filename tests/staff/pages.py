"""Posting a form as the page does, with htmx, and what the answers are."""

import re


def send(client, url, data=None, **headers):
    return client.post(url, data or {}, headers={"HX-Request": "true", **headers})


def text_of(response):
    """The words of a page without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
