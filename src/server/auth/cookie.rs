//! The one cookie. With `__Host-` the browser itself makes sure that it came over
//! https, from this very host; http://localhost, which has no https, gets it plain.

use axum::http::{HeaderMap, header};

const GUARDED: &str = "__Host-pep";
const PLAIN: &str = "pep";

/// The secret in a request's cookie, if there is one.
pub fn find(headers: &HeaderMap, https: bool) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == name_of(https))
        .map(|(_, secret)| secret.to_string())
}

/// The header that gives a browser its secret, for so many seconds.
pub fn set(secret: &str, seconds: i64, https: bool) -> String {
    let secure = if https { "; Secure" } else { "" };
    format!("{}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", name_of(https))
}

/// The header that takes it away.
pub fn clear(https: bool) -> String {
    set("", 0, https)
}

fn name_of(https: bool) -> &'static str {
    if https { GUARDED } else { PLAIN }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(cookies: &[&'static str]) -> HeaderMap {
        cookies.iter().map(|cookie| (header::COOKIE, HeaderValue::from_static(cookie))).collect()
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let headers = headers(&["theme=dark; __Host-pep=abc", "pep=plain"]);
        assert_eq!(find(&headers, true).as_deref(), Some("abc"));
        assert_eq!(find(&headers, false).as_deref(), Some("plain"));
        assert_eq!(find(&HeaderMap::new(), true), None);
    }

    #[test]
    fn over_https_a_plain_cookie_counts_for_nothing() {
        assert_eq!(find(&headers(&["pep=abc"]), true), None);
    }

    #[test]
    fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
        let cookie = set("abc", 60, true);
        for part in ["__Host-pep=abc", "Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=60"] {
            assert!(cookie.contains(part), "{part}");
        }
        assert!(!cookie.contains("Domain"));
        assert!(set("abc", 60, false).starts_with("pep=abc;"));
        assert!(!set("abc", 60, false).contains("Secure"));
    }
}
