"""Who may read and do what with a report. ``rules.may_read`` says the same in plain words; tests hold the two together."""

from django.db.models import F, Q

from samskap.kernel.policy import NOTHING, Actor, rule
from samskap.people import api as people
from samskap.people.api import Role, School
from samskap.voice import readers
from samskap.voice.models import Channel, Receiver, Recusal, Report, SenderKind

INBOX = "voice.inbox"
READ = "voice.read"
TELL = "voice.tell"
TELL_FROM_HOME = "voice.tell_from_home"
OWN = "voice.own"
HAS_OWN = "voice.has_own"
ENTRANCE = "voice.entrance"

WORKS_AT = (Role.LEADER, Role.EMPLOYEE, Role.GROUP)


def not_recused(actor: Actor) -> Q:
    """Reports that are not about the actor."""
    return ~readers.RECUSALS.about(actor.person_id)


@rule(READ, Report)
def read(actor: Actor) -> Q:
    """The school's leaders and the colleague it was given to, while it is the school's; the owner's handlers: theirs, and
    those that nobody at the school could read today, so that none is ever without a reader.

    A report about the leadership is the owner's from the first moment (opplæringslova § 12-5 second paragraph): no school rule
    reaches it.
    """
    if actor.person_id is None:
        return NOTHING
    here = Q(receiver=Receiver.SCHOOL)
    found = here & (readers.RECUSALS.led_by(actor) | Q(holder_id=actor.person_id, school_id__in=actor.schools(*WORKS_AT)))
    if actor.owner_wide(Role.HANDLER):
        found |= Q(receiver=Receiver.OWNER) | Q(forwarded_at__isnull=False) | Q(groundless_at__isnull=False)
        found |= here & readers.RECUSALS.without_leader(receiver=Receiver.SCHOOL)
    return found & not_recused(actor)


@rule(INBOX)
def inbox(actor: Actor) -> bool:
    """Has a list of new reports: leaders and stand-ins, the owner's handlers, and who works with what they were given."""
    if actor.schools(Role.LEADER) or actor.owner_wide(Role.HANDLER):
        return True
    return actor.person_id is not None and Report.objects.filter(holder_id=actor.person_id).exists()


@rule(TELL, School)
def tell(actor: Actor) -> Q:
    """Everybody who works at the school reports (§ 12-4 second paragraph): leaders, employees, working groups, PPT."""
    return Q(pk__in=actor.schools(Role.LEADER, Role.EMPLOYEE, Role.GROUP, Role.PPT), active=True)


@rule(TELL_FROM_HOME, School)
def tell_from_home(actor: Actor) -> Q:
    """A pupil tells at the own school with name, and a guardian at the school of those for whom they may act."""
    return Q(pk__in=people.family_schools(actor.person_id)) if actor.person_id else NOTHING


FROM_HOME = Q(channel=Channel.SIGNED_IN, sender_kind__in=(SenderKind.PUPIL, SenderKind.GUARDIAN))


@rule(OWN, Report)
def own(actor: Actor) -> Q:
    """What one has told oneself, or taken down for another, wherever it lies now; as long as one has any role here.

    What one told as a pupil or guardian stays one's own for as long as one can sign in.
    """
    if actor.person_id is None:
        return NOTHING
    mine = Q(author_id=actor.person_id)
    return mine if actor.grants else mine & FROM_HOME


def closed_to_author(actor: Actor) -> Q:
    """What became closed to the actor after it was told, so that an own report must not say what became of it.

    Not what a pupil or guardian told who does not work there: a case closes its reports to everybody who is at home with a pupil,
    and they would lose their own answers by having been heard.
    """
    later = Recusal.objects.filter(person_hash=people.person_hash(actor.person_id), at__gt=F("report__received_at"))
    return Q(pk__in=later.values("report")) & (~FROM_HOME | Q(school_id__in=actor.schools(*WORKS_AT, Role.PPT)))


@rule(HAS_OWN)
def has_own(actor: Actor) -> bool:
    """Has a list of what one has told: everybody who works at a school, and those who have told from home."""
    if actor.schools(*WORKS_AT, Role.PPT):
        return True
    return actor.person_id is not None and Report.objects.filter(FROM_HOME, author_id=actor.person_id).exists()


@rule(ENTRANCE, School)
def entrance(actor: Actor) -> Q:
    """The school's public address and poster: those who work there, and the owner's people."""
    if actor.owner_wide(Role.ADVISER, Role.HANDLER, Role.ADMIN):
        return Q(active=True)
    return Q(pk__in=actor.schools(*WORKS_AT), active=True)
