"""Who gets which page: one table of role, page and expected answer.

Columns: Claire owns the case; Viktor is on the team; Olga, a caseworker, and Dora, the director, are outside; Paul is the
auditor, Mira the administrator of accounts, root a superuser without a role; the last one is not logged in.
302 of nobody is the way to the login; 405 and 422 are answers of a page that let the person in.
"""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.applicants.operations import ask_erasure
from cases.desk.breaches.operations import open_breach
from cases.desk.published.operations import ask_figures
from cases.desk.published.periods import Period
from cases.own_data.operations import note_request
from cases.staff.models import Invitation, random_id
from cases.staff.operations import make_link
from ngo.failures import FramesOnlyFormatter
from tests.applicants.factories import agree
from tests.asylum.making import load_law, make_claim
from tests.disclosures.factories import make_export, make_form
from tests.documents.paper_factories import make_paper
from tests.journeys.making import load_places, make_leg
from tests.letters.factories import make_template
from tests.needs.factories import make_referral
from tests.relocation.factories import make_group, make_inquiry, make_submission, make_talk
from tests.transfers.factories import make_transfer
from tests.vetting.check_factories import make_kind, make_question
from tests.vetting.service_factories import make_entry
from tests.world import FETCH, register, small_world, visit

pytestmark = pytest.mark.django_db

NOT_OF_A_CASE = (
    "applicants:register",
    "applicants:check_texts",
    "applicants:check_doubles",
    "applicants:doubles",
    "applicants:handover",
    "applicants:erasures",
    "applicants:field",
    "applicants:field_new",
)
PEOPLE = ("claire", "viktor", "olga", "dora", "paul", "mira", "root", None)

