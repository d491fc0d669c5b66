//! Choosing who sees an answer: by name, with nobody ticked, and with the exact
//! words to see before anything is shared.

use super::draw::Drawn;
use super::finish::Picked;
use super::named::known_as;
use super::record::Heard;
use super::talk::{Asked, Talk};
use crate::domain::people::{PersonId, Role, TeamMember};
use crate::domain::words::voice::PROMISE;
use crate::ui::words::say;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn ChooseWho(
    talk: Talk,
    asked: Asked,
    /// Called when the choice is made, or left.
    done: Callback<()>,
) -> impl IntoView {
    let before = untrack(|| talk.wish(asked.id)).map(|wish| wish.with).unwrap_or_default();
    let chosen = RwSignal::new(before);
    let title = NodeRef::<html::H2>::new();
    title.on_load(|title| {
        let _ = title.focus();
    });
    let answered = Memo::new(move |_| talk.is_answered(asked.id));
    let nobody = move || chosen.with(Vec::is_empty);
    let share = move |_| {
        talk.share(asked.id, chosen.get_untracked());
        done.run(());
    };
    view! {
        <section class="card sharing stack" aria-labelledby="sharing">
            <h2 id="sharing" node_ref=title tabindex="-1">"Who can see your answer?"</h2>
            {move || if answered.get() {
                view! {
                    <People talk chosen/>
                    <Preview talk asked chosen/>
                    <p class="soft">{say(PROMISE)}</p>
                    <div class="row">
                        <button type="button" class="button" disabled=nobody on:click=share>"Share"</button>
                        <button type="button" class="button quiet" on:click=move |_| done.run(())>"Not now"</button>
                    </div>
                }
                .into_any()
            } else {
                view! {
                    <p>"Answer first. Then you can choose who sees it."</p>
                    <button type="button" class="button quiet" on:click=move |_| done.run(())>"OK"</button>
                }
                .into_any()
            }}
        </section>
    }
}

/// The team by name. "Everyone at my meeting" leaves the carers out: the one at
/// home may be who the answer is about, so they are only ever ticked by name.
#[component]
fn People(talk: Talk, chosen: RwSignal<Vec<PersonId>>) -> impl IntoView {
    let (carers, others): (Vec<_>, Vec<_>) = talk.team().into_iter().partition(|member| member.role == Role::Carer);
    let everyone = StoredValue::new(others.iter().map(|member| member.id.clone()).collect::<Vec<_>>());
    let all = move || chosen.with(|chosen| everyone.with_value(|all| all.iter().all(|id| chosen.contains(id))));
    let tick_all = move |event| {
        let on = event_target_checked(&event);
        chosen.update(|chosen| {
            everyone.with_value(|all| {
                chosen.retain(|id| !all.contains(id));
                if on {
                    chosen.extend(all.iter().cloned());
                }
            });
        });
    };
    let person = move |member: TeamMember| view! { <Person member chosen/> };
    view! {
        <fieldset class="people-list">
            <legend class="visually-hidden">"Tick who can see it"</legend>
            {(others.len() > 1).then(|| view! {
                <label class="person">
                    <input type="checkbox" name="everyone" prop:checked=all on:change=tick_all/>
                    <span>
                        <b>"Everyone at my meeting"</b>
                        {(!carers.is_empty()).then_some(view! { <span class="soft">"but not the people at home"</span> })}
                    </span>
                </label>
            })}
            {others.into_iter().map(person).collect_view()}
            {carers.into_iter().map(person).collect_view()}
        </fieldset>
    }
}

#[component]
fn Person(member: TeamMember, chosen: RwSignal<Vec<PersonId>>) -> impl IntoView {
    let id = StoredValue::new(member.id);
    let ticked = move || id.with_value(|id| chosen.with(|chosen| chosen.contains(id)));
    let tick = move |event| {
        let on = event_target_checked(&event);
        chosen.update(|chosen| {
            id.with_value(|id| {
                chosen.retain(|other| other != id);
                if on {
                    chosen.push(id.clone());
                }
            });
        });
    };
    view! {
        <label class="person">
            <input type="checkbox" name="with" prop:checked=ticked on:change=tick/>
            <span>
                <b>{member.name}</b>
                <span class="soft">{known_as(member.role)}</span>
            </span>
        </label>
    }
}

/// Exactly what those who are ticked will see.
#[component]
fn Preview(talk: Talk, asked: Asked, chosen: RwSignal<Vec<PersonId>>) -> impl IntoView {
    move || {
        if chosen.with(Vec::is_empty) {
            return view! { <p class="soft">"Tick someone, and you'll see here what they will see."</p> }.into_any();
        }
        let words = move || talk.words(asked.id);
        view! {
            <div class="preview stack tight">
                <h3>{move || format!("This is what {} will see", chosen.with(|chosen| talk.names(chosen)))}</h3>
                <p class="soft">{asked.prompt}</p>
                <Picked talk asked/>
                {move || (!words().trim().is_empty()).then(|| view! { <blockquote class="their-words">{words()}</blockquote> })}
                <Drawn talk asked/>
                <Heard talk asked/>
            </div>
        }
        .into_any()
    }
}
