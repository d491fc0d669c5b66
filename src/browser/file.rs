//! Files that somebody chooses. Nothing of them is kept.

use crate::device::Picked;
use crate::ui::field::control;
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Reads the file that was chosen in a control.
pub async fn picked(id: String, most: f64) -> Picked {
    let Some(file) = control(&id).and_then(|control| control.files()).and_then(|files| files.get(0)) else {
        return Picked::None;
    };
    if file.size() > most {
        return Picked::TooLarge;
    }
    match JsFuture::from(file.array_buffer().unchecked_into::<js_sys::Promise>()).await {
        // The server finds out what the bytes say, so they travel as they are.
        Ok(buffer) => Picked::Bytes(Uint8Array::new(&buffer).to_vec().into_iter().map(char::from).collect()),
        Err(_) => Picked::Unreadable,
    }
}