GET = {
    # page                       claire viktor olga dora paul mira root nobody
    "desk:home":                 (200, 200, 200, 200, 200, 200, 200, 302),
    "desk:register":             (200, 200, 200, 200, 403, 403, 403, 302),
    "desk:export":               (200, 403, 200, 200, 403, 403, 403, 302),
    "desk:import":               (200, 403, 200, 403, 403, 403, 403, 302),
    "desk:deadlines":            (200, 200, 200, 200, 403, 403, 403, 302),
    "desk:waiting_list":         (200, 200, 200, 200, 403, 403, 403, 302),
    "desk:find":                 (200, 200, 200, 200, 403, 403, 403, 302),
    "desk:vault":                (200, 200, 200, 200, 403, 403, 403, 302),
    "desk:duty_restore":         (404, 404, 404, 404, 403, 403, 403, 302),
    "desk:duty_open":            (404, 404, 404, 404, 403, 403, 403, 302),
    "desk:duty":                 (404, 404, 404, 404, 403, 403, 403, 302),
    "desk:figures":              (200, 200, 200, 200, 403, 403, 403, 302),
    "desk:publications":         (200, 403, 200, 200, 403, 403, 403, 302),
    "desk:publication_ask":      (200, 403, 200, 200, 403, 403, 403, 302),
    "desk:publication":          (200, 403, 404, 200, 403, 403, 403, 302),
    "desk:publication_approve":  (403, 403, 403, 200, 403, 403, 403, 302),
    "desk:publication_csv":      (404, 403, 404, 404, 403, 403, 403, 302),
    "desk:workbook":             (200, 403, 200, 200, 403, 403, 403, 302),
    "desk:paper":                (200, 403, 200, 200, 403, 403, 403, 302),
    "desk:filters":              (200, 200, 200, 200, 403, 403, 403, 302),
    "desk:filter_save":          (200, 200, 200, 200, 403, 403, 403, 302),
    "desk:columns":              (200, 200, 200, 200, 403, 403, 403, 302),
    "desk:audit":                (403, 403, 403, 403, 200, 403, 403, 302),
    "disclosures:exports":       (200, 200, 200, 200, 403, 403, 403, 302),
    "disclosures:ask":           (200, 403, 200, 200, 403, 403, 403, 302),
    "disclosures:export":        (200, 404, 404, 404, 403, 403, 403, 302),
    "disclosures:forms":         (200, 403, 200, 200, 403, 403, 403, 302),
    "disclosures:form_add":      (200, 403, 200, 200, 403, 403, 403, 302),
    "disclosures:form":          (200, 403, 200, 200, 403, 403, 403, 302),
    "disclosures:told":          (200, 200, 404, 404, 403, 403, 403, 302),
    "vault:unlock":              (200, 200, 200, 200, 403, 403, 403, 302),
    "vault:passkeys":            (302, 302, 302, 302, 403, 403, 403, 302),
    "applicants:register":       (200, 403, 200, 403, 403, 403, 403, 302),
    "relocation:governments":     (200, 200, 200, 200, 403, 403, 403, 302),
    "relocation:government":      (200, 200, 200, 200, 403, 403, 403, 302),
    "relocation:government_add":  (200, 403, 200, 200, 403, 403, 403, 302),
    "relocation:government_edit": (200, 403, 200, 200, 403, 403, 403, 302),
    "relocation:contact":         (200, 403, 200, 200, 403, 403, 403, 302),
    "relocation:talk":            (200, 403, 200, 200, 403, 403, 403, 302),
    "relocation:step_later":      (200, 403, 200, 200, 403, 403, 403, 302),
    "needs:panel":               (200, 200, 404, 404, 403, 403, 403, 302),
    "needs:add":                 (200, 200, 404, 403, 403, 403, 403, 302),
    "needs:needs":               (200, 200, 200, 200, 403, 403, 403, 302),
    "needs:end":                 (200, 200, 404, 403, 403, 403, 403, 302),
    "needs:offer":               (200, 200, 404, 403, 403, 403, 403, 302),
    "needs:answer":              (200, 200, 404, 403, 403, 403, 403, 302),
    "needs:providers":           (200, 200, 200, 200, 403, 403, 403, 302),
    "needs:provider_add":        (200, 200, 200, 403, 403, 403, 403, 302),
    "needs:provider":            (200, 200, 200, 403, 403, 403, 403, 302),
    "transfers:panel":           (200, 200, 404, 404, 403, 403, 403, 302),
    "transfers:offer":           (200, 200, 404, 403, 403, 403, 403, 302),
    "transfers:answer":          (200, 200, 404, 403, 403, 403, 403, 302),
    "transfers:pack":            (200, 403, 404, 404, 403, 403, 403, 302),
    "letters:panel":             (200, 200, 404, 404, 403, 403, 403, 302),
    "letters:write":             (200, 403, 404, 404, 403, 403, 403, 302),
    "journeys:panel":            (200, 200, 404, 404, 403, 403, 403, 302),
    "journeys:plan":             (200, 200, 404, 403, 403, 403, 403, 302),
    "journeys:change":           (200, 200, 404, 403, 403, 403, 403, 302),
    "journeys:depart":           (200, 200, 404, 403, 403, 403, 403, 302),
    "journeys:arrive":           (200, 200, 404, 403, 403, 403, 403, 302),
    "journeys:stop":             (200, 200, 404, 403, 403, 403, 403, 302),
    "asylum:panel":              (200, 200, 404, 404, 403, 403, 403, 302),
    "asylum:open":               (200, 200, 404, 403, 403, 403, 403, 302),
    "asylum:again":              (200, 200, 404, 403, 403, 403, 403, 302),
    "asylum:minors":             (200, 200, 404, 403, 403, 403, 403, 302),
    "asylum:step":               (200, 200, 404, 403, 403, 403, 403, 302),
    "asylum:law":                (200, 200, 404, 403, 403, 403, 403, 302),
    "asylum:date":               (200, 200, 404, 403, 403, 403, 403, 302),
    "relocation:groups":          (200, 200, 200, 200, 403, 403, 403, 302),
    "relocation:group":           (200, 200, 200, 200, 403, 403, 403, 302),
    "relocation:group_make":      (200, 403, 200, 200, 403, 403, 403, 302),
    "relocation:group_add":       (200, 403, 200, 200, 403, 403, 403, 302),
    "relocation:take_out":        (200, 403, 404, 404, 403, 403, 403, 302),
    "relocation:freeze":          (200, 403, 200, 200, 403, 403, 403, 302),
    "relocation:submission":      (200, 200, 200, 200, 403, 403, 403, 302),
    "relocation:paper_en":        (200, 403, 302, 302, 403, 403, 403, 302),
    "relocation:paper_fr":        (200, 403, 302, 302, 403, 403, 403, 302),
    "relocation:hand_in":         (200, 403, 200, 200, 403, 403, 403, 302),
    "relocation:receipt":         (200, 403, 200, 200, 403, 403, 403, 302),
    "relocation:annex":           (200, 403, 200, 200, 403, 403, 403, 302),
    "relocation:inquiry":         (200, 403, 200, 200, 403, 403, 403, 302),
    "relocation:answer":          (200, 403, 404, 404, 403, 403, 403, 302),
    "relocation:reply":           (200, 403, 404, 404, 403, 403, 403, 302),
    "relocation:panel":           (200, 200, 404, 404, 403, 403, 403, 302),
    "retention:reviews":         (200, 403, 200, 200, 403, 403, 403, 302),
    "retention:panel":           (200, 200, 404, 404, 403, 403, 403, 302),
    "retention:close":           (200, 200, 404, 404, 403, 403, 403, 302),
    "retention:keep":            (200, 403, 404, 404, 403, 403, 403, 302),
    "own_data:panel":            (200, 200, 404, 404, 403, 403, 403, 302),
    "own_data:note":             (200, 200, 404, 403, 403, 403, 403, 302),
    "own_data:longer":           (200, 200, 404, 403, 403, 403, 403, 302),
    "alarms:panel":              (200, 200, 404, 404, 403, 403, 403, 302),
    "alarms:raise":              (200, 200, 404, 403, 403, 403, 403, 302),
    "alarms:risk":               (200, 200, 404, 403, 403, 403, 403, 302),
    "applicants:account":        (200, 200, 404, 404, 403, 403, 403, 302),
    "applicants:tell":           (200, 200, 404, 403, 403, 403, 403, 302),
    "applicants:field":          (403, 403, 403, 403, 403, 403, 403, 302),
    "applicants:field_new":      (403, 403, 403, 403, 403, 403, 403, 302),
    "applicants:field_case":     (403, 403, 403, 403, 403, 403, 403, 302),
    "applicants:detail":         (200, 200, 404, 404, 403, 403, 403, 302),
    "applicants:timeline":       (200, 200, 404, 404, 403, 403, 403, 302),
    "applicants:notes":          (200, 200, 404, 404, 403, 403, 403, 302),
    "applicants:people":         (200, 200, 404, 404, 403, 403, 403, 302),
    "applicants:edit":           (200, 200, 404, 403, 403, 403, 403, 302),
    "applicants:identity":       (200, 200, 404, 403, 403, 403, 403, 302),
    "applicants:doubles":        (200, 200, 200, 403, 403, 403, 403, 302),
    "applicants:handover":       (200, 200, 200, 200, 403, 403, 403, 302),
    "applicants:pair_up":        (200, 200, 404, 403, 403, 403, 403, 302),
    "applicants:apart":          (200, 200, 404, 403, 403, 403, 403, 302),
    "applicants:task":           (200, 200, 404, 403, 403, 403, 403, 302),
    "applicants:stage":          (200, 200, 404, 404, 403, 403, 403, 302),
    "applicants:interview":      (200, 200, 404, 404, 403, 403, 403, 302),
    "applicants:share":          (200, 200, 404, 404, 403, 403, 403, 302),
    "applicants:assign":         (403, 403, 403, 404, 403, 403, 403, 302),
    "applicants:erase":          (200, 403, 404, 404, 403, 403, 403, 302),
    "applicants:hold":           (200, 403, 404, 404, 403, 403, 403, 302),
    "applicants:erasures":       (403, 403, 403, 200, 200, 403, 403, 302),
    "applicants:erasure":        (403, 403, 403, 200, 403, 403, 403, 302),
    "applicants:certificate":    (403, 403, 403, 404, 404, 403, 403, 302),
    "documents:papers":          (200, 200, 404, 404, 403, 403, 403, 302),
    "documents:travel":          (200, 200, 404, 404, 403, 403, 403, 302),
    "applicants:consents":       (200, 200, 404, 404, 403, 403, 403, 302),
    "applicants:consent":        (200, 200, 404, 403, 403, 403, 403, 302),
    "documents:scans":           (200, 200, 404, 404, 403, 403, 403, 302),
    "documents:add":             (200, 200, 404, 403, 403, 403, 403, 302),
    "documents:stay":            (200, 200, 404, 403, 403, 403, 403, 302),
    "documents:edit":            (200, 200, 404, 403, 403, 403, 403, 302),
    "documents:verify":          (200, 200, 404, 403, 403, 403, 403, 302),
    "documents:strike":          (200, 200, 404, 403, 403, 403, 403, 302),
    "vetting:incidents":        (403, 200, 403, 403, 403, 403, 403, 302),
    "vetting:incident_add":     (403, 200, 403, 403, 403, 403, 403, 302),
    "vetting:incident_import":  (403, 200, 403, 403, 403, 403, 403, 302),
    "vetting:units":            (403, 200, 403, 403, 403, 403, 403, 302),
    "vetting:unit_add":         (403, 200, 403, 403, 403, 403, 403, 302),
    "vetting:service":           (200, 200, 404, 404, 403, 403, 403, 302),
    "vetting:service_add":       (200, 200, 404, 403, 403, 403, 403, 302),
    "vetting:service_edit":      (200, 200, 404, 403, 403, 403, 403, 302),
    "vetting:service_strike":    (200, 200, 404, 403, 403, 403, 403, 302),
    "vetting:checks":            (200, 200, 404, 404, 403, 403, 403, 302),
    "vetting:check":             (200, 200, 404, 404, 403, 403, 403, 302),
    "vetting:questions":         (200, 200, 404, 404, 403, 403, 403, 302),
    "vetting:ask":               (403, 200, 403, 403, 403, 403, 403, 302),
    "vetting:question_answer":   (403, 200, 403, 403, 403, 403, 403, 302),
    "vetting:question_settle":   (403, 200, 403, 403, 403, 403, 403, 302),
    "vetting:evidence":          (200, 200, 404, 404, 403, 403, 403, 302),
    "vetting:evidence_link":     (200, 200, 404, 403, 403, 403, 403, 302),
    "vetting:heard":             (200, 200, 404, 404, 403, 403, 403, 302),
    "vetting:referee_add":       (403, 200, 403, 403, 403, 403, 403, 302),
    "vetting:interview_add":     (403, 200, 403, 403, 403, 403, 403, 302),
    "vetting:screening":         (403, 200, 403, 403, 403, 403, 403, 302),
    "vetting:watchlists":        (403, 200, 403, 403, 403, 403, 403, 302),
    "vetting:list":              (403, 200, 403, 403, 403, 403, 403, 302),
    "vetting:panel":             (200, 200, 404, 404, 403, 403, 403, 302),
    "vetting:decision":          (200, 200, 404, 404, 403, 403, 403, 302),
    "vetting:conflict":          (200, 200, 404, 404, 403, 403, 403, 302),
    "vetting:report":            (200, 200, 404, 404, 403, 403, 403, 302),
    "staff:account":             (200, 200, 200, 200, 200, 200, 200, 302),
    "staff:notices":             (200, 200, 200, 200, 200, 200, 200, 302),
    "staff:roles":               (200, 200, 200, 200, 200, 200, 200, 302),
    "staff:colleagues":          (403, 403, 403, 403, 403, 200, 403, 302),
    "staff:invite":              (403, 403, 403, 403, 403, 200, 403, 302),
    "staff:teams":               (403, 403, 403, 403, 403, 200, 403, 302),
    "staff:emergency":           (200, 200, 200, 200, 200, 200, 200, 302),
    "staff:freeze":              (200, 200, 200, 200, 200, 200, 200, 302),
    "staff:travel":              (200, 200, 200, 200, 200, 200, 200, 302),
    "desk:breaches":             (200, 200, 200, 200, 200, 200, 200, 302),
    "desk:breach_add":           (200, 200, 200, 200, 200, 200, 200, 302),
    "desk:breach":               (200, 200, 200, 200, 200, 404, 404, 302),
    "desk:breach_facts":         (404, 404, 404, 200, 200, 404, 404, 302),
    "desk:breach_decide":        (403, 403, 403, 200, 403, 403, 403, 302),
    "desk:breach_noticed":       (403, 403, 403, 200, 403, 403, 403, 302),
    "desk:breach_notified":      (403, 403, 403, 200, 403, 403, 403, 302),
    "desk:breach_close":         (403, 403, 403, 200, 403, 403, 403, 302),
    "desk:warn":                 (200, 200, 404, 200, 403, 403, 403, 302),
    "admin:index":               (302, 302, 302, 302, 302, 200, 200, 302),
    "staff:lost":                (200, 200, 200, 200, 200, 200, 200, 200),
    "healthz":                   (200, 200, 200, 200, 200, 200, 200, 200),
}  # fmt: skip

