from tests.retention.conftest import applicant, browse, recorded, rules, vault, work  # noqa: F401
