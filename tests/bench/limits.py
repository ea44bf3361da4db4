"""What the program is measured against: the least that any program would have to do, as pages of the same server."""

from time import perf_counter
from types import SimpleNamespace

from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.test.utils import CaptureQueriesContext

from cases.applicants.models import Applicant
from cases.applicants.stages import ENDINGS
from cases.desk.columns import COLUMNS, listed_columns
from cases.desk.filters import RegisterFilter
from cases.desk.queries import register
from cases.desk.views.register import PAGE
from cases.staff.door import public
from cases.staff.models import random_id
from cases.staff.queries import teams_of
from cases.staff.roles import Permission
from cases.vault import envelope, organisation, unlock
from cases.vault.envelope import KeyPair, info
from cases.vault.models import Keyring
from cases.vault.operations.safes import grant_info

SEEN = """(
    SELECT content_object_id FROM applicants_applicantuserpermission
    WHERE user_id = %(user)s AND (expires_at IS NULL OR expires_at > now())
    UNION ALL
    SELECT content_object_id FROM applicants_applicantgrouppermission JOIN staff_user_groups USING (group_id)
    WHERE staff_user_groups.user_id = %(user)s AND (expires_at IS NULL OR expires_at > now())
)"""
BY_HAND = (
    f"SELECT count(*) FROM applicants_applicant WHERE stage <> ALL (%(ended)s) AND id IN {SEEN}",
    f"""SELECT a.*, o.* FROM applicants_applicant a LEFT JOIN staff_user o ON o.id = a.owner_id
    WHERE a.stage <> ALL (%(ended)s) AND a.id IN {SEEN} ORDER BY a.created_at DESC, a.id LIMIT 50""",
)
HELD = """
SELECT s.id, s.public_key, g.sealed_root, g.key_version, i.id, i.kind, i.version, i.envelope
FROM vault_grant g JOIN vault_safe s ON s.id = g.content_object_id JOIN vault_sealeditem i ON i.safe_id = s.id
WHERE g.user_id = %s AND s.kind = 'identity' AND i.kind = 'identity'
"""


class Counted:
    """Says in a header how many questions an answer cost."""

    def __init__(self, get_response):
        self.get_response, self.number = get_response, 0

    def __call__(self, request):
        asked = []

        def count(execute, sql, params, many, context):
            asked.append(1)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response.headers["X-Queries"] = str(len(asked))
        return response


@public
def bare(request):
    """A page of Django and of nobody else."""
    return HttpResponse("<!doctype html><title>Bare</title><p>Bare</p>")


def page(request):
    """The template of the register with the newest cases of all: nothing is filtered, and nothing counted."""
    wanted = RegisterFilter(request.GET, Applicant.objects.none())
    wanted.is_valid()
    shown = list(Applicant.objects.select_related("owner").order_by("-created_at", "id")[:PAGE])
    columns = listed_columns()
    context = {
        "filter": wanted,
        "form": wanted.form,
        "columns": columns,
        "exported": COLUMNS.values(),
        "page": Paginator(range(20_000), PAGE).page(1),
        "rows": register.rows(shown, columns),
        "mine": [],
        "teams": teams_of(request.user),
        "saved": [],
        "ticks": True,
        "here": "",
        "can": {permission.name for permission in Permission if request.user.may(permission)},
    }
    return render(request, "desk/register.html", context)


def sql(request):
    """Seconds in the database for a page of the register: as the program asks, and written by hand, in turn."""
    with CaptureQueriesContext(connection) as captured:
        cases = register.page_of(
            RegisterFilter(QueryDict(), register.register_for(request.user)).qs, "", PAGE
        )
        seen = {str(one.pk) for one in cases.object_list}, cases.paginator.count
    ours = [(query["sql"], None) for query in captured if 'FROM "applicants_applicant"' in query["sql"]]
    given = {"user": request.user.pk, "ended": [str(stage.value) for stage in ENDINGS]}
    by_hand = [(sql, given) for sql in BY_HAND]
    [[count]], rows = (_rows(*question) for question in by_hand)
    same = ({str(row[0]) for row in rows}, count) == seen
    turns = [(_seconds(ours), _seconds(by_hand)) for _turn in range(int(request.GET.get("rounds", 5)))]
    return JsonResponse({"same": same, "turns": turns})


def _rows(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _seconds(questions):
    start = perf_counter()
    for question in questions:
        _rows(*question)
    return perf_counter() - start


def decrypt(request):
    """Open every name that one holds, and do nothing with it."""
    unlocked, opened = unlock.current(request), 0
    for safe, _public, root, version, item, kind, number, sealed in _rows(HELD, [request.user.pk]):
        about = grant_info(safe, request.user.pk, version)
        keys = KeyPair.from_root(envelope.open_sealed(unlocked.keypair, about, root))
        content = envelope.open_sealed(keys, info("item", safe, item, kind, number), sealed)
        opened += "name" in envelope.unpad(content)
    return JsonResponse({"opened": opened})


def seal(request, number):
    """Seal so many names to two readers and the organisation, with a safe for the account besides, and keep nothing."""
    to = [envelope.PublicKey.parse(bytes(one.public_key)) for one in Keyring.objects.all()[:2]]
    to.append(organisation.public())
    document = envelope.pad({"name": "Зимин Иван Петрович", "birth_date": "1990-01-01"})
    for _place in range(number):
        for content in (document, None):
            safe, root = random_id(), envelope.new_root()
            public = KeyPair.from_root(root).public
            for reader in to:
                envelope.seal(reader, info("grant", safe, 1, 1), root)
            if content:
                envelope.seal(public, info("item", safe, safe, "identity", 1), content)
    return JsonResponse({"sealed": number})


def unlock_again(request):
    """As after a passphrase, without the time that it takes: whatever the last unlock left behind is gone."""
    unlocked = unlock.current(request)
    unlock.drop(request.user.pk)
    response = HttpResponse()
    unlock.put(response, SimpleNamespace(user=request.user), unlocked)
    return response
