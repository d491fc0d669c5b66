//! What is half typed in a form that is sent as a whole. It is kept on the device, sealed,
//! at each key, since the page may go at any moment. It comes back with the page, and who
//! signs out before it was sent is told of it.

use crate::device::{Device, HALF};
use crate::ui::field::control;
use crate::ui::form::{fill, typed};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// What is half typed in some boxes.
#[derive(Clone, Copy)]
pub struct Half {
    device: Device,
    boxes: StoredValue<Boxes>,
    /// Whether what was half typed before came back into them.
    pub back: RwSignal<bool>,
    /// Whether that is settled: until then nothing is kept over it.
    pub is_read: RwSignal<bool>,
}

struct Boxes {
    /// Under what it is kept.
    key: String,
    /// The ids of the controls, each with what it says before somebody types.
    controls: Vec<(String, String)>,
}

impl Half {
    /// Of the controls with these ids, each with what it says at first, under a name that
    /// no other form of this person has. What was half typed before comes back into them.
    pub fn of(name: &str, controls: impl IntoIterator<Item = (String, String)>) -> Self {
        let boxes = Boxes { key: format!("{HALF}/{name}"), controls: controls.into_iter().collect() };
        let half = Self {
            device: Device::here(),
            boxes: StoredValue::new(boxes),
            back: RwSignal::new(false),
            is_read: RwSignal::new(false),
        };
        Effect::new(move |_| spawn_local(half.bring_back()));
        half
    }

    /// The same, of controls that say nothing at first.
    pub fn of_empty<const MANY: usize>(name: &str, ids: [&str; MANY]) -> Self {
        Self::of(name, ids.map(|id| (id.to_string(), String::new())))
    }

    /// Keeps what stands in the boxes now.
    pub fn keep(self) {
        if self.is_read.get_untracked() {
            self.boxes.with_value(|boxes| boxes.keep(self.device));
        }
    }

    /// Sends it: once that is done nothing of it is half typed.
    pub async fn until<T, E>(self, sent: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        // The page may be gone when it is done.
        let key = self.boxes.try_with_value(|boxes| boxes.key.clone());
        let done = sent.await?;
        // What was half typed before and isn't back yet was not in what was sent.
        let is_read = self.is_read.try_get_untracked() != Some(false);
        if let (Some(key), true) = (key, is_read) {
            self.device.keep(&key, "");
        }
        self.boxes.try_update_value(|boxes| {
            boxes.controls.iter_mut().for_each(|(id, first)| *first = typed(id));
        });
        Ok(done)
    }

    /// Puts back what was half typed before. What somebody typed meanwhile follows it.
    async fn bring_back(self) {
        let Some(kept) = self.boxes.try_with_value(|boxes| self.device.kept(&boxes.key)) else { return };
        let kept: Vec<String> = kept.await.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let is_back = self.boxes.try_update_value(|boxes| {
            let is_of_these = boxes.controls.len() == kept.len() && !boxes.are_of_another();
            if is_of_these {
                for ((id, first), half) in boxes.controls.iter().zip(&kept) {
                    bring_back(id, first, half);
                    open_around(id);
                }
            }
            self.is_read.set(true);
            if !boxes.are_as_at_first() {
                boxes.keep(self.device);
            }
            is_of_these
        });
        if is_back == Some(true) {
            self.back.set(true);
        }
    }
}

impl Boxes {
    fn keep(&self, device: Device) {
        let text = if self.are_as_at_first() { String::new() } else { self.written() };
        device.keep(&self.key, &text);
    }

    fn are_as_at_first(&self) -> bool {
        self.controls.iter().all(|(id, first)| typed(id) == *first)
    }

    /// Whether somebody said meanwhile of what the boxes are: a control that nobody sees has
    /// that, and what was half typed before is of something else.
    fn are_of_another(&self) -> bool {
        self.controls.iter().any(|(id, first)| is_of_type(id, &["hidden"]) && typed(id) != *first)
    }

    fn written(&self) -> String {
        let said: Vec<String> = self.controls.iter().map(|(id, _)| typed(id)).collect();
        serde_json::to_string(&said).unwrap_or_default()
    }
}

/// Words that are in the box again already, such as by the browser's own doing, aren't put there twice.
fn bring_back(id: &str, first: &str, half: &str) {
    let now = typed(id);
    if now == first {
        fill(id, half);
    } else if half != first
        && !now.starts_with(half)
        && is_of_type(id, &["text", "textarea"])
        && control(id).is_some_and(|control| control.get_attribute("inputmode").is_none_or(|keys| keys == "text"))
    {
        fill(id, &format!("{half} {now}"));
    }
}

fn is_of_type(id: &str, types: &[&str]) -> bool {
    control(id).is_some_and(|control| types.contains(&control.type_().as_str()))
}

fn open_around(id: &str) {
    let control = document().get_element_by_id(id);
    if let Some(around) = control.and_then(|control| control.closest("details").ok().flatten()) {
        let _ = around.set_attribute("open", "");
    }
}
