//! Somebody who is signed in, as a browser would be: cookie and all, without pages.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;

pub struct Browser {
    pub port: u16,
    pub cookie: String,
}

const FORM: &str = "application/x-www-form-urlencoded";

impl Browser {
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
        let Self { port, cookie } = self;
        let mut stream = TcpStream::connect(("127.0.0.1", *port)).unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\
             Accept: application/json\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCookie: {cookie}\r\n\
             Connection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
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
