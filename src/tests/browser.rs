//! Somebody who is signed in, as a browser would be.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;

/// A browser with a session of its own; without a cookie, nobody's.
pub struct Browser {
    port: u16,
    cookie: String,
}

/// An answer, with its head.
pub struct Answer {
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// All of it, read as text.
    pub fn text(&self) -> String {
        format!("{}\r\n\r\n{}", self.head, String::from_utf8_lossy(&self.body))
    }
}

impl Browser {
    pub fn nobodys(port: u16) -> Self {
        Self { port, cookie: String::new() }
    }

    pub fn sign_in(port: u16, email: &str) -> Self {
        let mut browser = Self::nobodys(port);
        let body = format!("email={}&password=open+the+demo+door", email.replace('@', "%40"));
        let answer = browser.send("POST", "/v1/sign-in", "application/x-www-form-urlencoded", &body).head;
        let cookie = answer.lines().find(|line| line.to_lowercase().starts_with("set-cookie:"));
        let cookie = cookie.unwrap_or_else(|| panic!("{email} could not sign in: {answer}"));
        browser.cookie = cookie["set-cookie:".len()..].split(';').next().unwrap().trim().to_string();
        browser
    }

    pub fn send(&self, method: &str, path: &str, kind: &str, body: &str) -> Answer {
        let Self { port, cookie } = self;
        let mut stream = TcpStream::connect(("127.0.0.1", *port)).unwrap();
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\
             Accept: application/json\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCookie: {cookie}\r\n\
             Connection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
        let body = answer.split_off(end + 4);
        Answer { head: String::from_utf8_lossy(&answer).trim_end().to_string(), body }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "application/json", "")
    }

    pub fn post(&self, name: &str, body: &Value) -> String {
        self.send("POST", &format!("/v1/{name}"), "application/json", &body.to_string()).text()
    }
}

pub fn is_done(answer: &str) -> bool {
    answer.split_once(' ').is_some_and(|(http, rest)| http.starts_with("HTTP/1.") && rest.starts_with("200"))
}
