//! Photos: made small enough on the device, and without what a camera writes beside them.

use super::shelf::{Kept, State};
use super::{fresh, keep, said, soon, with};
use crate::browser::{fresh as ids, here};
use crate::device::media::Chosen;
use crate::domain::media::{LONGEST_SIDE, MOST_PHOTOS, MediaKind, PHOTO, PHOTOS, PIECE, stripped};
use crate::domain::plan::DocumentName;
use crate::sync::document::Edit;
use crate::sync::order::between;
use crate::ui::field::control;
use js_sys::{Function, Promise, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

/// How well a photo is kept, tried in this order until it is small enough.
const QUALITIES: [f64; 4] = [0.82, 0.7, 0.55, 0.4];

/// Adds the photos that were chosen in a control, each with its row.
pub async fn chosen(name: DocumentName, id: String) -> Chosen {
    let mut came = Chosen::default();
    let Some(input) = control(&id) else { return came };
    let files = input.files();
    let files: Vec<File> = files.iter().flat_map(|files| (0..files.length()).filter_map(|at| files.get(at))).collect();
    for file in files {
        if there(&name) >= MOST_PHOTOS {
            came.too_many += 1;
            continue;
        }
        match small(&file).await {
            None => came.unread += 1,
            Some(bytes) => match add(&name, bytes).await {
                true => came.added += 1,
                false => came.full += 1,
            },
        }
    }
    // The same photo may be chosen again.
    input.set_value("");
    soon();
    came
}

fn there(name: &DocumentName) -> usize {
    here::with(|here| here.replica.documents.get(name).map(|held| held.document.values().rows(PHOTOS).count()))
        .flatten()
        .unwrap_or_default()
}

/// On the disk first, then in the document: a row never names a photo that is nowhere.
async fn add(name: &DocumentName, bytes: Vec<u8>) -> bool {
    let (id, row) = (fresh(), ids::row());
    let kept = Kept {
        document: name.clone(),
        path: format!("{PHOTOS}/{row}/{PHOTO}"),
        kind: MediaKind::Photo,
        at: here::now(),
        pieces: bytes.len().div_ceil(PIECE),
        length: bytes.len(),
        state: State::Made,
    };
    if keep(&id, &kept, 0, &bytes).await.is_err() {
        return false;
    }
    let path = kept.path.clone();
    with(|hold| drop(hold.kept.insert(id.clone(), kept)));
    let order = here::with(|here| {
        let values = here.replica.documents.get(name)?.document.values();
        Some(between(values.rows(PHOTOS).last().map(|row| row.order.as_str()), None))
    });
    let order = order.flatten().unwrap_or_else(|| between(None, None));
    here::edit(name, Edit::AddRow { field: PHOTOS.into(), row, order });
    here::edit(name, Edit::Set { path, value: id.to_string() });
    said(false);
    true
}

/// The photo as a JPEG of its pixels alone, no larger than one may be.
async fn small(file: &File) -> Option<Vec<u8>> {
    let bitmap = window().create_image_bitmap_with_blob(file).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(bitmap).await.ok()?.unchecked_into();
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (f64::from(LONGEST_SIDE) / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
    let canvas = window().document()?.create_element("canvas").ok()?.unchecked_into::<HtmlCanvasElement>();
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d").ok()??.unchecked_into::<CanvasRenderingContext2d>();
    // What is see-through becomes white, not black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height).ok()?;
    bitmap.close();
    for quality in QUALITIES {
        let bytes = stripped(&jpeg(&canvas, quality).await?)?;
        if bytes.len() <= MediaKind::Photo.most() {
            return Some(bytes);
        }
    }
    None
}

async fn jpeg(canvas: &HtmlCanvasElement, quality: f64) -> Option<Vec<u8>> {
    let made = Promise::new(&mut |resolve: Function, _| {
        let _ = canvas.to_blob_with_type_and_encoder_options(&resolve, "image/jpeg", &quality.into());
    });
    let blob = JsFuture::from(made).await.ok()?.dyn_into::<Blob>().ok()?;
    let buffer = JsFuture::from(blob.array_buffer().unchecked_into::<Promise>()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
