//! How My voice looks: what can be chosen, and the words that show it.

words! { "looks":
    HOW_IT_LOOKS = "How it looks";
    CHANGE_ANY_TIME = "Choose what feels right. You can change it any time.";
    DONE = "Back to where I was";
    EXAMPLE = "Here is how words look.";
    QUESTIONS = "How would you like the questions?";
    LOOK_PICTURES = "Pictures";
    LOOK_BOTH = "Pictures and words";
    LOOK_WORDS = "Words";
    COLOURS = "Colours";
    SIZE = "How big are the words?";
    SPACING = "Space between words";
    FONT = "Shape of the letters";
    FONT_COMES = "A new shape may take a moment to come.";
    MORE = "More choices";
    STILL = "Keep still";
    STILL_MEANS = "Nothing moves on the page.";
    SYMBOLS = "Symbols beside words";
    SYMBOLS_MEANS = "A small picture next to words.";
    TOUCH = "Say things when I touch them";
    TOUCH_MEANS = "A picture says its name when you tap it.";
}
