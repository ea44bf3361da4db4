"""The question frames: files like the other reference data, kept in the admin panel."""

import shutil

import pytest

from cases.documents.operations.reference import load_reference
from cases.documents.reference.files import BadFile, read_files
from cases.staff.roles import Role
from cases.vetting.models import InterviewFrame, InterviewQuestion
from cases.vetting.queries.heard import questions_of
from cases.vetting.reference.interviews import FILES, HERE, check_frames
from tests.staff.factories import login, make_person
from tests.vetting.heard.factories import make_checks

CHECKS = ["V03", "V04", "V05", "V06", "V07", "V08", "V10", "V12"]


@pytest.fixture
def folder(tmp_path):
    for name in FILES:
        shutil.copy(HERE / f"{name}.csv", tmp_path)
    return tmp_path


class TestFiles:
    def test_the_first_frame_asks_for_each_of_its_checks_in_three_languages(self):
        rows = read_files(HERE, FILES, check_frames)["interview_questions"]

        assert list(dict.fromkeys(row["check_code"] for row in rows)) == CHECKS
        assert [row["order"] for row in rows] == sorted({row["order"] for row in rows})
        assert all(len({row["text_en"], row["text_fr"], row["text_ru"]}) == 3 for row in rows)

    def test_a_question_of_no_frame_is_refused_by_line_and_column(self, folder):
        file = folder / "interview_questions.csv"
        file.write_text(file.read_text().replace(",service-first-1,V05", ",service-frist-1,V05", 1))
        with pytest.raises(BadFile) as error:
            read_files(folder, FILES, check_frames)

        said = 'line 8, column frame: "service-frist-1" is no key in interview_frames.csv.'
        assert str(error.value) == f"interview_questions.csv, {said}"

    @pytest.mark.django_db
    def test_they_are_loaded_with_the_others(self):
        load_reference()

        frame = InterviewFrame.objects.get()
        assert str(frame) == "Service, first interview (version 1)"
        assert len(questions_of(frame)) == 23
        first = questions_of(frame)[0]
        assert (first.in_language("ru")[:17], first.in_language("kk")) == ("Как вы попали в а", first.text_en)

    @pytest.mark.django_db
    def test_a_question_out_of_force_is_asked_no_more(self):
        load_reference()
        frame = InterviewFrame.objects.get()
        InterviewQuestion.objects.filter(check_code="V12").update(ends="2026-01-01")

        assert len(questions_of(frame)) == 20
        assert len(questions_of(frame, also=["service-first-1-v12-1"])) == 21


@pytest.mark.django_db
class TestAdmin:
    URL = "/admin/vetting/interviewquestion/"

    @pytest.fixture
    def mira(self, client):
        load_reference()
        make_checks()
        return login(client, make_person("Mira", [Role.ADMINISTRATOR]))

    def filled(self, client, url):
        form = client.get(url).context["adminform"].form
        data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
        return {name: value for name, value in data.items() if value not in (None, False)}

    def test_a_question_is_changed_and_kept_against_the_file(self, mira):
        url = f"{self.URL}service-first-1-v03-1/change/"
        answer = mira.post(url, self.filled(mira, url) | {"text_en": "Asked better?"})

        assert answer.status_code == 302
        load_reference()
        assert InterviewQuestion.objects.get(key="service-first-1-v03-1").text_en == "Asked better?"

    def test_frame_and_check_are_chosen(self, mira):
        url = f"{self.URL}service-first-1-v03-1/change/"
        answer = mira.post(url, self.filled(mira, url) | {"frame": "nonsense", "check_code": "V99"})

        errors = answer.context["adminform"].form.errors
        assert {name: list(said) for name, said in errors.items()} == {
            "frame": ["nonsense is not in the list."],
            "check_code": ["V99 is not in the list."],
        }

    @pytest.mark.parametrize("page", ["interviewquestion", "interviewframe"])
    def test_the_lists_open_to_who_keeps_the_reference_data_alone(self, mira, page):
        assert mira.get(f"/admin/vetting/{page}/").status_code == 200
        claire = login(mira, make_person("Claire", [Role.CASEWORKER]))
        assert claire.get(f"/admin/vetting/{page}/").status_code == 302
