//! The status line, as a carer and a young person read it.

words! { "status":
    SAVING = "Saving";
    SENDING = "Sending";
    /// Carers have a phone, young people what was handed to them or is their own.
    ON_PHONE = "Saved on this phone";
    ON_DEVICE = "Saved on this device";
    NO_SIGNAL = "No signal";
    NO_SIGNAL_ONE = "No signal. 1 change will send later";
    NO_SIGNAL_SOME = "No signal. {count} changes will send later";
    NO_INTERNET = "No internet. Your words are safe here";
    /// The server commits before it answers, so what is sent is in the plan.
    SENT_AT = "Sent, {time}. In the plan";
    /// And is kept beside it.
    LATE = "Sent, but the plan was closed by then";
    SAFE_IN_PLAN = "Safe in your plan";
    NOT_SENT = "Not sent. Open to fix";
    STUCK = "Something's stuck. Ask a grown-up";
    SIGN_IN_ONE = "Sign in to send 1 change";
    SIGN_IN_SOME = "Sign in to send {count} changes";
    ASK_TO_SIGN_IN = "Ask a grown-up to sign in";
    NOT_SAVED = "Not saved. Copy your text now";
    SHOW_AN_ADULT = "Stop. Show this to an adult";
    SEND_BY = "Send by {day}: this phone may clear it";
    ASK_TO_CONNECT = "Ask a grown-up to connect this device";
    MONDAY = "Monday";
    TUESDAY = "Tuesday";
    WEDNESDAY = "Wednesday";
    THURSDAY = "Thursday";
    FRIDAY = "Friday";
    SATURDAY = "Saturday";
    SUNDAY = "Sunday";
}

/// The days of a week, from Monday.
pub const WEEK: [Word; 7] = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY];
