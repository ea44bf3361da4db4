from tests.applicants.conftest import applicant, browse, recorded, vault, work  # noqa: F401
from tests.vetting.decision_conftest import ready  # noqa: F401
