"""The test client as a colleague uses it: forms go by fetch, and the vault may be open."""

from django.http import HttpResponse
from django.test import RequestFactory


class Browser:
    def __init__(self, client, person, work, unlock):
        self.client = client
        self.person = person
        client.force_login(person)
        if work is not None:
            request = RequestFactory().get("/")
            request.user = person
            response = HttpResponse()
            unlock.put(response, request, work.unlocked(person))
            client.cookies.update(response.cookies)

    def get(self, url, **data):
        return self.client.get(url, data)

    def send(self, url, here="", **data):
        """Post a form as htmx does."""
        headers = {"HX-Request": "true"} | ({"HX-Current-URL": f"http://testserver{here}"} if here else {})
        return self.client.post(url, data, headers=headers)
