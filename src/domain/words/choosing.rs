//! Choosing a language.

words! { "choosing":
    LANGUAGE = "Language";
    /// In every language but those that somebody who grew up with it has checked.
    NOT_CHECKED = "Nobody who grew up with this language has checked these words yet. Some may sound odd. Ask if something isn't clear.";
    COMING = "One moment. The words are coming.";
    NOT_COME = "This language needs internet once. Your words are safe. Try again when there is internet.";
    /// Of a part of a page whose code comes behind the page.
    PART_NOT_COME = "This part needs internet once. Your words are safe. Try again when there is internet.";
}
