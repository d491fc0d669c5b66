//! What goes wrong between a page and the server, and what the server refuses.

words! { "problem":
    SIGN_IN = "Sign in to go on. What you wrote on this device is kept";
    NOT_FOUND = "There is nothing here for you to see. Check the address, or go to your children";
    OFFLINE = "We cannot reach the plan right now. Your work is saved on this device and will send by itself";
    TROUBLE = "Something went wrong on our side. What you wrote is kept. If it goes on, tell your administrator this number: {number}";
    ENDED = "You can no longer open this plan, because your part in it has ended";
    NOT_YOURS = "This part of the plan isn't yours to change";
    NOT_OPEN_YET = "This plan isn't open for writing yet";
    AGREED_BEFORE = "This plan was agreed before this arrived. The words are kept beside the plan, where the team sees them";
    CLOSED_BEFORE = "This plan was closed before this arrived. The words are kept beside the plan, where the team sees them";
    VOICE_CLOSED = "This plan is finished. Your words stay here, and your next plan has room for them";
    NOT_YOUR_ACTION = "That action isn't yours, or is no longer in the plan";
    NOT_IN_TEAM = "This plan isn't open to you. If it should be, ask the social worker";
    OTHER_PHASE = "This part isn't in the plan at the child's age, so nothing is written in it now";
    TOO_NEW = "This page is newer than what your device has open. Reload it";
    OUT_OF_DATE = "Something on this page is out of date. Reload it; what you wrote is kept";

    // A problem as a page of its own, and the way on.
    TO_SIGN_IN = "Sign in";
    NO_CONNECTION = "No connection";
    NOTHING_HERE = "Nothing here";
    THERE_IS_A_PROBLEM = "There is a problem";
    TO_CHILDREN = "Go to the children";
    TO_CHILDREN_HERE = "Go to the children on this device";
    FETCHING = "Fetching the page";
    STUCK = "Stuck? Ask the virtual school of your local authority. What you write is kept on this device until it is in the plan.";
    SEE_NOT_SENT = "See what was not sent";

    /// Said by the page's early script, where the app itself stopped.
    STOPPED = "This page stopped working. It’s not your fault. What you wrote is kept.";
    OPEN_AGAIN = "Open it again";
}
