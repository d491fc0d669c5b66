//! What the plan says, and what the young person said, in type that is read across a
//! table.

use crate::domain::meeting::screen::Saying;
use crate::domain::meeting::told::{Line, Told};
use leptos::prelude::*;

/// What fields say, each under its label.
pub fn told(all: &[Told]) -> AnyView {
    let one = |told: &Told| view! { <div><dt>{told.label.clone()}</dt><dd>{lines(&told.lines)}</dd></div> }.into_any();
    let all: Vec<_> = all.iter().map(one).collect();
    view! { <dl class="told">{all}</dl> }.into_any()
}

/// Values one under the other; rows as a list.
pub fn lines(lines: &[Line]) -> AnyView {
    if let [Line { head, more }] = lines
        && more.is_empty()
    {
        return view! { <p class="words">{head.clone()}</p> }.into_any();
    }
    let line = |line: &Line| {
        let more: Vec<_> = line.more.iter().map(|(label, words)| format!("{label}: {words}")).collect();
        let more = (!more.is_empty()).then(|| view! { <span class="more">{more.join(" · ")}</span> });
        view! { <li><span class="words">{line.head.clone()}</span>{more}</li> }.into_any()
    };
    let lines: Vec<_> = lines.iter().map(line).collect();
    view! { <ul class="told-rows">{lines}</ul> }.into_any()
}

/// One answer of the young person, just as it was given.
pub fn saying(saying: &Saying) -> AnyView {
    let picked = (!saying.picked.is_empty()).then(|| view! { <p class="picked">{saying.picked.clone()}</p> });
    let words = (!saying.words.is_empty()).then(|| view! { <blockquote>{format!("“{}”", saying.words)}</blockquote> });
    let asked_back = saying.asked_back.then(|| {
        view! { <p class="soft">"They asked to take this back. Ask them before it is talked about."</p> }
    });
    view! {
        <figure class="voice-quote">
            <figcaption>{saying.asked.clone()}</figcaption>
            {picked}
            {words}
            {asked_back}
        </figure>
    }
    .into_any()
}

/// What becomes of something that the young person asked for.
pub fn request(saying: &Saying) -> AnyView {
    let asked = match (saying.words.as_str(), saying.picked.as_str()) {
        ("", picked) => picked.to_string(),
        (words, _) => format!("“{words}”"),
    };
    let answer = match &saying.reply {
        Some(reply) => view! {
            <p><span class="tag action">{reply.verdict.clone()}</span></p>
            <p class="words">{reply.why.clone()}</p>
        }
        .into_any(),
        None => view! { <p class="soft">"No reply yet"</p> }.into_any(),
    };
    view! {
        <li class="stack tight">
            <p class="soft">{saying.asked.clone()}</p>
            <blockquote class="their-words">{asked}</blockquote>
            {answer}
        </li>
    }
    .into_any()
}
