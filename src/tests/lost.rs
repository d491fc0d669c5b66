//! Who lost their connection in a meeting: the others are told that, and not that they left.

use crate::harness::{Client, Folder, Server, document, open, token};
use pep::sync::presence::{Line, Present, Sign, Spot, State, written};
use pep::sync::protocol::{Message, Notice};

const RUTH: &str = "ruth.osei@hazelbank.example";
const TOM: &str = "tom.nowak@wrenshire.example";

impl Client {
    /// Says that somebody is here, on a page of this number, and in which field.
    async fn awaken(&mut self, client: u64, path: Option<&str>) {
        let spot = path.map(|path| Spot { path: path.into(), ..Spot::default() });
        let state = Some(State { user: None, sign: Some(Sign { spot, ..Sign::default() }) });
        self.send(Message::Awareness(written(&[Line { client, clock: 1, state }]))).await;
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
    let is_ruth = |here: &[Present], lost: bool, path: Option<&str>| match here {
        [one] => one.who.name == "Ruth Osei" && one.lost.is_some() == lost && one.path.as_deref() == path,
        _ => false,
    };
    for goes_without_a_word in [true, false] {
        let mut ruth = open(server.port, &name, &ruths, "ruth").await.writes();
        ruth.awaken(7, None).await;
        tom.sees(|here| is_ruth(here, false, None)).await;
        match goes_without_a_word {
            true => {
                drop(ruth);
                tom.sees(|here| is_ruth(here, true, None)).await;
            }
            false => {
                ruth.ends().await;
                tom.sees(<[_]>::is_empty).await;
            }
        }
    }
    // Of two connections of hers that are there, one that is lost says nothing.
    let (mut old, mut new) = (
        open(server.port, &name, &ruths, "ruth").await.writes(),
        open(server.port, &name, &ruths, "ruth").await.writes(),
    );
    old.awaken(8, Some("changes")).await;
    tom.sees(|here| is_ruth(here, false, Some("changes"))).await;
    new.awaken(9, None).await;
    drop(old);
    tom.sees(|here| is_ruth(here, false, None)).await;
    new.ends().await;
    tom.sees(<[_]>::is_empty).await;
}
