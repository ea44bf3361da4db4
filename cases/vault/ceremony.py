"""What server and authenticator say to each other (WebAuthn level 3, with its PRF extension): begun here, checked here.

What an authenticator computes for the vault reaches the server beside its answer, never inside it, and is kept nowhere.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from cases.staff.models import User
from cases.vault.models import VaultPasskey
from cases.vault.refusals import PasskeyRefused

State = dict[str, Any]
_VERIFIED = UserVerificationRequirement.REQUIRED


def begin_adding(*, user: User, host: str, salt: bytes, known: Iterable[VaultPasskey]) -> tuple[State, State]:
    """Return what the browser is to ask for, ready for JSON, and what the answer will be held against."""
    options, state = _server(host).register_begin(
        PublicKeyCredentialUserEntity(
            # Not the id of the login's passkeys: authenticators keep one credential for each.
            id=f"vault-{user.pk}".encode(),
            name=user.get_username(),
            display_name=str(user),
        ),
        credentials=[credential_of(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=_VERIFIED,
        extensions={"prf": {"eval": {"first": websafe_encode(salt)}}},
    )
    return dict(options), state


def finish_adding(*, host: str, state: State, answer: Mapping[str, Any]) -> AuthenticatorData:
    try:
        return _server(host).register_complete(state, answer)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise PasskeyRefused from None


def begin_unlocking(*, host: str, known: Iterable[VaultPasskey]) -> tuple[State, State]:
    passkeys = [(credential_of(one), bytes(one.salt)) for one in known]
    salts = {websafe_encode(one.credential_id): {"first": websafe_encode(salt)} for one, salt in passkeys}
    options, state = _server(host).authenticate_begin(
        [one for one, _salt in passkeys],
        user_verification=_VERIFIED,
        extensions={"prf": {"evalByCredential": salts}},
    )
    return dict(options), state


def finish_unlocking(
    *, host: str, state: State, known: Iterable[VaultPasskey], answer: Mapping[str, Any]
) -> tuple[VaultPasskey, int]:
    """Return which of `known` has answered this very question, the person verified, and its counter."""
    passkeys = [(credential_of(one), one) for one in known]
    try:
        said = AuthenticationResponse.from_dict(answer)
        used = _server(host).authenticate_complete(state, [one for one, _row in passkeys], said)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise PasskeyRefused from None
    count = said.response.authenticator_data.counter
    passkey = next(row for one, row in passkeys if one.credential_id == used.credential_id)
    # An authenticator that counts and has counted backwards is a copy (WebAuthn, 6.1.1).
    if (count or passkey.sign_count) and count <= passkey.sign_count:
        raise PasskeyRefused
    return passkey, count


def credential_of(passkey: VaultPasskey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(passkey.credential))


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(name="Safe Conduct", id=host.partition(":")[0]))
