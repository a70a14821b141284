from django.db import migrations, models

from cachexia_portal.search.indexes import FullTextIndexes


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0001_documents_and_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='searchdocument',
            name='names',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='SearchCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(max_length=32)),
                ('documents', models.JSONField(default=dict)),
                ('newest', models.BigIntegerField(default=0)),
                ('counted_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        FullTextIndexes(),
    ]
