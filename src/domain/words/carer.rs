//! The carer's pages.

words! { "carer":
    SKIP = "Skip to the page";
    MEETING_ON = "Meeting on {day}";
    FOR_PLAN = "For {name}'s plan";
    PLAN = "Plan";
    QUESTIONS = "Questions";
    AGREED = "What we agreed";
    /// Short: it has a third of a phone.
    AGREED_TAB = "Agreed";
    CHILDREN = "Children";
    NEXT_QUESTION = "Next question";
    FINISH = "Finish";
    TO_AGREED = "See what we agreed";
    NOT_STARTED = "Not started";
    SAVING = "Saving";
    ON_PHONE = "Saved on this phone";
    /// Sent by an earlier load of the page, or from elsewhere.
    IN_PLAN = "In the plan";
    NOT_SENT = "Not sent. Open to fix";
    NOT_SAVED = "Not saved. Copy your text now";
    DONE = "You're done. Thank you.";
    SENDS_ITSELF = "What you wrote sends by itself, even if you close this page and open it again later.";
    READ_BEFORE_MEETING = "{name}'s team reads this before the meeting on {day} at {time}. Change it whenever you like until then.";
    READ_BEFORE = "{name}'s team reads this before the meeting. Change it whenever you like until then.";
    NOT_TOLD = "Your answers are kept. We couldn't tell {name}'s team that you've finished: open this page again when there is signal, and press Finish.";

    NO_CHILDREN = "No plan is open to you yet. When a social worker or the virtual school adds you to a child's team, the child shows here.";
    SAY_HOW = "Say how things are at home";
    MEETING_ON_AT = "Meeting on {day} at {time}";
    OPEN_PLAN = "Open the whole plan";
    /// What school says of a child's age.
    YEAR = "Year {year}";
    RECEPTION = "Reception";
    NURSERY = "Nursery";

    NOTHING_AGREED = "Nothing is agreed yet. What the meeting agrees shows here, and opens without signal too.";
    OF_TERM = "Plan for the {term} {year}";
    AUTUMN = "autumn term";
    SPRING = "spring term";
    SUMMER = "summer term";
    NOT_SIGNED = "It isn't signed by everyone yet, so it may still change.";
    WHAT_YOU_DO = "What you do next";
    NOTHING_FOR_YOU = "No action has your name on it.";
    BY = "By {day}";
    NAME_BY = "{name}, by {day}";
    MARK_DONE = "I've done this";
    TAKE_BACK = "Not done after all";
    MARKED_HERE = "Marked on this phone. The team sees it when there is signal.";
    TEAM_SEES = "The team sees that it's done.";
    DONE_BY = "Done, says {name}";
    IS_DONE = "Done";
    AGREED_IN_MEETING = "What the meeting agreed";
    WHAT_NAME_SAID = "What {name} said";
    ONLY_SHARED = "Only what {name} chose to share with you.";
    ANSWER_WITH_WHY = "{answer}: {why}";
    WORKING_ON = "What we're working on";
    HOW = "How: {words}";
    EXTRA_HELP = "Extra help";
    OTHERS_DO = "What others do";
    NEXT_MEETING = "Next meeting";
    NO_NEXT_MEETING = "No day is set yet.";
    ADD_TO_CALENDAR = "Add to my calendar";
    IN_CALENDAR = "Education plan meeting";
    PLAN_AT = "The plan: {link}";
    CALENDAR_KEEPS_NO_NAME = "Your calendar gets the day, and no child's name.";

    INSTALL = "Put Pep on your home screen";
    INSTALL_WHY = "Some phones clear forgotten websites after 7 days, with what hasn't been sent.";
    INSTALL_NOW = "Put it there";
    INSTALL_SHARE = "Press Share at the edge of the screen.";
    INSTALL_ADD = "Choose \u{201c}Add to Home Screen\u{201d}.";
    INSTALL_NEVER = "No, don't ask again";

    NEEDS_CONNECTION = "This needs a connection";
    NOT_ON_PHONE = "This part of Pep isn't kept on your phone. Open it when there is signal";
    /// The answers to a yes or no.
    YES = "Yes";
    NO = "No";
}
