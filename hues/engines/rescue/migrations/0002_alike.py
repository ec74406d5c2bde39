from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rescue", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="seal",
            name="alike",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
        # Until now the digest of what was told was all that it took to be handed the code of the first.
        migrations.RunSQL("UPDATE rescue_seal SET alike = same WHERE is_open", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="seal",
            index=models.Index(condition=models.Q(("is_open", True)), fields=["alike", "at"], name="rescue_seal_alike"),
        ),
    ]
