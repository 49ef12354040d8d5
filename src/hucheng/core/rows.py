"""What every stored row has in common."""

import uuid

from django.db import models


class Row(models.Model):
    """A row whose identifier may stand in a URL: 122 random bits, never counted up (INQ-37)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
