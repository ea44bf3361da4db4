from uuid import UUID

from django.db.models import QuerySet

from cases.applicants.models import Applicant
from cases.applicants.queries import find_of_case
from cases.own_data.models import DataRequest
from cases.staff.models import User


def requests_of(applicant: Applicant) -> QuerySet[DataRequest]:
    return applicant.data_requests.select_related("noted_by", "handed_by")


def find_request(user: User, data_request_id: UUID) -> DataRequest:
    return find_of_case(DataRequest.objects.all(), user, data_request_id, "work")
