"""Every byte of sealed items flipped: nothing opens that was touched."""

import random
from itertools import product

from cases.vault import operations as vault
from cases.vault.envelope import KeyPair, open_sealed
from cases.vault.marks import item_info
from cases.vault.models import SealedItem
from cases.vault.refusals import DoesNotOpen, Refused
from tests.stolen.attacker import root_of_shares
from tests.stolen.table import Number
from tests.stolen.thefts import steal
from tests.stolen.world import THRESHOLD

# The lowest bit and the highest: the latter of an X25519 key is ignored where nothing else binds it.
MASKS = (0x01, 0x80)


def flips(world, folder, number):
    """With the true key, as the program opens an item; and once an item through a whole opening, as a holder."""
    loot = steal(folder)
    safes = loot.safes_of_organisation(root_of_shares(world.papers[:THRESHOLD]))
    tried = found = whole = 0
    items = list(SealedItem.objects.order_by("pk")[:number])
    for item in items:
        keys, sealed = KeyPair.from_root(safes[str(item.safe_id)]), bytes(item.envelope)
        whole += _opens(keys, item, sealed)
        for place, mask in product(range(len(sealed)), MASKS):
            touched = bytearray(sealed)
            touched[place] ^= mask
            tried, found = tried + 1, found + _opens(keys, item, bytes(touched))
    found += sum(_shown(world, item.pk) for item in items)
    name = f"every byte of {len(items)} sealed items flipped, twice"
    return Number(name, tried + len(items), found, tried + len(items), 0, whole, len(items))


def _opens(keys, item, sealed):
    try:
        open_sealed(keys, item_info(item), sealed)
    except DoesNotOpen:
        return False
    return True


def _shown(world, pk):
    """Whether the program shows an item of which one byte was flipped in the database."""
    item, whole = SealedItem.objects.get(pk=pk), bytes(SealedItem.objects.get(pk=pk).envelope)
    reader = item.safe.grants.order_by("pk").first().user
    place = random.Random(str(pk)).randrange(len(whole))
    touched = whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :]
    SealedItem.objects.filter(pk=pk).update(envelope=touched)
    try:
        vault.open_item(
            item=SealedItem.objects.get(pk=item.pk),
            reason="a trial",
            unlocked=world.unlocked[reader.username],
            by=reader,
        )
        return True
    except Refused:
        return False
    finally:
        SealedItem.objects.filter(pk=pk).update(envelope=whole)
