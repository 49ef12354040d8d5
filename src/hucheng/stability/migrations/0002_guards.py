from django.db import migrations

from hucheng.core.audit.guards import Guard, append_only


class Migration(migrations.Migration):
    """What was measured, proven, reported and received stands as it was said; a task done stays done."""

    dependencies = [("stability", "0001_initial")]
    operations = [
        *append_only("stability_observation"),
        *append_only("stability_seriesstart"),
        *append_only("stability_gap"),
        *append_only("stability_weatherfile"),
        *append_only("stability_patrolproof"),
        *append_only("stability_patrol"),
        *append_only("stability_firenotice"),
        *append_only("stability_noticereceipt"),
        *append_only("stability_fire"),
        *append_only("stability_fireentry"),
        Guard("stability_noticetask", "notice_task_done_stays_done", "UPDATE", "OLD.done_at IS NOT NULL"),
    ]