POST = {
    "relocation:government_add":  (422, 403, 422, 422, 403, 403, 403, 302),
    "relocation:government_edit": (422, 403, 422, 422, 403, 403, 403, 302),
    "relocation:contact":         (422, 403, 422, 422, 403, 403, 403, 302),
    "relocation:talk":            (422, 403, 422, 422, 403, 403, 403, 302),
    "relocation:contact_left":    (204, 403, 204, 204, 403, 403, 403, 302),
    "relocation:step_done":       (204, 403, 204, 204, 403, 403, 403, 302),
    "relocation:step_later":      (422, 403, 422, 422, 403, 403, 403, 302),
    "relocation:group_make":      (422, 403, 422, 422, 403, 403, 403, 302),
    "relocation:group_add":       (422, 403, 422, 422, 403, 403, 403, 302),
    "relocation:group_close":     (204, 403, 204, 204, 403, 403, 403, 302),
    "relocation:freeze":          (422, 403, 422, 422, 403, 403, 403, 302),
    "relocation:hand_in":         (422, 403, 422, 422, 403, 403, 403, 302),
    "relocation:receipt":         (422, 403, 422, 422, 403, 403, 403, 302),
    "relocation:asked":           (204, 403, 204, 204, 403, 403, 403, 302),
    "relocation:annex":           (422, 403, 422, 422, 403, 403, 403, 302),
    "relocation:inquiry":         (422, 403, 422, 422, 403, 403, 403, 302),
    "relocation:answer":          (422, 403, 404, 404, 403, 403, 403, 302),
    "relocation:reply":           (422, 403, 404, 404, 403, 403, 403, 302),
    "relocation:photos":          (204, 204, 404, 403, 403, 403, 403, 302),
    "own_data:hand_out":         (422, 403, 404, 404, 403, 403, 403, 302),
    "applicants:open_name":      (422, 422, 404, 404, 403, 403, 403, 302),
    "applicants:written":        (204, 204, 404, 403, 403, 403, 403, 302),
    "applicants:heard":          (204, 204, 404, 403, 403, 403, 403, 302),
    "applicants:note":           (422, 422, 404, 403, 403, 403, 403, 302),
    "applicants:check_doubles":  (200, 200, 200, 200, 403, 403, 403, 302),
    "applicants:check_texts":    (200, 200, 200, 200, 403, 403, 403, 302),
    "documents:travel_exactly":  (422, 422, 404, 404, 403, 403, 403, 302),
    "documents:scan_begin":      (400, 400, 404, 403, 403, 403, 403, 302),
    "documents:scans_small":     (422, 422, 404, 404, 403, 403, 403, 302),
    "documents:open_number":     (422, 422, 404, 404, 403, 403, 403, 302),
    "documents:open_to_correct": (422, 422, 404, 403, 403, 403, 403, 302),
    "documents:no_paper":        (204, 204, 404, 403, 403, 403, 403, 302),
    "needs:accepted":            (204, 204, 404, 403, 403, 403, 403, 302),
    "needs:helped":              (204, 204, 404, 403, 403, 403, 403, 302),
    "needs:provider_close":      (204, 204, 204, 403, 403, 403, 403, 302),
    "letters:write":             (422, 403, 404, 404, 403, 403, 403, 302),
    "disclosures:ask":           (422, 403, 422, 422, 403, 403, 403, 302),
    "disclosures:form_retire":   (204, 403, 204, 204, 403, 403, 403, 302),
    "disclosures:collect":       (422, 403, 404, 404, 403, 403, 403, 302),
    "disclosures:approve":       (204, 404, 404, 404, 403, 403, 403, 302),
    "disclosures:refuse":        (204, 404, 404, 404, 403, 403, 403, 302),
    "disclosures:withdraw":      (204, 403, 404, 404, 403, 403, 403, 302),
    "applicants:household_travel": (204, 204, 404, 403, 403, 403, 403, 302),
    "applicants:consent":        (422, 422, 404, 403, 403, 403, 403, 302),
    "applicants:consent_withdraw": (422, 422, 404, 403, 403, 403, 403, 302),
    "vetting:service_open":      (422, 422, 404, 404, 403, 403, 403, 302),
    "vetting:service_correct":   (422, 422, 404, 403, 403, 403, 403, 302),
    "vetting:service_copy":      (200, 200, 404, 403, 403, 403, 403, 302),
    "vetting:answer_check":      (403, 422, 403, 403, 403, 403, 403, 302),
    "vetting:open_finding":      (422, 422, 404, 404, 403, 403, 403, 302),
    "vetting:finding_to_correct": (403, 422, 403, 403, 403, 403, 403, 302),
    "vetting:open_questions":    (422, 422, 404, 404, 403, 403, 403, 302),
    "vetting:question_asked":    (403, 204, 403, 403, 403, 403, 403, 302),
    "vetting:evidence_open":     (422, 422, 404, 404, 403, 403, 403, 302),
    "vetting:evidence_begin":    (400, 400, 404, 403, 403, 403, 403, 302),
    "vetting:referees_open":     (422, 422, 404, 404, 403, 403, 403, 302),
    "vetting:screen":            (403, 422, 403, 403, 403, 403, 403, 302),
    "vetting:screening_open":    (403, 422, 403, 403, 403, 403, 403, 302),
    "vetting:screening_decide":  (403, 422, 403, 403, 403, 403, 403, 302),
    "vetting:screening_entry":   (403, 422, 403, 403, 403, 403, 403, 302),
    "vetting:screen_again":      (403, 422, 403, 403, 403, 403, 403, 302),
    "vetting:vote":              (403, 422, 403, 403, 403, 403, 403, 302),
    "vetting:reasons":           (422, 422, 404, 404, 403, 403, 403, 302),
    "vetting:annex":             (422, 422, 404, 404, 403, 403, 403, 302),
    "staff:freeze":              (422, 422, 422, 422, 422, 422, 422, 302),
    "staff:travel":              (422, 422, 422, 422, 422, 422, 422, 302),
    "desk:open_to_warn":         (422, 422, 404, 422, 403, 403, 403, 302),
    "applicants:hold_end":       (204, 403, 404, 404, 403, 403, 403, 302),
    "applicants:erase_withdraw": (204, 403, 404, 404, 403, 403, 403, 302),
    "applicants:erasure_refuse": (403, 403, 403, 204, 403, 403, 403, 302),
    "desk:publication_ask":      (422, 403, 422, 422, 403, 403, 403, 302),
    "desk:publication_approve":  (403, 403, 403, 422, 403, 403, 403, 302),
    "desk:publication_refuse":   (204, 403, 404, 204, 403, 403, 403, 302),
    "desk:rekey":                (400, 400, 400, 400, 403, 403, 403, 302),
    "desk:ask_more":             (422, 422, 422, 422, 403, 403, 403, 302),
    "desk:people":               (422, 422, 422, 422, 403, 403, 403, 302),
    "desk:search":               (204, 204, 204, 204, 403, 403, 403, 302),
    "desk:filter_save":          (422, 422, 422, 422, 403, 403, 403, 302),
    "desk:filter_none":          (204, 204, 204, 204, 403, 403, 403, 302),
    "desk:bulk_assign":          (403, 403, 403, 422, 403, 403, 403, 302),
    "desk:bulk_share":           (422, 422, 422, 422, 403, 403, 403, 302),
    "desk:bulk_task":            (422, 422, 422, 403, 403, 403, 403, 302),
    "desk:bulk_stage":           (422, 422, 422, 422, 403, 403, 403, 302),
    "desk:columns":              (204, 204, 204, 204, 403, 403, 403, 302),
    "desk:register":             (405, 405, 405, 405, 403, 403, 403, 302),
}  # fmt: skip


