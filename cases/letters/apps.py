from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    name = "cases.letters"
    label = "letters"
    verbose_name = _("Letters")

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.applicants.panels import Panel, register_panel  # noqa: PLC0415
        from cases.disclosures.elsewhere import register_teller  # noqa: PLC0415
        from cases.documents.tables import Shelf, register_shelf  # noqa: PLC0415
        from cases.letters.models import LetterTemplate  # noqa: PLC0415
        from cases.letters.reference.columns import FILES, HERE  # noqa: PLC0415
        from cases.letters.tellers import letters_about  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415

        register_shelf(Shelf(HERE, {"letter_templates": LetterTemplate}, FILES))
        register_panel(Panel("letters", _("Letters"), Permission.SEE_CASES, "letters:panel", order=45))
        register_teller(letters_about)
