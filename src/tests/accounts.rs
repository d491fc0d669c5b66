//! Another password, from the command line: whom it lets in, and what it ends.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, databases, tell};
use pep::domain::calendar::Moment;
use pep::server::db::{Db, people, sessions, tokens};

const NOW: Moment = Moment(1_795_000_000_000);
const RUTH: &str = "ruth.osei@hazelbank.example";
const TOM: &str = "tom.nowak@wrenshire.example";

#[tokio::test]
async fn another_password_ends_what_the_one_before_let_in_and_nothing_of_anybody_elses() {
    let folder = Folder::new();
    for url in databases(&folder).await {
        let db = Db::connect(&url).await.unwrap();
        let ends = Moment(NOW.0 + 1_000_000);
        for who in ["ruth", "tom"] {
            let person = people::add(&db, who, &format!("{who}@example.org"), "before", NOW).await.unwrap();
            sessions::begin(&db, &format!("{who}'s session"), &person, NOW, ends).await.unwrap();
            tokens::add(&db, &format!("{who}'s token"), &person, NOW, ends).await.unwrap();
        }
        let ruth = people::by_email(&db, "ruth@example.org").await.unwrap().unwrap();
        people::change_password(&db, &ruth.id, "after").await.unwrap();
        for (who, hash, stays) in [("ruth", "after", false), ("tom", "before", true)] {
            let person = people::by_email(&db, &format!("{who}@example.org")).await.unwrap().unwrap();
            assert_eq!(person.password_hash, hash);
            assert_eq!(sessions::find(&db, &format!("{who}'s session")).await.unwrap().is_some(), stays, "{who}");
            assert_eq!(tokens::holder(&db, &format!("{who}'s token"), NOW).await.unwrap().is_some(), stays, "{who}");
        }
    }
}

#[test]
fn whoever_forgot_their_password_gets_another_and_is_signed_out_everywhere() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let [ruth, tom] = [RUTH, TOM].map(|email| Browser::sign_in(server.port, email));
    let change = |email: &str, password: &str| {
        tell(&["user", "password", "--email", email, "--password-stdin", "--data", folder.path()], password)
    };
    let signs_in = |password: &str| {
        let form = format!("email={}&password={password}", RUTH.replace('@', "%40"));
        is_done(&Browser::nobodys(server.port).send_form("sign-in", &form))
    };
    assert!(!change("nobody@example.org", "another door to open\n"), "nobody has this address");
    assert!(!change(RUTH, "short\n"));
    assert!(is_done(&ruth.get("/v1/home")) && signs_in("open+the+demo+door"), "nothing was changed");

    assert!(change(RUTH, "another door to open\n"));
    assert!(!is_done(&ruth.get("/v1/home")) && is_done(&tom.get("/v1/home")));
    assert!(!signs_in("open+the+demo+door") && signs_in("another+door+to+open"));
}
