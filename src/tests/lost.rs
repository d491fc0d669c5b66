//! Who lost their connection in a meeting: the others are told that, and not that they left.

use crate::harness::{Client, Folder, Server, document, open, token};
use pep::sync::presence::{Line, Present, Sign, State, written};
use pep::sync::protocol::{Message, Notice};

const RUTH: &str = "ruth.osei@hazelbank.example";
const TOM: &str = "tom.nowak@wrenshire.example";

impl Client {
    /// Says that somebody is here.
    async fn awaken(&mut self, clock: u64) {
        let state = Some(State { user: None, sign: Some(Sign::default()) });
        self.send(Message::Awareness(written(&[Line { client: 7, clock, state }]))).await;
    }

    /// Waits until those who are told of are as awaited.
    async fn sees(&mut self, awaited: impl Fn(&[Present]) -> bool) {
        loop {
            if let Message::Stateless(payload) = self.hear().await
                && Notice::read(&payload).here.is_some_and(|here| awaited(&here))
            {
                return;
            }
        }
    }
}

#[tokio::test]
async fn who_loses_their_connection_is_told_of_until_they_are_back_and_who_ends_it_has_left() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let name = document(&folder.0, RUTH, "targets", "write");
    let (ruths, toms) = (token(&folder.0, RUTH), token(&folder.0, TOM));
    let mut tom = open(server.port, &name, &toms, "tom").await.writes();
    for goes_without_a_word in [true, false] {
        let mut ruth = open(server.port, &name, &ruths, "ruth").await.writes();
        ruth.awaken(1).await;
        tom.sees(|here| matches!(here, [one] if one.who.name == "Ruth Osei" && one.lost.is_none())).await;
        match goes_without_a_word {
            true => {
                drop(ruth);
                tom.sees(|here| matches!(here, [one] if one.who.name == "Ruth Osei" && one.lost.is_some())).await;
            }
            false => {
                ruth.ends().await;
                tom.sees(<[_]>::is_empty).await;
            }
        }
    }
}
