//! Handing a device over, and signing out of it.

words! { "leaving":
    HAND_OVER_TO = "Hand over to {name}";
    HAND_OVER_SURE = "Hand this device to {name}?";
    HAND_OVER_SHOWS = "It then shows {name}’s own pages and nothing else. You are signed out on it.";
    HAND_OVER_NEEDS = "You need a connection to hand over. After that it works without one.";
    HAND_OVER_BACK = "When it comes back to you, sign in again to take it back.";
    HAND_OVER = "Hand over";
    UNSENT_ONE = "1 change is not sent yet. Wait until the device has a connection, then try again.";
    UNSENT_SOME = "{count} changes are not sent yet. Wait until the device has a connection, then try again.";
    HAND_OVER_OFFLINE = "Handing over needs a connection, and there is none just now.";
    SIGN_OUT = "Sign out";
    SIGN_OUT_FIRST = "Before you sign out";
    STAY = "Stay signed in";
    LOSE = "Sign out and lose them";
    LOSE_ONE = "1 change is not sent. It will be lost from this device if you sign out.";
    LOSE_SOME = "{count} changes are not sent. They will be lost from this device if you sign out.";
    HALF_TYPED = "You typed something and did not add it. It will be lost from this device if you go on. To keep it, go back to its page and add it first.";
    STILL_HERE = "You are still signed in: signing out needs a connection. Nothing is lost. Lock this device if you have to leave it.";
}
