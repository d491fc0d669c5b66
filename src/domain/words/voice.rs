//! The young person's own page: what stands round every screen, the first one, the
//! questions, and stopping.

words! { "voice":
    START = "Start";
    NEXT = "Next";
    FINISH = "Finish";
    BACK = "Back";
    CARRY_ON = "Carry on";
    STOP = "Stop for now";
    QUESTION_OF = "Question {number} of {count}";
    READ_ALOUD = "Read this aloud";
    /// Two names, or several and the last one.
    AND = "{most} and {last}";
    OR = "{most} or {last}";
    NOBODY = "nobody";

    HELLO = "Hello {name}";
    YOUR_SPACE = "This is your space. Say how school is for you.";
    HOW_ANSWER = "Answer what you want. You can skip anything.";
    HOW_PRIVATE = "Only you see an answer, until you choose who else can.";
    HOW_KEPT = "Your words are kept as you go. Stop when you like.";
    HOW_HIDE = "“Hide this” shows another page, fast. So does Shift three times. The browser still knows you were here.";
    OUR_PROMISE = "Our promise";
    READ_PROMISE = "Read our promise aloud";
    /// Said before the first question, by Share, and where they answer back. Whoever asks a child to
    /// speak must not promise a secret that they can't keep.
    PROMISE = "We share what you choose. If you tell us someone is hurting you or you're not safe, we have to tell someone who can help. We'll try to talk to you first.";

    YOUR_WORDS = "Your words";
    SAY_MORE = "Want to say more?";
    WRITE_IT = "Write it";
    SOMEONE_WRITES = "Someone can write for you, just as you say it.";
    YOUR_WAY = "Write it your way. Nobody changes your words.";
    READ_MINE = "Read my words aloud";
    SAY_AND_WRITE = "Say it and I'll write it";
    LISTENING = "I'm listening. Press again to stop.";
    STAYS_HERE = "What you say stays on this device.";
    NOT_HEARD = "I couldn't hear that. You can try again.";

    SORT_HOW = "Tap a card. Then tap a pile.";
    SORT_HELD = "Now tap a pile for {card}.";
    SORT_PUT = "{card} is in the pile {pile}.";
    SORT_BACK = "{card} is back with the cards.";
    SORT_RETURN = "Put it back";
    SORT_CARDS = "Cards to sort";
    SORT_EMPTY = "Nothing here yet";
    SORT_DONE = "Every card is in a pile. You can still move them.";

    STOPPED = "You can stop now";
    ANOTHER_DAY = "You can carry on another day, from the same place.";
    NOT_KEPT = "Wait. This device couldn't keep your last words. Show this to the grown-up who is with you.";
    BEING_SAVED = "Your words are being saved.";
    SAVED = "Your words are saved just as you said them.";
    GIVE_BACK = "Give the tablet back";
    GROWN_UP_SIGNS_IN = "The grown-up signs in again. They can't see what you didn't share.";

    ALL_CLOSED = "All closed";
    NOT_YOURS_NOW = "This page is closed just now. Ask a grown-up to open it.";
    NOT_OPEN_NOW = "We can't open this now";
    NOT_YOUR_FAULT = "That didn't work. It's not your fault. Ask the grown-up who is with you.";
    TRY_AGAIN = "Try again";
    GROWN_UP_SIGN_IN = "For the grown-up: sign in";

    /// What their roles are called is as good for a young person.
    KNOWN_CARER = "carer";
    KNOWN_SOCIAL_WORKER = "social worker";
    KNOWN_TEACHER = "the teacher for your plan";
    KNOWN_VIRTUAL_SCHOOL = "makes sure school helps you";
}
