
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Good',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name_zh', models.CharField(max_length=80, verbose_name='Chinese name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('place', models.CharField(max_length=6)),
                ('code', models.SlugField(max_length=30)),
                ('kind', models.CharField(choices=[('food', 'Staple food'), ('protection', 'Protection')], max_length=10)),
                ('unit', models.CharField(choices=[('kg', 'kg'), ('l', 'litre'), ('piece', 'piece')], max_length=5)),
                ('least_days', models.PositiveSmallIntegerField(verbose_name='least days of stock')),
                ('week_change', models.DecimalField(decimal_places=1, max_digits=5, verbose_name='largest change in a week, per cent')),
                ('rule_source', models.CharField(max_length=200, verbose_name='source of the rule')),
            ],
            options={
                'ordering': ['kind', 'code'],
                'constraints': [models.UniqueConstraint(fields=('place', 'code'), name='one_good_a_code'), models.CheckConstraint(condition=models.Q(('rule_source', ''), _negated=True), name='a_rule_of_supply_names_its_source')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name_zh', models.CharField(max_length=80, verbose_name='Chinese name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('place', models.CharField(max_length=6)),
                ('area', models.CharField(max_length=6)),
                ('code', models.SlugField(max_length=40)),
                ('unit', models.CharField(choices=[('% yoy', '% yoy'), ('%', '%'), ('persons', 'persons'), ('100m CNY', '100m CNY')], max_length=10)),
                ('period', models.CharField(choices=[('month', 'Month'), ('quarter', 'Quarter')], max_length=7)),
                ('kind', models.CharField(choices=[('growth', 'Growth of the year to date against the year before'), ('total', 'Total of the year to date'), ('level', 'State of the period itself')], max_length=6)),
                ('better', models.CharField(choices=[('higher', 'Higher is better'), ('lower', 'Lower is better')], max_length=6)),
                ('due_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='due so many days after the period')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('opened_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('place', 'code'), name='one_series_a_code'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_series_names_its_source')],
            },
        ),
        migrations.CreateModel(
            name='KeyProject',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name_zh', models.CharField(max_length=80, verbose_name='Chinese name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('place', models.CharField(max_length=6)),
                ('code', models.SlugField(max_length=20)),
                ('owner', models.CharField(max_length=20, verbose_name='answers for it')),
                ('start_on', models.DateField(verbose_name='planned start')),
                ('listed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('code',), name='one_project_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name_zh', models.CharField(max_length=80, verbose_name='Chinese name')),
                ('name_en', models.CharField(max_length=120, verbose_name='English name')),
                ('place', models.CharField(max_length=6)),
                ('conditions', models.JSONField(default=list, verbose_name='conditions')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(verbose_name='last day')),
                ('document', models.CharField(max_length=200, verbose_name='document')),
                ('owner', models.CharField(max_length=20, verbose_name='answers for it')),
                ('published_at', models.DateTimeField()),
                ('indicator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='policies', to='economy.indicator')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'policies',
                'ordering': ['-published_at'],
            },
        ),
        migrations.CreateModel(
            name='PolicyCount',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='day')),
                ('revision', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason of the correction')),
                ('reported_at', models.DateTimeField()),
                ('eligible', models.PositiveIntegerField(verbose_name='eligible')),
                ('paid', models.PositiveIntegerField(verbose_name='received it')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='economy.policy')),
                ('reported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['day', 'revision'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PriceReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='day')),
                ('revision', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason of the correction')),
                ('reported_at', models.DateTimeField()),
                ('price', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='price, yuan')),
                ('good', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='economy.good')),
                ('reported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['day', 'revision'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProjectReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='day')),
                ('revision', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason of the correction')),
                ('reported_at', models.DateTimeField()),
                ('started', models.BooleanField(verbose_name='started')),
                ('done', models.PositiveSmallIntegerField(verbose_name='done, per cent')),
                ('planned', models.PositiveSmallIntegerField(verbose_name='planned, per cent')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='economy.keyproject')),
                ('reported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['day', 'revision'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StockReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='day')),
                ('revision', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason of the correction')),
                ('reported_at', models.DateTimeField()),
                ('stock', models.DecimalField(decimal_places=1, max_digits=14, verbose_name='stock')),
                ('use_a_day', models.DecimalField(decimal_places=1, max_digits=14, verbose_name='use a day')),
                ('good', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stocks', to='economy.good')),
                ('reported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['day', 'revision'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TargetVersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.CharField(max_length=6)),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('adopted', 'Adopted')], max_length=7, verbose_name='state')),
                ('dated_on', models.DateField(verbose_name='date')),
                ('ground', models.CharField(max_length=300, verbose_name='ground')),
                ('document', models.CharField(blank=True, max_length=200, verbose_name='document')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['year', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('value', models.DecimalField(decimal_places=4, max_digits=16, verbose_name='target')),
                ('relation', models.CharField(choices=[('about', 'around'), ('=', '='), ('>=', '≥'), ('<=', '≤')], max_length=5, verbose_name='relation')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='economy.indicator')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='economy.targetversion')),
            ],
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.CharField(max_length=6)),
                ('name', models.CharField(max_length=200)),
                ('received_at', models.DateTimeField()),
                ('rows', models.PositiveIntegerField()),
                ('new', models.PositiveIntegerField()),
                ('same', models.PositiveIntegerField()),
                ('wrong', models.PositiveIntegerField()),
                ('problems', models.JSONField(default=list)),
                ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-received_at'],
            },
        ),
        migrations.CreateModel(
            name='Vintage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('period', models.DateField(verbose_name='last day of the period')),
                ('value', models.DecimalField(decimal_places=4, max_digits=16, verbose_name='value')),
                ('published_on', models.DateField(verbose_name='published on')),
                ('revision', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason of the revision')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('recorded_at', models.DateTimeField()),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vintages', to='economy.indicator')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['period', 'revision'],
            },
        ),
        migrations.CreateModel(
            name='FirmReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='day')),
                ('revision', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason of the correction')),
                ('reported_at', models.DateTimeField()),
                ('place', models.CharField(max_length=6)),
                ('above_size', models.PositiveIntegerField(verbose_name='firms above size')),
                ('resumed', models.PositiveIntegerField(verbose_name='resumed')),
                ('on_roll', models.PositiveIntegerField(verbose_name='workers on the roll of resumed firms')),
                ('back', models.PositiveIntegerField(verbose_name='workers back')),
                ('reported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['day', 'revision'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('revision', 0), models.Q(('reason', ''), _negated=True), _connector='OR'), name='firmreport_correction_says_why'), models.UniqueConstraint(fields=('place', 'day', 'revision'), name='one_report_of_firms_a_day'), models.CheckConstraint(condition=models.Q(('resumed__lte', models.F('above_size'))), name='no_more_resume_than_there_are'), models.CheckConstraint(condition=models.Q(('back__lte', models.F('on_roll'))), name='no_more_workers_back_than_on_the_roll')],
            },
        ),
        migrations.CreateModel(
            name='FirmRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.CharField(max_length=6)),
                ('firm', models.CharField(max_length=80, verbose_name='firm')),
                ('kind', models.CharField(choices=[('workers', 'Workers'), ('credit', 'Credit'), ('logistics', 'Freight transport'), ('protection', 'Protection goods'), ('permits', 'Permits'), ('power', 'Power, heat and steam'), ('materials', 'Materials'), ('other', 'Other')], max_length=10, verbose_name='kind')),
                ('about', models.CharField(max_length=400, verbose_name='what is needed')),
                ('official', models.CharField(max_length=60, verbose_name='paired official')),
                ('filed_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=400, verbose_name='answer')),
                ('filed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_at'],
                'indexes': [models.Index(fields=['place', 'settled_at', 'due_at'], name='economy_fir_place_244e9f_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('filed_at'))), name='a_request_of_a_firm_is_due_later'), models.CheckConstraint(condition=models.Q(('official', ''), _negated=True), name='a_request_of_a_firm_names_its_official'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('settled_at', None)), models.Q(('settled_at__gte', models.F('filed_at')), ('settled_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='a_request_of_a_firm_is_settled_in_words')],
            },
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('price', 'Price'), ('stock', 'Stock')], max_length=5)),
                ('day', models.DateField()),
                ('value', models.DecimalField(decimal_places=1, max_digits=10)),
                ('limit', models.DecimalField(decimal_places=1, max_digits=10)),
                ('opened_at', models.DateTimeField()),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=400, verbose_name='what was done')),
                ('handled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('good', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='economy.good')),
            ],
            options={
                'ordering': ['-opened_at'],
                'indexes': [models.Index(fields=['kind', 'handled_at', 'opened_at'], name='economy_ale_kind_bfdd5c_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('handled_at', None)), fields=('good', 'kind'), name='one_open_alert_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('handled_at', None)), models.Q(('handled_at__gte', models.F('opened_at')), ('handled_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='an_alert_is_handled_in_words')],
            },
        ),
        migrations.CreateModel(
            name='Blocker',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('factor', models.CharField(choices=[('labour', 'Labour'), ('power', 'Power'), ('transport', 'Freight transport'), ('money', 'Money'), ('materials', 'Materials'), ('land', 'Land'), ('permits', 'Permits')], max_length=9, verbose_name='factor')),
                ('text', models.CharField(max_length=300, verbose_name='what is missing')),
                ('owner', models.CharField(max_length=20, verbose_name='answers for it')),
                ('since', models.DateField(verbose_name='since')),
                ('reported_at', models.DateTimeField()),
                ('cleared_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='how it was cleared')),
                ('cleared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blockers', to='economy.keyproject')),
            ],
            options={
                'ordering': ['since'],
                'indexes': [models.Index(fields=['cleared_at', 'since'], name='economy_blo_cleared_cfbfa1_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('owner', ''), _negated=True), name='a_blocker_has_an_owner'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('cleared_at', None)), models.Q(('cleared_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='a_blocker_is_cleared_in_words')],
            },
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='a_policy_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('document', ''), _negated=True), name='a_policy_names_its_document'),
        ),
        migrations.AddConstraint(
            model_name='policycount',
            constraint=models.CheckConstraint(condition=models.Q(('revision', 0), models.Q(('reason', ''), _negated=True), _connector='OR'), name='policycount_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='policycount',
            constraint=models.UniqueConstraint(fields=('policy', 'day', 'revision'), name='one_count_of_a_policy_a_day'),
        ),
        migrations.AddConstraint(
            model_name='policycount',
            constraint=models.CheckConstraint(condition=models.Q(('paid__lte', models.F('eligible'))), name='only_the_eligible_are_paid'),
        ),
        migrations.AddConstraint(
            model_name='pricereport',
            constraint=models.CheckConstraint(condition=models.Q(('revision', 0), models.Q(('reason', ''), _negated=True), _connector='OR'), name='pricereport_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='pricereport',
            constraint=models.UniqueConstraint(fields=('good', 'day', 'revision'), name='one_price_a_day'),
        ),
        migrations.AddConstraint(
            model_name='pricereport',
            constraint=models.CheckConstraint(condition=models.Q(('price__gt', 0)), name='a_price_is_above_nothing'),
        ),
        migrations.AddIndex(
            model_name='projectreport',
            index=models.Index(fields=['day'], name='economy_pro_day_ad02aa_idx'),
        ),
        migrations.AddConstraint(
            model_name='projectreport',
            constraint=models.CheckConstraint(condition=models.Q(('revision', 0), models.Q(('reason', ''), _negated=True), _connector='OR'), name='projectreport_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='projectreport',
            constraint=models.UniqueConstraint(fields=('project', 'day', 'revision'), name='one_report_of_a_project_a_day'),
        ),
        migrations.AddConstraint(
            model_name='projectreport',
            constraint=models.CheckConstraint(condition=models.Q(('done__lte', 100), ('planned__lte', 100)), name='a_project_is_done_at_a_hundred'),
        ),
        migrations.AddConstraint(
            model_name='projectreport',
            constraint=models.CheckConstraint(condition=models.Q(('started', True), ('done', 0), _connector='OR'), name='nothing_is_done_before_the_start'),
        ),
        migrations.AddConstraint(
            model_name='stockreport',
            constraint=models.CheckConstraint(condition=models.Q(('revision', 0), models.Q(('reason', ''), _negated=True), _connector='OR'), name='stockreport_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='stockreport',
            constraint=models.UniqueConstraint(fields=('good', 'day', 'revision'), name='one_stock_a_day'),
        ),
        migrations.AddConstraint(
            model_name='stockreport',
            constraint=models.CheckConstraint(condition=models.Q(('stock__gte', 0), ('use_a_day__gt', 0)), name='stock_and_use_can_be_divided'),
        ),
        migrations.AddConstraint(
            model_name='targetversion',
            constraint=models.UniqueConstraint(fields=('place', 'year', 'number'), name='one_version_a_number'),
        ),
        migrations.AddConstraint(
            model_name='targetversion',
            constraint=models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='targets_have_a_ground'),
        ),
        migrations.AddConstraint(
            model_name='targetversion',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('document', ''), _negated=True), _connector='OR'), name='adopted_targets_name_their_document'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('version', 'indicator'), name='one_target_a_series'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('rows', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('new'), '+', models.F('same')), '+', models.F('wrong')))), name='an_upload_of_values_adds_up'),
        ),
        migrations.AddIndex(
            model_name='vintage',
            index=models.Index(fields=['indicator', 'published_on'], name='economy_vin_indicat_7bff06_idx'),
        ),
        migrations.AddConstraint(
            model_name='vintage',
            constraint=models.UniqueConstraint(fields=('indicator', 'period', 'revision'), name='one_vintage_a_revision'),
        ),
        migrations.AddConstraint(
            model_name='vintage',
            constraint=models.CheckConstraint(condition=models.Q(('revision', 0), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_revision_says_why'),
        ),
        migrations.AddConstraint(
            model_name='vintage',
            constraint=models.CheckConstraint(condition=models.Q(('published_on__gte', models.F('period'))), name='nothing_is_published_before_its_period_ends'),
        ),
    ]
