//! Keys. Everything kept on the device is sealed with a data key of its holder's.
//! The data key is wrapped by a WebCrypto key that can't be taken out of the
//! browser, and, where a young person chose a picture code, by that code as well.
//! Destroying the wrapped key makes all that it sealed unreadable.

use super::storage;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, SubtleCrypto};

/// A holder's open data key.
#[derive(Clone)]
pub struct Vault {
    key: [u8; 32],
}

/// What is kept of a vault: a key that can't be read, and the wrapped data key.
struct Lock {
    wrapping: CryptoKey,
    wrapped: Vec<u8>,
    /// With a picture code: its salt, and the wrong tries so far.
    code: Option<(Vec<u8>, u32)>,
}

/// What a holder's vault needs to open.
pub enum Found {
    Open(Vault),
    /// A picture code.
    Coded,
}

const NONCE: usize = 24;
const IV: usize = 12;
/// Wrong picture codes after which only the server can say that one is right.
pub const TRIES: u32 = 5;
/// OWASP's figure for PBKDF2 with SHA-256, of 2023.
const ROUNDS: u32 = 600_000;

/// Random bytes from the browser.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Ok(crypto) = crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

impl Vault {
    pub fn seal(&self, plain: &[u8]) -> Vec<u8> {
        let nonce = random::<NONCE>();
        let cipher = XChaCha20Poly1305::new(&Key::from(self.key));
        let sealed = cipher.encrypt(&XNonce::from(nonce), plain).unwrap_or_default();
        [nonce.as_slice(), &sealed].concat()
    }

    pub fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        XChaCha20Poly1305::new(&Key::from(self.key)).decrypt(&XNonce::from(nonce), sealed).ok()
    }

    /// A vault that ends with the page, where nothing can be kept.
    pub fn of_this_page() -> Self {
        Self { key: random() }
    }

    /// The holder's vault, made where there is none.
    pub async fn find(holder: &str) -> Result<Found, JsValue> {
        let Some(lock) = Lock::read(holder).await? else {
            let vault = Vault { key: random() };
            vault.lock(holder, None).await?;
            return Ok(Found::Open(vault));
        };
        if lock.code.is_some() {
            return Ok(Found::Coded);
        }
        let key = decrypt(&lock.wrapping, &lock.wrapped).await?;
        Ok(Found::Open(Vault { key: to_key(key)? }))
    }

    /// Opens a vault with a picture code. `sure` says that the server has found
    /// the code right, so tries aren't counted.
    pub async fn open_coded(holder: &str, code: &str, sure: bool) -> Result<Option<Vault>, JsValue> {
        let Some(mut lock) = Lock::read(holder).await? else { return Ok(None) };
        let Some((salt, tries)) = lock.code.clone() else { return Ok(None) };
        if tries >= TRIES && !sure {
            return Ok(None);
        }
        let inner = decrypt(&lock.wrapping, &lock.wrapped).await?;
        let coded = code_key(code, &salt).await?;
        match decrypt(&coded, &inner).await {
            Ok(key) => {
                lock.code = Some((salt, 0));
                lock.write(holder).await?;
                Ok(Some(Vault { key: to_key(key)? }))
            }
            Err(_) => {
                lock.code = Some((salt, tries + 1));
                lock.write(holder).await?;
                Ok(None)
            }
        }
    }

    /// Begins anew where the server takes a code with which the vault doesn't open: another
    /// was chosen since. What the old one sealed stays, with its lock beside the new one.
    pub async fn begin_anew(holder: &str) -> Result<Vault, JsValue> {
        if let Some(lock) = Lock::read(holder).await? {
            lock.write(&format!("{holder}/before-{}", u64::from_le_bytes(random()))).await?;
        }
        let vault = Vault { key: random() };
        vault.lock(holder, None).await?;
        Ok(vault)
    }

    /// How many wrong picture codes a vault takes yet.
    pub async fn tries_left(holder: &str) -> u32 {
        let lock = Lock::read(holder).await.ok().flatten();
        lock.and_then(|lock| lock.code).map_or(0, |(_, tries)| TRIES.saturating_sub(tries))
    }

    /// Locks the data key away, with a picture code or without.
    pub async fn lock(&self, holder: &str, code: Option<&str>) -> Result<(), JsValue> {
        let wrapping = new_wrapping_key().await?;
        let (inner, code) = match code {
            None => (self.key.to_vec(), None),
            Some(code) => {
                let salt = random::<16>().to_vec();
                (encrypt(&code_key(code, &salt).await?, &self.key).await?, Some((salt, 0)))
            }
        };
        let wrapped = encrypt(&wrapping, &inner).await?;
        Lock { wrapping, wrapped, code }.write(holder).await
    }
}