@pytest.fixture
def world(db, settings, tmp_path):
    with small_world(settings, tmp_path) as world:
        [world.case] = register(world, [({"name": "Кто То"}, {})])
        world.paper = make_paper(world.case, by=world.people["claire"], sealed={"number": "75 1234567"})
        world.entry = make_entry(world.case, by=world.people["claire"])
        agree(world.case, "government", by=world.people["claire"])
        world.export = make_export(world.case, by=world.people["claire"])
        world.form = make_form(by=world.people["claire"])
        make_kind("V01")
        world.talk = make_talk(by=world.people["claire"])
        make_template()
        world.referral = make_referral(world.case, by=world.people["claire"])
        world.transfer = make_transfer(world.case, by=world.people["claire"])
        world.group = make_group(world.talk.government, world.case, by=world.people["claire"])
        world.submission = make_submission(world.group, world.case, by=world.people["claire"])
        world.inquiry = make_inquiry(world.submission, world.case, by=world.people["claire"])
        world.breach = open_breach(user=world.people["ana"], kind="lost", what="x", by=world.people["dora"])
        world.erasure = ask_erasure(applicants=[world.case], reason="wish", by=world.people["claire"])
        load_law()
        load_places()
        world.leg = make_leg(world.case, by=world.people["claire"])
        world.claim = make_claim(
            world.case, by=world.people["claire"], registered="2026-07-06", attested="2026-07-06"
        )
        world.publication = ask_figures(id=random_id(), period=Period(2025, 3), by=world.people["claire"])
        world.data_request = note_request(
            id=random_id(),
            applicant=world.case,
            asked_on=timezone.localdate(),
            checked="voice",
            by=world.people["ana"],
        )
        world.question = make_question(world.case, by=world.people["viktor"])
        yield world


