import hashlib
import hmac

from django.db import migrations

from cases.vault import pepper
from cases.vault.envelope import derive, info


def mark_what_is_there(apps, schema_editor):
    """Mark everything as it is now, once: what was sealed before there were marks cannot be compared with the past.

    The row in the log says where the comparison begins, so it is written wherever safes were made before.
    """
    items, safes = apps.get_model("vault", "SealedItem"), apps.get_model("vault", "Safe")
    mark = apps.get_model("vault", "Mark")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE action LIKE 'vault.%'")
        if not cursor.fetchone()[0]:
            return
    database = schema_editor.connection.alias
    pairs = [(safe.pk, leaf_of_safe(safe)) for safe in safes.objects.using(database).iterator()]
    number = len(pairs)
    pairs += [(item.pk, leaf_of_item(item)) for item in items.objects.using(database).iterator()]
    key = derive(pepper.load(), info("pepper of marks"))
    batch = hmac.digest(key, b"".join(sorted(thing.bytes + leaf for thing, leaf in pairs)), "sha256")
    mark.objects.using(database).bulk_create(
        (mark(thing=thing, leaf=leaf, batch=batch) for thing, leaf in pairs), batch_size=1000
    )
    with schema_editor.connection.cursor() as cursor:
        detail = f"safes {number}, items {len(pairs) - number}, digest {batch.hex()}"
        cursor.execute(
            "INSERT INTO audit_entry (actor, action, about, detail) VALUES ('system', 'vault.adopted', '', %s)",
            [detail],
        )


def leaf_of_item(item):
    about = info("item", item.safe_id, item.pk, item.kind, item.version)
    return hashlib.sha256(about + bytes(item.envelope)).digest()


def leaf_of_safe(safe):
    about = info("safe", safe.pk, safe.kind, safe.version, bytes(safe.public_key))
    return hashlib.sha256(about + bytes(safe.organisation_wrap)).digest()


class Migration(migrations.Migration):
    dependencies = [("vault", "0007_marks"), ("audit", "0002_nothing_temporary")]
    operations = [migrations.RunPython(mark_what_is_there, migrations.RunPython.noop)]
