from cases.letters.models import LetterTemplate

BODY = "{organisation}, {today}\n\nTo {recipient}\n\n{name} ({latin_name}), {birth_date}, is known to us.\n\n{colleague}"


def make_template(key="attestation-fr", *, body=BODY, heading="Attestation", language="fr", **more):
    facts = {"kind": "attestation", "source": "own wording", "confidence": "known"}
    return LetterTemplate.objects.create(
        key=key, body=body, heading=heading, language=language, **facts | more
    )
