//! What a device wrote and the server would not take.

words! { "not_sent":
    TITLE = "Not sent";
    HEADING = "What was not sent";
    /// Of what is kept beside a plan that closed before it came.
    CAME_LATE = "What came too late";
    TEAM_KEEPS = "The team keeps them beside the plan. After this they are gone from this device.";
    NOTHING = "Nothing was refused. What isn’t sent yet sends by itself. When a plan doesn’t take a change, its words are kept on this page for you to copy.";
    ON_DEVICE_ONLY = "These words are on this device only. Copy what you want to keep, then discard it here.";
    THE_WORDS = "The words";
    COPY = "Copy";
    COPIED = "Copied";
    NOT_COPIED = "This browser didn’t copy it. Select the words above and copy them yourself";
    // Where the writer's part in the plan has ended.
    OFFER = "Offer these words to the teacher for this plan";
    OFFERED = "These words are now kept for the teacher for this plan. They stay here too, until you discard them.";
    DISCARD = "Discard";
    DISCARD_SURE = "Discard these words?";
    THEN_GONE = "They are on this device only. After this they are gone.";
    KEEP = "Keep them";
    DISCARD_YES = "Discard them";
    // Where the server said nothing better.
    NOT_TAKEN = "This was not taken";
    WRITTEN_AFTER = "What this was written after is not in the plan any more";
}
