"""One index fewer on numbers, one more for what is public of a category."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='case',
            name='number',
            field=models.CharField(max_length=24),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('published_at', None), _negated=True), fields=['category', 'published_at', 'id'], name='cases_category_published'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('number',), name='cases_number'),
        ),
    ]
