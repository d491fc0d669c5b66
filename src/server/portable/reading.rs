//! From bytes to a file, or to a sentence on what is wrong with them and where.

use super::check::{check, wrong};
use super::file::{FORMAT, File};
use serde_json::Value;
use serde_json::error::Category;

/// The most bytes of a file. Far more than a plan has.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;

/// Reads a file that somebody else may have made.
pub fn read(bytes: &[u8]) -> Result<File, String> {
    if bytes.len() > MOST_BYTES {
        return Err("The file is larger than 20 MB, and no plan is. Nothing was imported".into());
    }
    let given: Value = serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        Category::Eof => {
            format!("The file ends in the middle, in line {}. Copy it again. Nothing was imported", error.line())
        }
        _ => format!("The file isn't JSON: {error}. Nothing was imported"),
    })?;
    // First of all: of another format, every other place would be wrong as well.
    if given.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return wrong("format", format!("this Pep reads {FORMAT:?}, and the file doesn't say that it is one"));
    }
    let file: File = serde_path_to_error::deserialize(&given).or_else(|error| wrong(error.path(), error.inner()))?;
    let known = serde_json::to_value(&file).map_err(|error| error.to_string())?;
    if let Some(place) = stranger(&given, &known) {
        return wrong(place, "Pep doesn't know this, so it would be lost");
    }
    if let Some(place) = unkeepable(&given) {
        return wrong(place, "there is a sign in it that no text keeps (a null character)");
    }
    check(&file)?;
    Ok(file)
}

/// The first place that was given and that isn't known.
fn stranger(given: &Value, known: &Value) -> Option<String> {
    match (given, known) {
        (Value::Object(given), Value::Object(known)) => given.iter().find_map(|(key, value)| match known.get(key) {
            Some(known) => stranger(value, known).map(|rest| under(key, &rest)),
            None => (!says_nothing(value)).then(|| key.clone()),
        }),
        (Value::Array(given), Value::Array(known)) => {
            let mut pairs = given.iter().zip(known).enumerate();
            pairs.find_map(|(at, (given, known))| stranger(given, known).map(|rest| under(&format!("[{at}]"), &rest)))
        }
        _ => None,
    }
}

/// The first text with a null character: PostgreSQL doesn't take one.
fn unkeepable(given: &Value) -> Option<String> {
    match given {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Object(fields) => fields.iter().find_map(|(key, value)| unkeepable(value).map(|rest| under(key, &rest))),
        Value::Array(all) => {
            let mut all = all.iter().enumerate();
            all.find_map(|(at, value)| unkeepable(value).map(|rest| under(&format!("[{at}]"), &rest)))
        }
        _ => None,
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(all) => all.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// `people` and `[3].name` are `people[3].name`.
fn under(outer: &str, inner: &str) -> String {
    match inner.is_empty() || inner.starts_with('[') {
        true => format!("{outer}{inner}"),
        false => format!("{outer}.{inner}"),
    }
}