ABOUT_A_CASE = {
    "journeys:panel",
    "journeys:plan",
    "asylum:panel",
    "asylum:open",
    "disclosures:told",
    "documents:papers",
    "documents:add",
    "documents:stay",
    "documents:no_paper",
    "documents:travel",
    "documents:travel_exactly",
    "vetting:service",
    "vetting:service_add",
    "vetting:service_open",
    "vetting:checks",
    "vetting:questions",
    "vetting:open_questions",
    "vetting:ask",
    "vetting:evidence",
    "vetting:evidence_link",
    "vetting:evidence_open",
    "vetting:evidence_begin",
    "vetting:heard",
    "vetting:referee_add",
    "vetting:referees_open",
    "vetting:interview_add",
    "vetting:screening",
    "vetting:screen",
    "vetting:screening_open",
    "vetting:screening_decide",
    "vetting:screening_entry",
    "vetting:panel",
    "vetting:decision",
    "vetting:conflict",
    "vetting:report",
    "vetting:vote",
    "vetting:reasons",
    "vetting:annex",
}
ABOUT_A_CHECK = {
    "vetting:check",
    "vetting:answer_check",
    "vetting:open_finding",
    "vetting:finding_to_correct",
}


OF_A_GOVERNMENT = {"government", "government_edit", "contact", "talk"}

