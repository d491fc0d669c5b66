//! The young person's own page.

words! { "voice":
    START = "Start";
    NEXT = "Next";
    FINISH = "Finish";
    BACK = "Back";
    CARRY_ON = "Carry on";
    STOP = "Stop for now";
    QUESTION_OF = "Question {number} of {count}";
}
