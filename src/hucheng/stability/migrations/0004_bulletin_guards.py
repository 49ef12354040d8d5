from django.db import migrations

from hucheng.core.audit.guards import Guard, append_only


class Migration(migrations.Migration):
    """What the city said stays readable; a question keeps its words, and is settled once."""

    dependencies = [("stability", "0003_bulletins")]
    operations = [
        *append_only("stability_answer"),
        *append_only("stability_answerversion", ("UPDATE", "DELETE")),
        *append_only("stability_bulletin", ("UPDATE", "DELETE")),
        Guard("stability_question", "question_keeps_its_words", "UPDATE OF text, topic, asked_at, channel", "1 = 1"),
        Guard(
            "stability_question",
            "question_is_settled_once",
            "UPDATE",
            "OLD.answer_id IS NOT NULL OR OLD.aside_why <> ''",
        ),
        Guard("stability_claim", "claim_is_answered_once", "UPDATE", "OLD.answer_id IS NOT NULL"),
    ]
