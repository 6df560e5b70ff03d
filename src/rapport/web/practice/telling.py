"""Telling a clinic that somebody asks for help now, where it named an address for that.

The message names nobody and holds no answer, no link and nothing that leads to anybody: only that
somebody of the clinic asks to be called, and to open Rapport. Whether it was handed over to the
mail server is all that is known, and all that the person is told: nobody is said to watch.
"""

import datetime
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from enum import StrEnum

from django.conf import settings
from django.core.mail import EmailMessage

from rapport.practice.records.check_ins import CheckIn
from rapport.practice.safety.effects import Effect
from rapport.practice.safety.rules import Moment
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import clinics, trail
from rapport.web.safe import moment, wish

SUBJECT = "Rapport: somebody asks to be called"
TRY_OUT = "This is a trial of Rapport. Nobody asks for help. Your address works."
_NO_NAME = "This message names nobody on purpose. Nobody reads an answer to it."
LONGEST_WAIT = 4.0
"""Seconds that the person waits for the mail server, at most: the page of help comes first."""
MOST_A_DAY = 6
"""Messages because of one person in a day: a press that is repeated fills nobody's inbox."""
_DAY = datetime.timedelta(days=1)
_senders = ThreadPoolExecutor(max_workers=4, thread_name_prefix="mail")


class Step(StrEnum):
    """What the person did. Each of them is told once for a check-in."""

    ANSWERED = "answered"
    SENT = "sent"


def asked(who: Viewer, patient: str, name: str, check_in: CheckIn) -> Moment:
    """The moment of a check-in with all that is known of a message about it."""
    if not wish(check_in).has(Effect.SHOW_HELP_PAGE):
        return wish(check_in)
    if not inbox_of(who):
        return wish(check_in, inbox="not_named")
    told = [each for each in trail.messages(who, patient) if each.check_in == name]
    is_sent = bool(told) and told[0].is_sent
    return wish(check_in, inbox="named", message="sent" if is_sent else "not_sent")


def tell(
    who: Viewer, patient: str, name: str, check_in: CheckIn, step: Step, at: datetime.datetime
) -> None:
    """Tell the clinic, where a rule says so, and keep in the audit whether it could be done."""
    address = inbox_of(who)
    if not address or not wish(check_in, inbox="named").has(Effect.NOTIFY_INBOX):
        return
    known = trail.messages(who, patient)
    if any((each.check_in, each.step, each.is_sent) == (name, step, True) for each in known):
        return
    is_quiet = sum(each.at > at - _DAY for each in known) < MOST_A_DAY
    is_sent = is_quiet and handed_over(address, _text())
    trail.keep_message(who, patient, name, step=step, is_sent=is_sent, at=at)


def inbox_of(who: Viewer) -> str:
    """The address that the viewer's clinic named; empty where none is, or no mail is sent here."""
    return clinics.of(who).inbox if settings.HAS_MAIL else ""


def handed_over(address: str, text: str) -> bool:
    """Whether the mail server took a message, as far as is known in time."""
    sending: Future[int] = _senders.submit(_send, address, text)
    try:
        return sending.result(timeout=LONGEST_WAIT) == 1
    except TooLate:
        sending.cancel()
    except (OSError, ValueError):  # every refusal of a mail server, and every fault on the way
        pass
    return False


def _text() -> str:
    told = moment(help_wanted="now", inbox="named").practitioner(Effect.NOTIFY_INBOX)
    return "\n\n".join((*told, _NO_NAME))


def _send(address: str, text: str) -> int:
    return EmailMessage(SUBJECT, text, to=[address]).send()
