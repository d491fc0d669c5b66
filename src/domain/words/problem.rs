//! What goes wrong between a page and the server, and what the server refuses.

words! { "problem":
    SIGN_IN = "Sign in to go on. What you wrote on this device is kept";
    NOT_FOUND = "There is nothing here for you to see. Check the address, or go to your children";
    OFFLINE = "We cannot reach the plan right now. Your work is saved on this device and will send by itself";
    TROUBLE = "Something went wrong on our side. What you wrote is kept. If it goes on, tell your administrator this number: {number}";
    ENDED = "You can no longer open this plan, because your part in it has ended";
    NOT_YOURS = "This part of the plan isn't yours to change";
    NOT_OPEN_YET = "This plan isn't open for writing yet";
    NOT_YOUR_ACTION = "That action isn't yours, or is no longer in the plan";

    /// Said by the page's early script, where the app itself stopped.
    STOPPED = "This page stopped working. It’s not your fault. What you wrote is kept.";
    OPEN_AGAIN = "Open it again";
}
