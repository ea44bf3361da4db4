from tests.applicants.conftest import applicant, browse, recorded, vault, work  # noqa: F401