OF_A_GROUP = {"group", "group_add", "group_close", "freeze"}
OF_A_SUBMISSION = {"submission", "paper_en", "paper_fr", "hand_in", "receipt", "asked", "annex", "inquiry"}


def address(world, name):
    if name.startswith("relocation:"):
        return relocation_address(world, name)
    if name.startswith("journeys:") and name not in ABOUT_A_CASE:
        return reverse(name, args=[world.leg.pk])
    if name == "asylum:date":
        return reverse(name, args=[world.claim.pk, "filing"])
    if name == "asylum:take_back":
        return reverse(name, args=[world.claim.pk, "attested"])
    if name == "asylum:detach":
        return reverse(name, args=[world.claim.pk, world.case.pk])
    if name.startswith("asylum:") and name not in ABOUT_A_CASE:
        return reverse(name, args=[world.claim.pk])
    if name.startswith("vetting:service_") and name not in ABOUT_A_CASE:
        return reverse(name, args=[world.entry.pk])
    if name.startswith("disclosures:") and name not in (
        *ABOUT_A_CASE,
        "disclosures:exports",
        "disclosures:ask",
        "disclosures:forms",
        "disclosures:form_add",
    ):
        if name.startswith("disclosures:form"):
            return reverse(name, args=[world.form.pk])
        return reverse(name, args=[world.export.pk])
    if name == "applicants:consent":
        return reverse(name, args=[world.case.pk, "partner"])
    if name == "applicants:consent_withdraw":
        return reverse(name, args=[world.case.consents.get(purpose="government").pk])
    if name in ("transfers:answer", "transfers:pack"):
        return reverse(name, args=[world.transfer.pk])
    if name.startswith("needs:"):
        return needs_address(world, name)
    if name == "letters:write":
        return reverse(name, args=[world.case.pk, "attestation-fr"])
    if name in ABOUT_A_CHECK:
        return reverse(name, args=[world.case.pk, "V01"])
    if name in ("desk:warn", "desk:open_to_warn"):
        return reverse(name, args=[world.breach.people.get().pk])
    if name in ("own_data:longer", "own_data:hand_out"):
        return reverse(name, args=[world.data_request.pk])
    if name.startswith("desk:publication") and name not in ("desk:publications", "desk:publication_ask"):
        return reverse(name, args=[world.publication.pk])
    if name.startswith("desk:breach") and name not in ("desk:breaches", "desk:breach_add"):
        return reverse(name, args=[world.breach.pk])
    if name in ("applicants:erasure", "applicants:erasure_refuse", "applicants:certificate"):
        return reverse(name, args=[world.erasure.pk])
    if name.startswith("vetting:question_"):
        return reverse(name, args=[world.question.pk])
    if name.startswith("documents:") and name not in ABOUT_A_CASE:
        return reverse(name, args=[world.paper.pk])
    about_a_case = (
        name in ABOUT_A_CASE
        or name.startswith(("alarms:", "letters:", "transfers:"))
        or name in ("own_data:panel", "own_data:note")
        or name.startswith("alarms:")
        or (name.startswith("retention:") and name != "retention:reviews")
        or (name.startswith("applicants:") and name not in NOT_OF_A_CASE)
    )
    return reverse(name, args=[world.case.pk] if about_a_case else [])


