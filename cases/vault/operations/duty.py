"""What two duty officers do together. One asks, and opens the outer layer; another approves, and opens the inner one.

The organisation's root exists in the clear only while the approval is carried out.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.staff.models import User
from cases.staff.operations import announce
from cases.staff.queries import colleagues
from cases.vault import envelope, officers, organisation, queries
from cases.vault.envelope import KeyPair, info
from cases.vault.models import (
    REASON_LENGTH,
    DutyLayer,
    DutyOfficer,
    DutyRequest,
    Keyring,
    OfficerPair,
    Safe,
)
from cases.vault.operations.opening import require_own
from cases.vault.operations.recovery import open_in_need, recover_colleague
from cases.vault.refusals import (
    AlreadyHeld,
    DoesNotOpen,
    DutyOver,
    NoReason,
    NotByYourself,
    NothingLost,
    NotOfficer,
    OfficersOutdated,
    TooFewOfficers,
)
from cases.vault.unlock import Unlocked

OPEN_FOR = timedelta(hours=DutyRequest.HOURS_OPEN)
Kind, Answer = DutyRequest.Kind, DutyRequest.Answer


@transaction.atomic
def name_officers(*, users: Sequence[User], root: bytes) -> None:
    """Make exactly these the duty officers, with the root that the paper shares make; none ends the duty of all."""
    organisation.keys_behind(root)
    if len(users) == 1:
        raise TooFewOfficers
    keys = queries.public_keys(users, by=None)
    versions = dict(Keyring.objects.filter(user__in=users).values_list("user", "version"))
    _end_all()
    named = [DutyOfficer.objects.create(user=user) for user in users]
    for first in named:
        for second in (other for other in named if other != first):
            pair = OfficerPair(first=first, second=second)
            pair.first_version, pair.second_version = versions[first.user_id], versions[second.user_id]
            inner = envelope.seal(keys[second.user_id], _pair_info("inner", pair), root)
            pair.sealed_root = envelope.seal(keys[first.user_id], _pair_info("outer", pair), inner)
            pair.save()
    announce(code="officers_named" if users else "officers_ended", to=colleagues(), whom=users)
    detail = ", ".join(sorted(user.username for user in users))
    record("vault.officers_named", by=None, detail=detail or "nobody")


@transaction.atomic
def ask_duty(
    *, kind: str, colleague: User, safe: Safe | None, reason: str, unlocked: Unlocked | None, by: User
) -> DutyRequest:
    """Put a request before the other duty officers. The root is not opened: `by` has the outer layer alone."""
    require_own(unlocked, by)
    assert unlocked is not None  # noqa: S101  # what require_own has just said
    if not officers.is_officer(by):
        raise NotOfficer
    if not reason.strip():
        raise NoReason
    _require_sense(kind, colleague, safe, by)
    request = DutyRequest(kind=kind, asker=by, colleague=colleague, safe=safe, reason=reason[:REASON_LENGTH])
    request.expires_at = timezone.now() + timedelta(hours=DutyRequest.HOURS_TO_ANSWER)
    layers = _layers(request, unlocked, by)
    request.save(force_insert=True)
    DutyLayer.objects.bulk_create(layers)
    to = [layer.officer for layer in layers]
    announce(code="duty_asked", to=to, who=[by], whom=[colleague], reason=request.reason)
    about = str(safe.pk) if safe else ""
    record("vault.duty_asked", by=by, about=about, detail=f"{kind} for {colleague.username}: {reason}")
    return request


@transaction.atomic
def approve_duty(*, request: DutyRequest, unlocked: Unlocked | None, by: User) -> None:
    """Do what another duty officer asked for."""
    require_own(unlocked, by)
    assert unlocked is not None  # noqa: S101  # what require_own has just said
    held = _waiting(request)
    if not officers.is_officer(by) or not officers.is_officer(held.asker):
        raise NotOfficer
    if by == held.asker or (held.kind == Kind.RESTORE and by == held.colleague):
        raise NotByYourself
    _require_sense(held.kind, held.colleague, held.safe, held.asker)
    _carry_out(held, organisation.keys_behind(_root(held, unlocked, by)), by)
    _answer(held, Answer.DONE, by)
    about = str(held.safe_id) if held.safe else ""
    detail = f"{held.kind} for {held.colleague.username}, asked by {held.asker.username}: {held.reason}"
    record("vault.duty_done", by=by, about=about, detail=detail)


@transaction.atomic
def refuse_duty(*, request: DutyRequest, by: User) -> None:
    """Refuse what another asked for, or withdraw one's own; no unlock is needed for that."""
    held = _waiting(request)
    if not officers.is_officer(by):
        raise NotOfficer
    answer = Answer.WITHDRAWN if by == held.asker else Answer.REFUSED
    _answer(held, answer, by)
    record("vault.duty_refused", by=by, detail=f"{held.kind} for {held.colleague.username}: {answer}")


