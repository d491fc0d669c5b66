//! Signing in, and taking back a tablet that was handed over.

use super::inside::outside;
use super::load::{Mine, loaded};
use super::route::Place;
use crate::api::{self, Me, Problem};
use crate::ui::field::focus_on;
use crate::ui::problem::summary;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;

#[component]
pub fn SignIn() -> impl IntoView {
    let Mine(me) = expect_context();
    loaded(me, |me| {
        let heading = move || if me.get() == Me::Sitting { "Take this device back" } else { "Sign in" };
        let first = move || match me.get() {
            Me::Nobody => None,
            Me::Sitting => Some(
                "Somebody is using this device for their own pages. Sign in to take it back. What they wrote is \
                 kept for them, and you don’t see it."
                    .to_string(),
            ),
            Me::Adult { name, .. } => Some(format!("You are signed in as {name}. Sign in as someone else here.")),
        };
        let on =
            move || matches!(me.get(), Me::Adult { .. }).then(|| view! { <p><a href="/">"Go to the children"</a></p> });
        let body = view! {
            <div class="stack roomy narrow">
                <h1 id="title" tabindex="-1">{heading}</h1>
                {move || first().map(|first| view! { <p class="lead">{first}</p> })}
                {on}
                <Form/>
            </div>
        };
        outside(body.into_any())
    })
}

#[component]
fn Form() -> impl IntoView {
    let place = Place::here();
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let problems = RwSignal::new(Vec::<(String, String)>::new());
    let busy = RwSignal::new(false);
    let show = move |found: Vec<(String, String)>| {
        document().set_title("Error: Sign in - Pep");
        problems.set(found);
        focus_on("problems".into());
    };
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        // Filled in by a password manager, or before the page was alive.
        email.set(typed("email"));
        password.set(typed("password"));
        let empty = missing(&email.get_untracked(), &password.get_untracked());
        if !empty.is_empty() {
            return show(empty);
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match api::sign_in(email.get_untracked(), password.get_untracked()).await {
                Ok(_) => place.leave(&way_on(&location().search().unwrap_or_default())),
                Err(problem) => {
                    show(vec![("email".into(), refusal(&problem))]);
                    busy.set(false);
                }
            }
        });
    };
    let wrong = move |id: &'static str| {
        problems.with(|problems| problems.iter().find(|(at, _)| at == id).map(|(_, sentence)| sentence.clone()))
    };
    let list = move || problems.with(|problems| (!problems.is_empty()).then(|| summary(problems.clone())));
    view! {
        {list}
        // The address is for a press before the page is alive: nothing typed then may end in an address bar.
        <form class="stack roomy" method="post" action="/v1/sign-in" novalidate on:submit=send>
            <div class="field">
                <label for="email">"E-mail address"</label>
                <p class="problem" id="email-problem">{move || wrong("email")}</p>
                <input
                    class="box"
                    type="email"
                    id="email"
                    name="email"
                    autocomplete="username"
                    spellcheck="false"
                    aria-describedby="email-problem"
                    aria-invalid=move || wrong("email").map(|_| "true")
                />
            </div>
            <div class="field">
                <label for="password">"Password"</label>
                <p class="problem" id="password-problem">{move || wrong("password")}</p>
                <input
                    class="box"
                    type="password"
                    id="password"
                    name="password"
                    autocomplete="current-password"
                    aria-describedby="password-problem"
                    aria-invalid=move || wrong("password").map(|_| "true")
                />
            </div>
            <button type="submit" class="button" aria-busy=move || busy.get().then_some("true")>"Sign in"</button>
        </form>
        <p class="soft">"Forgotten your password? Ask the administrator at your virtual school for a new one."</p>
    }
}

fn typed(id: &str) -> String {
    crate::ui::field::control(id).map(|control| control.value()).unwrap_or_default()
}

fn missing(email: &str, password: &str) -> Vec<(String, String)> {
    let asked = [("email", email, "Enter your e-mail address"), ("password", password, "Enter your password")];
    let empty = asked.into_iter().filter(|(_, typed, _)| typed.trim().is_empty());
    empty.map(|(id, _, sentence)| (id.to_string(), sentence.to_string())).collect()
}

fn refusal(problem: &Problem) -> String {
    match problem {
        Problem::Offline => "We cannot reach Pep right now. Check the connection and try again".into(),
        other => other.sentence(),
    }
}

/// Where to go after signing in: an address of ours that the query asks for, or
/// the children. Never an address elsewhere.
fn way_on(query: &str) -> String {
    let next = query.trim_start_matches('?').split('&').find_map(|part| part.strip_prefix("next="));
    let next = next.unwrap_or_default().replace("%2F", "/").replace("%2f", "/");
    let plain = next.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-'));
    if plain && next.starts_with('/') && !next.starts_with("//") { next } else { "/".into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_the_way_leads_back_and_never_elsewhere() {
        assert_eq!(way_on("?next=/plans/7/targets"), "/plans/7/targets");
        assert_eq!(way_on("?a=b&next=%2Fnot-sent"), "/not-sent");
        for elsewhere in
            ["", "?next=//evil.example", "?next=https://evil.example", "?next=/\\evil.example", "?next=%2F%2Fevil"]
        {
            assert_eq!(way_on(elsewhere), "/", "{elsewhere}");
        }
    }

    #[test]
    fn what_is_missing_is_said_by_its_box() {
        assert_eq!(missing(" ", "x").len(), 1);
        assert_eq!(missing("", "")[1].0, "password");
    }
}
