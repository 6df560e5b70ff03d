"""What a safety rule can make happen, and the facts that it can look at: closed lists."""

from enum import StrEnum


class Effect(StrEnum):
    """What happens. Whoever shows a page asks for each of these, or the rule is not kept."""

    SHOW_HELP_LINK = "show_help_link"
    REFUSE_TO_START = "refuse_to_start"
    SHOW_HELP_PAGE = "show_help_page"
    SAVE_CHECK_IN = "save_check_in"
    SAY_NOBODY_WATCHES = "say_nobody_watches"
    NOTIFY_INBOX = "notify_inbox"
    SAY_MESSAGE_SENT = "say_message_sent"
    SAY_NOBODY_REACHED = "say_nobody_reached"
    SHOW_WHEN_SEEN = "show_when_seen"
    SHOW_FIRST_IN_LIST = "show_first_in_list"
    OFFER_CLINIC_NUMBER = "offer_clinic_number"
    REFUSE_QUESTIONNAIRE = "refuse_questionnaire"
    LIST_FOR_ATTENTION = "list_for_attention"
    TELL_TO_ASK_IN_PERSON = "tell_to_ask_in_person"
    SAY_NOBODY_READS = "say_nobody_reads"
    ADD_HELP_PAGE = "add_help_page"
    USE_SHORT_MODE = "use_short_mode"
    MEET_REMOTELY = "meet_remotely"
    SHOW_LOW_STIMULUS = "show_low_stimulus"
    SET_UP_SUPPORTER = "set_up_supporter"
    ASK_FOOD_AND_FLUID = "ask_food_and_fluid"
    SHOW_WARNING_SIGNS = "show_warning_signs"
    SHOW_SAFEGUARDING = "show_safeguarding"
    OFFER_TO_ANSWER_ALONE = "offer_to_answer_alone"
    OFFER_TO_CUT_PROXY = "offer_to_cut_proxy"
    REMIND_OF_MISTAKES = "remind_of_mistakes"
    HIDE_FROM_PROXY = "hide_from_proxy"
    REFUSE_CHILDREN = "refuse_children"
    REFUSE_TEXT = "refuse_text"
    OFFER_STOP_AND_DELETE = "offer_stop_and_delete"
    SHOW_HOW_TO_RECEIVE = "show_how_to_receive"
    LOG_HARM = "log_harm"
    COUNT_FOR_HALT_RULE = "count_for_halt_rule"


FACTS: dict[str, tuple[str, ...]] = {
    "server": ("production", "demo"),
    "country_pack": ("named", "missing"),
    "page": ("question", "card", "gap", "help", "red_flags", "other"),
    "place": ("practice", "research"),
    "help_wanted": ("no", "next_days", "now"),
    "inbox": ("named", "not_named"),
    "message": ("sent", "not_sent"),
    "asks_about_self_harm": ("yes", "no"),
    "self_harm_answer": ("zero", "above_zero"),
    "card": ("1", "2", "3", "4", "5", "6"),
    "free_text": ("shown", "not_shown"),
    "word_listed": ("yes", "no"),
    "level": ("0", "1", "2", "3", "4"),
    "called_severe": ("yes", "no"),
    "harm_concern": ("none", "person", "practitioner"),
    "reader": ("person", "practitioner", "proxy"),
    "age": ("adult", "child"),
    "text": ("clean", "banned_term"),
    "gap_shown_to": ("person", "practitioner"),
    "made_worse": ("yes", "no"),
    "in_study": ("yes", "no"),
}
"""Each fact of a moment with its values. `level` is C1x: 3 is in bed most of the day. `inbox` is
whether the clinic named an address for messages, `message` whether one was handed over to it."""

HELP_WANTED = {0: "no", 1: "next_days", 2: "now"}
"""The answers to S0 as values of the fact `help_wanted`."""