impl Lock {
    async fn read(holder: &str) -> Result<Option<Self>, JsValue> {
        let record = storage::read_value(storage::KEYS, &format!("{holder}/lock")).await?;
        if record.is_undefined() {
            return Ok(None);
        }
        let bytes = |name: &str| Reflect::get(&record, &name.into())?.dyn_into::<Uint8Array>();
        let salt = bytes("salt").ok().map(|salt| salt.to_vec());
        let tries = Reflect::get(&record, &"tries".into())?.as_f64().unwrap_or_default() as u32;
        Ok(Some(Self {
            wrapping: Reflect::get(&record, &"wrapping".into())?.dyn_into()?,
            wrapped: bytes("wrapped")?.to_vec(),
            code: salt.map(|salt| (salt, tries)),
        }))
    }

    async fn write(&self, holder: &str) -> Result<(), JsValue> {
        let record = Object::new();
        Reflect::set(&record, &"wrapping".into(), &self.wrapping)?;
        Reflect::set(&record, &"wrapped".into(), &Uint8Array::from(self.wrapped.as_slice()))?;
        if let Some((salt, tries)) = &self.code {
            Reflect::set(&record, &"salt".into(), &Uint8Array::from(salt.as_slice()))?;
            Reflect::set(&record, &"tries".into(), &JsValue::from(*tries))?;
        }
        storage::write_value(storage::KEYS, &format!("{holder}/lock"), &record).await
    }
}

fn to_key(bytes: Vec<u8>) -> Result<[u8; 32], JsValue> {
    bytes.try_into().map_err(|_| "a key of the wrong length".into())
}

fn crypto() -> Result<Crypto, JsValue> {
    web_sys::window().ok_or("no window")?.crypto()
}

fn subtle() -> Result<SubtleCrypto, JsValue> {
    Ok(crypto()?.subtle())
}

fn usages(names: &[&str]) -> Array {
    names.iter().map(|name| JsValue::from_str(name)).collect()
}

/// Describes an algorithm to WebCrypto.
fn algorithm(fields: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object)
}

async fn new_wrapping_key() -> Result<CryptoKey, JsValue> {
    let aes = algorithm(&[("name", "AES-GCM".into()), ("length", 256.into())])?;
    let made = subtle()?.generate_key_with_object(&aes, false, &usages(&["encrypt", "decrypt"]))?;
    JsFuture::from(made).await?.dyn_into()
}

async fn code_key(code: &str, salt: &[u8]) -> Result<CryptoKey, JsValue> {
    let subtle = subtle()?;
    let raw = Uint8Array::from(code.as_bytes());
    let base = subtle.import_key_with_str("raw", &raw, "PBKDF2", false, &usages(&["deriveKey"]))?;
    let base: CryptoKey = JsFuture::from(base).await?.dyn_into()?;
    let derive = algorithm(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::from(salt).into()),
        ("iterations", ROUNDS.into()),
    ])?;
    let aes = algorithm(&[("name", "AES-GCM".into()), ("length", 256.into())])?;
    let key =
        subtle.derive_key_with_object_and_object(&derive, &base, &aes, false, &usages(&["encrypt", "decrypt"]))?;
    JsFuture::from(key).await?.dyn_into()
}

async fn encrypt(key: &CryptoKey, plain: &[u8]) -> Result<Vec<u8>, JsValue> {
    let iv = random::<IV>();
    let aes = algorithm(&[("name", "AES-GCM".into()), ("iv", Uint8Array::from(iv.as_slice()).into())])?;
    let sealed = JsFuture::from(subtle()?.encrypt_with_object_and_u8_array(&aes, key, plain)?).await?;
    Ok([iv.as_slice(), &Uint8Array::new(&sealed).to_vec()].concat())
}

async fn decrypt(key: &CryptoKey, sealed: &[u8]) -> Result<Vec<u8>, JsValue> {
    let (iv, sealed) = sealed.split_at_checked(IV).ok_or("too short")?;
    let aes = algorithm(&[("name", "AES-GCM".into()), ("iv", Uint8Array::from(iv).into())])?;
    let plain = JsFuture::from(subtle()?.decrypt_with_object_and_u8_array(&aes, key, sealed)?).await?;
    Ok(Uint8Array::new(&plain).to_vec())
}