def needs_address(world, name):
    page, referral = name.removeprefix("needs:"), world.referral
    about = {
        "panel": [world.case.pk],
        "add": [world.case.pk],
        "end": [referral.need_id],
        "offer": [referral.need_id],
        "provider": [referral.provider_id],
        "provider_close": [referral.provider_id],
    }
    listed = [] if page in ("needs", "providers", "provider_add") else [referral.pk]
    return reverse(name, args=about.get(page, listed))


def relocation_address(world, name):
    page = name.removeprefix("relocation:")
    if page in OF_A_GOVERNMENT:
        return reverse(name, args=[world.talk.government_id])
    if page in OF_A_GROUP:
        return reverse(name, args=[world.group.pk])
    if page in OF_A_SUBMISSION:
        return reverse(name, args=[world.submission.pk])
    if page == "answer":
        return reverse(name, args=[world.submission.pk, world.case.pk])
    if page == "reply":
        return reverse(name, args=[world.inquiry.pk])
    if page in ("take_out", "photos"):
        return reverse(name, args=[world.group.pk, world.case.pk])
    if page == "panel":
        return reverse(name, args=[world.case.pk])
    if page == "contact_left":
        return reverse(name, args=[world.talk.contact_id])
    return reverse(name, args=[world.talk.pk] if page.startswith("step_") else [])


