//! Something that is the server's to decide: asked once at a time, and said when it
//! didn't work.

use crate::api::Problem;
use crate::device::Device;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;

/// What the buttons beside each other share.
#[derive(Clone, Copy)]
pub struct Deciding {
    device: Device,
    busy: RwSignal<bool>,
    pub trouble: RwSignal<Option<String>>,
    /// What a person hears when the server didn't do it.
    refusal: fn(&Problem) -> String,
}

impl Deciding {
    pub fn here(refusal: fn(&Problem) -> String) -> Self {
        Self { device: Device::here(), busy: RwSignal::new(false), trouble: RwSignal::new(None), refusal }
    }

    /// Asks the server. When it is done the page is fetched again.
    pub fn send(self, asked: impl Future<Output = Result<(), Problem>> + 'static, done: impl FnOnce() + 'static) {
        self.sent(Box::pin(asked), Box::new(done));
    }

    fn sent(self, asked: Pin<Box<dyn Future<Output = Result<(), Problem>>>>, done: Box<dyn FnOnce()>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            match asked.await {
                Ok(()) => {
                    done();
                    self.device.news.update(|news| *news += 1);
                }
                Err(problem) => self.trouble.set(Some((self.refusal)(&problem))),
            }
            self.busy.set(false);
        });
    }

    /// For `aria-busy` of what sends.
    pub fn is_busy(self) -> Option<&'static str> {
        self.busy.get().then_some("true")
    }

    /// A button that does something at once; `about` tells it from others with the same
    /// words, for someone who doesn't see what it stands beside.
    pub fn button(
        self,
        words: &'static str,
        about: Option<String>,
        class: &'static str,
        press: impl Fn() + 'static,
    ) -> AnyView {
        self.pressed(words, about, class, Box::new(press))
    }

    fn pressed(self, words: &'static str, about: Option<String>, class: &'static str, press: Box<dyn Fn()>) -> AnyView {
        view! {
            <button type="button" class=class aria-busy=move || self.is_busy() on:click=move |_| press()>
                {words}
                {about.map(|about| view! { <span class="visually-hidden">{format!(": {about}")}</span> })}
            </button>
        }
        .into_any()
    }
}
