//! What pages keep on this device beside documents: sealed, each under its key, in the
//! drawer of whoever is here.

use super::{here, later, storage, wait_until_ready};
use crate::device::{HALF, Later, UNTOLD};
use leptos::task::spawn_local;

/// Keeps a text; at once, or once the drawers are open.
pub fn keep(key: String, text: String) {
    let put = here::with(|here| {
        let sealed = here.vault.as_ref()?.seal(text.as_bytes());
        Some(storage::Put { drawer: storage::KEPT, key: format!("{}/{key}", here.holder), bytes: Some(sealed) })
    });
    if let Some(Some(put)) = put {
        spawn_local(async move {
            let _ = storage::write(vec![put]).await;
        });
    } else {
        // The drawers are still being opened: kept once they are.
        spawn_local(async move {
            wait_until_ready().await;
            if here::with(|here| here.vault.is_some()) == Some(true) {
                keep(key, text);
            }
        });
    }
}

/// The text under a key, if there is one that this device can open.
pub fn kept(key: String) -> Later<Option<String>> {
    later(async move {
        wait_until_ready().await;
        let (holder, vault) = here::with(|here| Some((here.holder.clone(), here.vault.clone()?)))??;
        let sealed = storage::read(storage::KEPT, &format!("{holder}/{key}")).await?;
        String::from_utf8(vault.open(&sealed)?).ok()
    })
}

/// The texts under keys that begin so.
pub async fn kept_texts(place: &str) -> Vec<String> {
    wait_until_ready().await;
    kept_under(place).await.into_iter().filter_map(|text| String::from_utf8(text).ok()).collect()
}

/// What is kept on this device under keys that begin so.
async fn kept_under(place: &str) -> Vec<Vec<u8>> {
    let drawers = here::with(|here| Some((here.holder.clone(), here.vault.clone()?))).flatten();
    let Some((holder, vault)) = drawers else { return Vec::new() };
    let all = storage::read_all(storage::KEPT, &format!("{holder}/{place}")).await.unwrap_or_default();
    all.iter().filter_map(|(_, sealed)| vault.open(sealed)).collect()
}

/// How much of what was said beside documents waits on this device to be told.
pub async fn untold() -> usize {
    // Each of a list is a list that begins with an id: where they begin is counted.
    let many = |list: &Vec<u8>| list.windows(2).filter(|two| two == b"[\"").count();
    kept_under(UNTOLD).await.iter().map(many).sum()
}

/// Whether something was typed and not added. Of boxes that stand empty a text is kept as
/// well, or a list of them.
pub async fn is_half_typed() -> bool {
    let is_typed = |text: &Vec<u8>| text.iter().any(|letter| !b"[\",] \n".contains(letter));
    kept_under(HALF).await.iter().any(is_typed)
}
