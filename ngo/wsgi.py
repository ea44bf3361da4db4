import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ngo.settings")

application = get_wsgi_application()

# Behind the application: models can be asked only after Django is set up.
from ngo.readiness import refuse_unless_ready  # noqa: E402

refuse_unless_ready()
