//! Hiding the page, and getting help: on every screen.

words! { "safety":
    HIDE = "Hide this";
    NEED_HELP = "I need help";
    WHO_CAN_HELP = "Who can help me now?";
    TALK_TO = "Talk to the grown-up who is with you, or someone you trust.";
    ASK_TO_SEE = "You can ask to see {people}.";
    CHILDLINE = "Childline: 0800 1111";
    FREE_TO_CALL = "Free to call, any time. You don't have to say your name.";
    CALL_999 = "Call 999";
    NOT_SAFE_NOW = "If you or someone else isn't safe right now.";
    TELLS_NOBODY = "Pressing this doesn't tell anyone. Only you decide who to talk to.";
    CLOSE = "Close";
}
