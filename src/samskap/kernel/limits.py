"""Token buckets in the database: shared by all nodes, keyed by a hash, no address stored."""

from datetime import timedelta

from django.db import transaction

from samskap.kernel import clock, keys
from samskap.kernel.models import RateBucket


def take(purpose: str, who: str, *, capacity: int, per: timedelta) -> bool:
    """Take one token; False when the bucket is empty. It fills evenly: ``capacity`` tokens in ``per``."""
    key = keys.keyed_hash(f"limit:{purpose}", who)
    now = clock.now()
    with transaction.atomic():
        bucket = RateBucket.objects.select_for_update().filter(key=key).first()
        if bucket is None:
            fresh = RateBucket(key=key, tokens=float(capacity), updated_at=now)
            RateBucket.objects.bulk_create([fresh], ignore_conflicts=True)
            bucket = RateBucket.objects.select_for_update().get(key=key)
        gained = (now - bucket.updated_at) / per * capacity
        tokens = min(float(capacity), bucket.tokens + max(0.0, gained))
        allowed = tokens >= 1
        bucket.tokens, bucket.updated_at = tokens - 1 if allowed else tokens, now
        bucket.save()
    return allowed


def refill(purpose: str, who: str) -> None:
    """Forget earlier failures, after a success."""
    RateBucket.objects.filter(key=keys.keyed_hash(f"limit:{purpose}", who)).delete()
