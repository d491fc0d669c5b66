//! Sharing, taking back, finishing, and what a young person's words come to.

words! { "influence":
    // Who can see an answer.
    ONLY_YOU = "Only you can see this";
    SHARED_WITH = "Shared with {names}";
    SEEN_ONCE_SENT = "{names} can see this once it's sent";
    YOU_ASKED_BACK = "You asked to take this back";
    CHANGED_SINCE = "You changed this after sharing. Share the new words?";
    JUST_AS_SAID = "They see your words just as you said them.";
    TAKEN_BACK = "You took it back. It closes for the others once that is sent, if your meeting hasn't begun by then.";
    ASKED_ONCE_SENT = "Your meeting has begun, so they are asked first. They see that you asked once this is sent.";
    STILL_SEEN = "{names} can still see it, and can see that you asked. They can hide it.";
    OLD_STILL_SEEN = "You asked {names} to give back what you said before.";
    HIDDEN_BY = "{who} hid it on {day}. Nobody else can see it now.";
    YOU_CHOOSE = "You choose if anyone else does, now or later.";
    CHOOSE_WHO = "Choose who";
    CHANGE_WHO = "Change who";
    SHARE_NEW = "Share the new words";
    TAKE_BACK = "Take it back";
    ASK_BACK = "Ask to take it back";

    // Choosing who.
    WHO_CAN_SEE = "Who can see your answer?";
    SHARE = "Share";
    NOT_NOW = "Not now";
    ANSWER_FIRST = "Answer first. Then you can choose who sees it.";
    OK = "OK";
    TICK_WHO = "Tick who can see it";
    EVERYONE = "Everyone at my meeting";
    NOT_AT_HOME = "but not the people at home";
    TICK_SOMEONE = "Tick someone, and you'll see here what they will see.";
    WILL_SEE = "This is what {name} will see";
    LOOK_AS = "See it as";

    // Who helped and who typed.
    THEIR_NAME = "Who was it? Their name";
    THEIR_NAME_HINT = "You can leave this out.";
    TYPED_FOR_ME = "Someone typed this for me";
    WHO_TYPED = "Who typed it?";
    WHO_TYPED_HINT = "Their name. People who see your words see this too.";
    IS_IT_RIGHT = "Is this what you said?";
    CHECKED = "Yes, I checked";
    NOT_CHECKED = "Not yet";
    /// Read by adults too, beside an answer.
    WHO_HELPED = "Who helped: {who}";
    TYPED = "Typed by {who}. {name} hasn't checked it yet";
    TYPED_AND_CHECKED = "Typed by {who}, checked by {name}";

    // What they said last time.
    LAST_TIME = "What I said last time";
    LAST_TIME_HINT = "Only to look at. You can say something new.";

    // You said, we did.
    WE_DID = "You said, we did";
    WE_DID_LEAD = "Here is what came of what you asked for.";
    YOU_SAID = "You said";
    LAST_MEETING = "for your last plan";
    YES_WE_WILL = "Yes, we will";
    PARTLY = "Partly";
    NOT_THIS_TIME = "Not this time";
    DECIDED = "{who} decided this on {day}.";
    /// Between a reply in their language and the same as it was given.
    IN_YOURS = "{who} put this in your language. It was first said like this:";
    BY_WHEN = "It will happen by {day}.";
    IS_THAT_OK = "Is that OK with you?";
    OK_WITH_ME = "OK with me";
    NOT_OK = "Not OK with me";
    NOT_SURE = "I'm not sure";
    SAY_MORE_BACK = "Do you want to say why?";
    GOES_TO = "This goes to {names}.";
    SEND = "Send it";
    YOU_ANSWERED = "You said: {what}";
    HAS_GONE = "{names} can read this now.";
    GOES_ONCE_SENT = "{names} can read this once it's sent.";
    SAY_IT_AGAIN = "Say something else";
    SEE_WE_DID = "See what came of it";
    READ_REPLY = "Read this reply aloud";

    // The plan that was made.
    MY_PLAN = "Your plan";
    MY_PLAN_LEAD = "This is what was agreed for you. You can say how you find it.";
    MY_LAST_PLAN_LEAD = "This is what was agreed for you last time. You can say how you find it.";
    WE_AGREED = "What we agreed";
    WORKING_ON = "What you're working on";
    HELP_WITH_IT = "The help you get: {help}";
    WITH = "With {who}";
    BY = "By {day}";
    WHO_DOES_WHAT = "Who does what";
    DONE = "Done";
    NOTHING_YET = "Nothing is written here yet. You can ask the grown-up who is with you.";
    I_HAVE_SEEN = "I have seen my plan. How is it?";
    AGREE = "I agree";
    PARTLY_AGREE = "Partly";
    DONT_AGREE = "I don't agree";
    SAY_MORE_PLAN = "Do you want to say more?";
    SEE_MY_PLAN = "See your plan";
    READ_PART = "Read this part aloud";

    // The last screen.
    FINISHED = "You've finished";
    FINISHED_ALOUD = "You've finished. Here is what you said, and who can see it.";
    THANK_YOU = "Thank you for telling it your way. What you say matters here.";
    SAID_NOTHING = "You didn't answer anything this time. That's fine.";
    WHAT_YOU_SAID = "What you said";
    CHANGE = "Change";
    NEXT_STEPS = "What happens next";
    MEETING_ON = "Your meeting is on {day} at {time}.";
    MEETING_AT = "Your meeting is on {day} at {time}, {place}.";
    NO_MEETING = "The day of your meeting isn't set yet. Ask the grown-up who is with you.";
    BEFORE_MEETING = "Whoever you shared with can read those words before your meeting. You can still change them, or take them back.";
    WHO_HELPS = "The people who help with your plan:";
}
