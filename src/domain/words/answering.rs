//! What stands round the answers of a form.

words! { "answering":
    CLEAR = "Clear answer";
    TOO_LONG = "This is {count} characters too long. Shorten it, or put the rest in another box";
    FAR_TOO_LONG = "That was {count} characters, and there is room for {most}. Nothing was put in: paste a part of it";
    NOT_PROVIDED = "Not provided";
    PHOTO_UNSAID = "A photo. Nothing was said about it";
    YOU = "You";
    SOMEONE_LEFT = "Someone who has left the team";

    // Two people answered the same while they were apart.
    TWO_ANSWERS = "Two answers";
    BOTH_CHANGED = "{names} both changed this while apart. Both are kept.";
    ALL_CHANGED = "{names} all changed this while apart. All are kept.";
    BOTH_STAY = "{names} answered this. {who} said that both stay as the answer.";
    ALL_STAY = "{names} answered this. {who} said that all stay as the answer.";
    KEEP_BOTH = "Keep both";
    KEEP_ALL = "Keep all";
    USE_THIS = "Use this";
}