def rows(table):
    return [
        (page, who, status) for page, line in table.items() for who, status in zip(PEOPLE, line, strict=True)
    ]


@pytest.mark.parametrize("who", PEOPLE)
def test_pages(world, who):
    client = visit(world, who)
    got = {page: client.get(address(world, page)).status_code for page in GET}

    assert got == {page: status for page, person, status in rows(GET) if person == who}


@pytest.mark.parametrize("who", PEOPLE)
def test_acts(world, who):
    client = visit(world, who)
    extra = FETCH if who else {}
    got = {page: client.post(address(world, page), {"sent": "1"}, **extra).status_code for page in POST}

    assert got == {page: status for page, person, status in rows(POST) if person == who}


def without_tokens(answer):
    """The body without what differs in any two answers: the token of its forms and the address that was asked for."""
    body = answer.content.replace(answer.request["PATH_INFO"].encode(), b"")
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", body)


def test_a_case_that_is_not_shared_and_one_that_does_not_exist_are_answered_alike(world):
    client = visit(world, "olga")
    hidden = client.get(address(world, "applicants:detail"))
    missing = client.get(reverse("applicants:detail", args=["00000000-0000-0000-0000-000000000001"]))

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert without_tokens(hidden) == without_tokens(missing)


def test_an_expired_login_is_said_to_a_fetch_without_losing_the_page(world):
    answer = visit(world, None).post(address(world, "applicants:note"), {"text": "x"}, **FETCH)

    assert (answer.status_code, answer["HX-Trigger"]) == (401, "login-expired")


def test_a_host_that_is_not_ours_is_refused_in_words(world, settings, caplog):
    settings.ALLOWED_HOSTS = ["cases.invalid"]
    caplog.handler.setFormatter(FramesOnlyFormatter())
    answer = visit(world, None).get("/", HTTP_HOST="evil.invalid")

    assert "none of ALLOWED_HOSTS" in caplog.handler.stream.getvalue()
    assert "evil.invalid" not in caplog.handler.stream.getvalue()

    assert answer.status_code == 400
    assert "could not be read" in answer.content.decode()


def test_a_refused_request_does_not_write_a_working_link_into_the_log(world, caplog):
    claire, mira = world.people["claire"], world.people["mira"]
    token = make_link(user=claire, purpose=Invitation.Purpose.PASSWORD, by=mira)
    caplog.handler.setFormatter(FramesOnlyFormatter())
    answer = Client(enforce_csrf_checks=True).post(f"/join/{token}/", {})

    said = caplog.handler.stream.getvalue()
    assert answer.status_code == 403
    assert "POST /join/…" in said
    assert token not in said
