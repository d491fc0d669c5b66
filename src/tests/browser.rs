//! Somebody who is signed in, as a browser would be: cookie and all, without pages.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;

pub struct Browser {
    pub port: u16,
    pub cookie: String,
}

/// An answer, with its head.
pub struct Answer {
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    fn read(mut answer: Vec<u8>) -> Self {
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
        let body = answer.split_off(end + 4);
        Answer { head: String::from_utf8_lossy(&answer).trim_end().to_string(), body }
    }

    pub fn is_done(&self) -> bool {
        self.head.starts_with("HTTP/1.0 2")
    }

    /// All of it, read as text.
    pub fn text(&self) -> String {
        format!("{}\r\n\r\n{}", self.head, String::from_utf8_lossy(&self.body))
    }
}

pub fn is_done(answer: &str) -> bool {
    answer.split_once(' ').is_some_and(|(http, rest)| http.starts_with("HTTP/1.") && rest.starts_with("200"))
}

const FORM: &str = "application/x-www-form-urlencoded";

impl Browser {
    pub fn nobodys(port: u16) -> Self {
        Self { port, cookie: String::new() }
    }

    /// Signs in with the demo's password.
    pub fn sign_in(port: u16, email: &str) -> Self {
        let mut browser = Self { port, cookie: String::new() };
        let body = format!("email={}&password=open+the+demo+door", email.replace('@', "%40"));
        let answer = browser.send("POST", "/v1/sign-in", FORM, &body);
        let cookie = answer.lines().find(|line| line.to_lowercase().starts_with("set-cookie:"));
        let cookie = cookie.unwrap_or_else(|| panic!("{email} could not sign in: {answer}"));
        browser.cookie = cookie["set-cookie:".len()..].split(';').next().unwrap().trim().to_string();
        browser
    }

    /// The whole answer, with its head.
    pub fn send(&self, method: &str, path: &str, kind: &str, body: &str) -> String {
        String::from_utf8_lossy(&self.bytes(method, path, ("application/json", kind), body.as_bytes())).into_owned()
    }

    /// An answer that need not be text.
    pub fn fetch(&self, path: &str) -> Answer {
        Answer::read(self.bytes("GET", path, ("application/json", "application/json"), b""))
    }

    /// Brings bytes, and takes the answer to them.
    pub fn carry(&self, path: &str, body: &[u8]) -> Answer {
        Answer::read(self.bytes("POST", path, ("application/json", "application/octet-stream"), body))
    }

    /// Puts bytes at an address.
    pub fn put(&self, path: &str, body: &[u8]) -> Answer {
        Answer::read(self.bytes("PUT", path, ("application/json", "application/octet-stream"), body))
    }

    /// Sends a form as a page does that isn't alive yet.
    pub fn send_plain_form(&self, name: &str, body: &str) -> String {
        let answer = self.bytes("POST", &format!("/v1/{name}"), ("text/html", FORM), body.as_bytes());
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn bytes(&self, method: &str, path: &str, (accepts, kind): (&str, &str), body: &[u8]) -> Vec<u8> {
        let Self { port, cookie } = self;
        let mut stream = TcpStream::connect(("127.0.0.1", *port)).unwrap();
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\
             Accept: {accepts}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCookie: {cookie}\r\n\
             Connection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        // A server that refuses what is too big answers before it has read it all.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        answer
    }

    pub fn get(&self, path: &str) -> String {
        self.send("GET", path, "application/json", "")
    }

    /// Calls a server function that takes JSON.
    pub fn post(&self, name: &str, body: &Value) -> String {
        self.send("POST", &format!("/v1/{name}"), "application/json", &body.to_string())
    }

    /// Calls a server function that takes a form.
    pub fn send_form(&self, name: &str, body: &str) -> String {
        self.send("POST", &format!("/v1/{name}"), FORM, body)
    }
}
