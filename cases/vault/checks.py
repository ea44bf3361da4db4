from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register

from cases.vault.limited.walls import filter_known


@register(Tags.security, deploy=True)
def look_behind_walls(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Say where strange files are looked at behind resource limits alone."""
    if filter_known():
        return []
    text = (
        "System calls cannot be filtered on this machine: files are looked at behind resource limits alone."
    )
    return [Warning(text, hint="Run it on Linux, on x86_64 or aarch64.", id="vault.W001")]
