from django.utils.translation import gettext_lazy as _

# Names that the library has in an oblique case, or misspelt, in French or Russian; ours are in our catalogues.
CORRECTED = {
    "LR": _("Liberia"),
    "MF": _("Saint Martin (French part)"),
    "MH": _("Marshall Islands"),
    "MM": _("Myanmar"),
    "NC": _("New Caledonia"),
    "SH": _("Saint Helena, Ascension and Tristan da Cunha"),
    "SM": _("San Marino"),
    "SX": _("Sint Maarten (Dutch part)"),
}
