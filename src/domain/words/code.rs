//! The picture code, and the card that opens a young person's own page.

words! { "code":
    TAP_THREE = "Tap your three pictures";
    HELLO_TAP_THREE = "Hello {name}. Tap your three pictures";
    START_AGAIN = "Start again";
    OPEN = "Open";
    NOT_THOSE = "Not those three. Your words are safe. Try again.";
    DIDNT_WORK = "That didn't work. It's not your fault. Your words are safe.";
    NO_TRIES = "No tries left for now. Ask the grown-up who is with you to help.";
    ONE_TRY = "You have 1 try left.";
    TRIES = "You have {count} tries left.";
    /// What the server says of a code; a page says the same in its own language.
    ONE_MORE = "Those aren't your pictures. You can try one more time";
    MORE = "Those aren't your pictures. You can try {count} more times";
    HAND_OVER_AGAIN = "Those tries are used up. Ask the grown-up to hand over the tablet again. What you wrote is safe";
    TOO_OFTEN = "Too many pictures were tried. Wait 15 minutes, then try again. What you wrote is safe";
    CARD_IS_STOPPED = "Too many pictures were tried with this card, so it is stopped. Your words are safe. Ask a grown-up for a new card";
    CODE_BY_HAND = "Choose your pictures when a grown-up hands you the tablet";
    WANT_CODE = "Want a picture code?";
    WHY_CODE = "Three pictures that only you know. With them, only you can open your words again. Without them, a grown-up could look.";
    CHOOSE_CODE = "Choose a picture code";
    CHOOSE_HOW = "Tap three pictures, one by one. Keep in mind which came first.";
    SAME_AGAIN = "Now the same three again.";
    DIFFERENT = "Those were different. Choose your three again.";
    CODE_SET = "Your code is set. Keep it to yourself. If you forget it, tell the grown-up who is with you.";
    CANT_SET = "We can't set a code just now. You can try another time. Your words are safe.";
    SET_ELSEWHERE = "Your code works in other places, but not yet here. Ask a grown-up.";
    CHOSEN_SO_FAR = "Chosen so far";
    TO_CHOOSE_FROM = "Pictures to choose from";
    CAT = "Cat";
    BOAT = "Boat";
    STAR = "Star";
    TREE = "Tree";
    SUN = "Sun";
    KITE = "Kite";
    FISH = "Fish";
    BIKE = "Bike";
    MOON = "Moon";
    DRUM = "Drum";
    APPLE = "Apple";
    HOUSE = "House";

    CARD_OPENING = "Opening your space";
    CARD_TITLE = "Your card";
    CARD_STOPPED = "This card has been stopped. Your words are safe. Ask a grown-up for a new card.";
    CARD_ENDED = "This card has ended. Your words are safe. Ask a grown-up for a new card.";
    CARD_UNKNOWN = "This card doesn't open anything here. Ask the grown-up who gave it to you.";
    CARD_OFTEN = "Too many cards were tried. Wait 15 minutes, then try again.";
    CARD_GROWN_UP = "A grown-up is using this device just now. Ask them to sign out first. Then try your card again.";
    CARD_OFFLINE = "Your card needs the internet the first time on each device. Try again when there is some.";
    CARD_SCAN = "Point the camera at your card.";
    EARLIER_SHUT = "What you said before stays shut here";
    EARLIER_WHY = "Anyone could find a card. So your card can't show your words yet. Nothing is lost.";
    EARLIER_HOW = "Ask a grown-up to hand you a tablet. Then choose three pictures that only you know. After that, your card and your pictures open everything.";
    CODE_FIRST = "First choose three pictures that only you know. Then only you can open what you say here.";
    EARLIER_HERE = "Some of what you said before is still kept here. It was not sent. Only your old pictures open it.";
    OLD_PICTURES = "I know my old pictures";
    EARLIER_BACK = "What you said before is back.";
    NEW_FIRST = "New pictures are chosen first. Ask the school or the social worker to hand over the tablet for that";
    RESET_TOLD = "{first} and {second} let you choose new pictures on {day}. If you didn't want that, talk to someone you trust.";
    CLOSE_CARD = "Close my space";
    CARD_OPENS_AGAIN = "Your card and your pictures open it again.";
}
