//! One request over plain HTTP.

use super::here;
use js_sys::{Object, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, Response};

/// Shows what opened a private document, where a picture code is set.
const PASS: &str = "x-pep-pass";

/// Makes a request, and answers its status and its bytes.
pub async fn asked(
    method: &str,
    path: &str,
    body: Option<&[u8]>,
    signal: &AbortSignal,
) -> Result<(u16, Vec<u8>), JsValue> {
    let request = RequestInit::new();
    request.set_method(method);
    if let Some(body) = body {
        request.set_body_opt_u8_array(Some(&Uint8Array::from(body)));
    }
    request.set_signal(Some(signal));
    let pass = shown();
    if !pass.is_empty() {
        let headers = Object::new();
        Reflect::set(&headers, &PASS.into(), &pass.into())?;
        request.set_headers(&headers);
    }
    let response = JsFuture::from(window().fetch_with_str_and_init(path, &request)).await?;
    let response: Response = response.unchecked_into();
    let answer = JsFuture::from(response.array_buffer()?).await?;
    Ok((response.status(), Uint8Array::new(&answer).to_vec()))
}

fn shown() -> String {
    here::with(|here| here.pass.clone()).unwrap_or_default()
}

/// What opened the private document; empty where no picture code is set.
pub async fn pass() -> String {
    super::wait_until_ready().await;
    shown()
}