def forget_old_layers() -> None:
    """Remove what was sealed for requests that nobody answered: it is to be there no longer than it can be used."""
    DutyLayer.objects.exclude(request__in=officers.waiting_requests().values("pk")).delete()


def _require_sense(kind: str, colleague: User, safe: Safe | None, asker: User) -> None:
    queries.public_keys([colleague], by=None)
    if kind == Kind.OPEN and safe is not None:
        if queries.may_open(colleague, safe):
            raise AlreadyHeld
        return
    if colleague == asker:
        raise NotByYourself
    if not officers.lost_to(colleague).exists():
        raise NothingLost


def _layers(request: DutyRequest, unlocked: Unlocked, by: User) -> list[DutyLayer]:
    """The inner layer for each officer who may approve, sealed to that one for this request alone."""
    others = officers.officers().exclude(pk=by.pk)
    if request.kind == Kind.RESTORE:
        others = others.exclude(pk=request.colleague_id)
    layers = []
    for other in queries.ready_readers(others, by=by):
        pair = _pair(by, other)
        if pair is None:
            continue
        try:
            inner = envelope.open_sealed(unlocked.keypair, _pair_info("outer", pair), pair.sealed_root)
        except DoesNotOpen:
            continue
        key = queries.public_keys([other], by=by)[other.pk]
        sealed = envelope.seal(key, _request_info(request, other), inner)
        layers.append(DutyLayer(request=request, officer=other, sealed=sealed))
    if not layers:
        raise OfficersOutdated
    return layers


def _root(request: DutyRequest, unlocked: Unlocked, by: User) -> bytes:
    layer = DutyLayer.objects.filter(request=request, officer=by).first()
    pair = _pair(request.asker, by)
    if layer is None or pair is None:
        raise OfficersOutdated
    try:
        inner = envelope.open_sealed(unlocked.keypair, _request_info(request, by), layer.sealed)
        return envelope.open_sealed(unlocked.keypair, _pair_info("inner", pair), inner)
    except DoesNotOpen:
        raise OfficersOutdated from None


def _carry_out(request: DutyRequest, keys: KeyPair, by: User) -> None:
    both, reason = [request.asker, by], f"duty officers: {request.reason}"
    if request.kind == Kind.RESTORE:
        recover_colleague(colleague=request.colleague, keys=keys, reason=reason, by=by)
        announce(code="duty_restored", to=colleagues(), who=both, whom=[request.colleague])
        return
    safe = request.safe
    assert safe is not None  # noqa: S101  # the database keeps it so
    told = queries.holders_of(safe)
    announce(
        code="duty_opened",
        to=list(told),
        who=both,
        whom=[request.colleague],
        reason=request.reason,
        about=safe.pk,
    )
    until = timezone.now() + OPEN_FOR
    open_in_need(safe=safe, to=request.colleague, keys=keys, until=until, reason=reason, by=by)


def _waiting(request: DutyRequest) -> DutyRequest:
    held = officers.waiting_requests().select_for_update(of=("self",)).filter(pk=request.pk).first()
    if held is None:
        raise DutyOver
    return held


def _answer(request: DutyRequest, answer: str, by: User) -> None:
    request.answered_at, request.answered_by, request.answer = timezone.now(), by, answer
    request.save(update_fields=["answered_at", "answered_by", "answer"])
    request.layers.all().delete()


def _end_all() -> None:
    DutyLayer.objects.all().delete()
    DutyOfficer.objects.all().delete()


def _pair(first: User, second: User) -> OfficerPair | None:
    pairs = OfficerPair.objects.select_related("first", "second")
    return pairs.filter(first__user=first, second__user=second).first()


def _pair_info(layer: str, pair: OfficerPair) -> bytes:
    one, other = pair.first, pair.second
    return info("duty officers", layer, one.user_id, pair.first_version, other.user_id, pair.second_version)


def _request_info(request: DutyRequest, officer: User) -> bytes:
    """Whatever the request says is bound: who changes it in the database makes it useless."""
    safe = request.safe_id or ""
    said = (str(request.kind), request.asker_id, request.colleague_id, safe, request.reason)
    return info("duty request", request.pk, officer.pk, *said)
